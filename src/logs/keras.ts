import { CsvReader, metricColumns } from './csv-reader.ts';
import type { LineFormat } from './format.ts';

const header = /^"?epoch"?([,;\t|])/;

/**
 * What Keras' CSVLogger writes: a column `epoch`, counted from 0, then the metrics, sorted. The separator is the
 * user's. A metric that an epoch does not have is `NA`. Without validation there may be `val_` columns all the same.
 * Source: keras/src/callbacks/csv_logger.py.
 */
export const keras: LineFormat = {
  name: 'Keras CSVLogger',
  framework: 'keras',
  lookedFor: 'a CSV header that begins with "epoch" and has a column "loss"',
  starts: (line) => header.test(line),
  reader: (first) =>
    new CsvReader({
      format: 'the CSV of a Keras CSVLogger',
      framework: 'keras',
      stepUnit: 'epoch',
      delimiter: header.exec(first)?.[1] ?? ',',
      step: 'epoch',
      meaningOf: metricColumns,
    }),
};
