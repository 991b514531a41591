import { readColumnName } from './column-name.ts';
import { readRows } from './csv.ts';
import { CsvReader, metricColumns } from './csv-reader.ts';
import type { LineFormat } from './format.ts';

/**
 * `metrics.csv` of Lightning's CSVLogger, and of Fabric's. The columns are all metrics that were ever logged, sorted
 * (in the order of their first appearance before Lightning 2), `step` among them; a row has the few that were logged
 * together. Optimizer steps are counted from 0.
 * Source: lightning/fabric/loggers/csv_logs.py, lightning/pytorch/callbacks/lr_monitor.py.
 */
export const lightning: LineFormat = {
  name: 'Lightning metrics.csv',
  framework: 'lightning',
  lookedFor: 'a CSV header with a column "step" and columns such as "train_loss"',
  starts(line) {
    if (!line.includes('step') || !line.includes(',')) return false;
    const names = readRows([line], ',')[0] ?? [];
    return names.includes('step') && (names.includes('epoch') || names.some(readColumnName));
  },
  reader: () =>
    new CsvReader({
      format: 'a metrics.csv of Lightning',
      framework: 'lightning',
      stepUnit: 'step',
      delimiter: ',',
      step: 'step',
      meaningOf: metricColumns,
    }),
};
