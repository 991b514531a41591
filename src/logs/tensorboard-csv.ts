import { CsvReader } from './csv-reader.ts';
import type { LineFormat } from './format.ts';
import { meaningOfExport } from './tensorboard-file.ts';

const header = 'Wall time,Step,Value';

/**
 * The CSV that TensorBoard's "Show data download links" gives: the events of one run and one tag.
 * Source: tensorboard/plugins/scalar/scalars_plugin.py, tensorboard/plugins/scalar/http_api.md.
 */
export const tensorBoardCsv: LineFormat = {
  name: 'TensorBoard CSV',
  framework: 'tensorboard',
  lookedFor: `the CSV header "${header}"`,
  starts: (line) => line.trim() === header,
  reader: (_, fileName) =>
    new CsvReader({
      format: 'a CSV of TensorBoard',
      framework: 'tensorboard',
      stepUnit: 'step',
      delimiter: ',',
      step: 'Step',
      meaningOf: (column) => (column === 'Value' ? meaningOfExport(fileName) : undefined),
    }),
};
