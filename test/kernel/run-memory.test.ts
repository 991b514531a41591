import assert from 'node:assert/strict';
import { descendNow, RunMemory, type Run } from '../../src/kernel/index.ts';
import { line, programOf } from './programs.ts';

/** The runs of a cell, one for each learning rate, in turn in the same memory. */
function runsInTurn(cell: string, rates: readonly string[], memory = new RunMemory()): Run[][] {
  return rates.map((rate) => descendNow(programOf(`${cell}\nlearning_rate = ${rate}`), memory));
}

describe('RunMemory', () => {
  const cells: readonly [what: string, cell: string][] = [
    ['full batches', `${line}\nsteps = 60`],
    ['batches and validation', `${line}\nepochs = 2\nbatch_size = 32\nvalidation = 0.2`],
    ['a schedule', `${line}\nsteps = 60\noptimizer = adam`],
    ['a record that is thinned', 'parameters w = 3\nloss = (w - 1)^2\nsteps = 150_000'],
  ];
  for (const [what, cell] of cells) {
    it(`changes no number: ${what}`, () => {
      const memory = new RunMemory();
      for (const rate of ['0.1', '0.3', '0.05', '5 / (1 + step)', '0.01']) {
        const [runs] = runsInTurn(cell, [rate], memory);
        assert.deepEqual(runs, descendNow(programOf(`${cell}\nlearning_rate = ${rate}`)));
      }
    });
  }

  it('is taken again by runs of as many steps', () => {
    const [first, second] = runsInTurn(`${line}\nsteps = 60`, ['0.1', '0.05']);
    assert.ok(first?.[0] && second?.[0]);
    assert.equal(second[0].loss, first[0].loss);
    assert.equal(second[0].steps, first[0].steps);
    assert.equal(second[0].parameters['b'], first[0].parameters['b']);
  });

  it('is not taken by runs of fewer steps or with more columns', () => {
    const memory = new RunMemory();
    for (const rest of ['steps = 60', 'steps = 40', 'steps = 40\nvalidation = 0.25']) {
      const program = programOf(`${line}\nlearning_rate = 0.1\n${rest}`);
      assert.deepEqual(descendNow(program, memory), descendNow(program), rest);
    }
  });

  it('has room of its own for each run of a sweep', () => {
    const sweep = programOf(`${line}\nsteps = 60\nlearning_rate = [0.1, 0.05]`);
    const memory = new RunMemory();
    descendNow(sweep, memory);
    assert.deepEqual(descendNow(sweep, memory), descendNow(sweep));
  });

  it('leaves a run alone that is made without it', () => {
    const program = programOf(`${line}\nsteps = 60\nlearning_rate = 0.1`);
    const [alone] = descendNow(program);
    const losses = alone?.loss.slice();
    descendNow(programOf(`${line}\nsteps = 60\nlearning_rate = 0.05`), new RunMemory());
    assert.deepEqual(alone?.loss, losses);
  });
});
