import assert from 'node:assert/strict';
import { readExperiment } from '../../src/language/index.ts';
import { houseColumns, lessonCells } from './lesson-cells.ts';

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
