import assert from 'node:assert/strict';
import type { Experiment } from '../../src/kernel/index.ts';
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

describe('reading signs that may mean two things', () => {
  const lines = ['parameters w = 1', 'loss = w^2', 'learning_rate = 1e-3'];

  for (const check of ['w<-1', 'w <-1', 'where(w<-1, 2, 1) > 1', 'max(\n  w <-1, 2) > 1']) {
    it(`compares with what is negative: ${check.replace('\n', ' | ')}`, () => {
      const spaced = check.replace('<-', ' < -');
      const [tight, loose] = [check, spaced].map((text) =>
        readExperiment([...lines, `check ${text}`].join('\n')),
      );
      assert.deepEqual(tight?.problems, []);
      assert.ok(tight.experiment !== undefined);
      assert.deepEqual(
        withoutPlaces(tight.experiment.checks),
        withoutPlaces(loose?.experiment?.checks ?? []),
      );
    });
  }

  it('takes the printed minus of an exponent', () => {
    const [ascii, printed] = ['1e-3', '1e−3'].map((rate) =>
      readExperiment([...lines.slice(0, 2), `learning_rate = ${rate}`].join('\n')),
    );
    assert.ok(ascii?.experiment !== undefined);
    assert.deepEqual(printed, ascii);
  });
});

/** Checks by their formulas alone. */
function withoutPlaces(checks: Experiment['checks']): unknown {
  const formulas = checks.map(({ formula }) => formula);
  return JSON.parse(
    JSON.stringify(formulas, (key, value: unknown) => (key === 'start' || key === 'end' ? 0 : value)),
  );
}

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
