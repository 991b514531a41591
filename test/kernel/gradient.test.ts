import assert from 'node:assert/strict';
import { gradient, landscape } from '../../src/kernel/index.ts';
import { programOf } from './programs.ts';

const cell = 'parameters constructor = 3, величина = 1\nloss = constructor^2 + величина^2\nsteps = 0';

describe('a point', () => {
  it('has the parameters that are given, and the others as at the start, whatever they are called', () => {
    const program = programOf(cell);
    assert.equal(gradient(program, {}).loss, 10);
    assert.equal(gradient(program, { constructor: 2 }).loss, 5);
    assert.deepEqual({ ...gradient(program, { величина: 2 }).gradient }, { constructor: 6, величина: 4 });
  });

  it('is as given in a landscape too', async () => {
    const { loss } = await landscape(programOf(cell), {
      x: { parameter: 'величина', low: 0, high: 2 },
      size: 3,
      at: {},
    });
    assert.deepEqual([...loss], [9, 10, 13]);
  });
});
