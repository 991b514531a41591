import assert from 'node:assert/strict';
import { recordLayout, recordShape } from '../../src/kernel/record-layout.ts';
import { line, programOf } from './programs.ts';

describe('recordLayout', () => {
  for (const [batches, validation] of [
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ] as const) {
    it(`gives each number of an entry its own column (${String(batches)}, ${String(validation)})`, () => {
      const { parameters, width, ...others } = recordLayout({ parameters: ['w', 'b'], batches, validation });
      const columns = [...Object.values(others), parameters, parameters + 1];
      assert.deepEqual(
        columns.sort((a, b) => a - b),
        Array.from({ length: width }, (_, column) => column),
      );
      assert.equal(parameters + 2, width);
      assert.equal('batchLoss' in others, batches);
      assert.equal('validationLoss' in others, validation);
    });
  }
});

describe('recordShape', () => {
  it('is told by the settings of the run', () => {
    const shapeOf = (more: string) => recordShape(programOf(`${line}\n${more}`).runs[0]);
    assert.deepEqual(shapeOf('steps = 0'), { parameters: ['w', 'b'], batches: false, validation: false });
    assert.deepEqual(shapeOf('batch_size = 32\nvalidation = 0.2\nsteps = 0'), {
      parameters: ['w', 'b'],
      batches: true,
      validation: true,
    });
  });
});
