import assert from 'node:assert/strict';
import { readExperiment } from '../../src/language/index.ts';
import { houseColumns, lessonCells } from './lesson-cells.ts';

describe('reading a cell whose data file is known', () => {
  const cell = (data: string) =>
    `${data}\nparameters w = 0\nloss = mean(w * x)\nlearning_rate = 0.1\nbatch_size = [2, 3, 4]`;
  const saidOf = (source: string, rows?: number) =>
    readExperiment(source, ['x'], rows).problems.map(({ code, message, severity, start, end, fixes }) => {
      return [code, message, severity, source.slice(start, end), fixes?.map(({ title }) => title)];
    });

  it('says of a batch that is larger than the file what it says of a table', () => {
    const ofTable = saidOf(cell('data = table(x: [1, 2, 3])'));
    assert.deepEqual(
      ofTable.map(([code, , severity, text]) => [code, severity, text]),
      [['batch-above-rows', 'hint', '4']],
    );
    assert.deepEqual(saidOf(cell('data = "x.csv"'), 3), ofTable);
    assert.deepEqual(saidOf(cell('data = "x.csv"'), 4), []);
    assert.deepEqual(saidOf(cell('data = "x.csv"')), []);
    assert.deepEqual(saidOf(cell('data = table(x: [1, 2, 3])'), 9), ofTable);
  });

  it('counts the training rows alone where others are for validation', () => {
    const withValidation = cell('data = "x.csv"\nvalidation = 0.4');
    assert.deepEqual(saidOf(withValidation, 5), [
      [
        'batch-above-rows',
        'The data has 3 rows for training: a batch of 4 is all of them.',
        'hint',
        '4',
        ['Change to `all`'],
      ],
    ]);
    assert.deepEqual(saidOf(withValidation, 7), []);
  });
});

describe('reading the cells of the lesson', () => {
  for (const [name, source] of lessonCells) {
    for (const columns of [undefined, houseColumns]) {
      it(`${name}, ${columns === undefined ? 'columns unknown' : 'columns known'}`, () => {
        const { experiment, problems } = readExperiment(source, columns);
        assert.deepEqual(problems, []);
        assert.ok(experiment !== undefined);
      });
    }
  }
});
