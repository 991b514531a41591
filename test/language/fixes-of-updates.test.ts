import assert from 'node:assert/strict';
import { readExperiment } from '../../src/language/index.ts';
import { cell, codesOf, fixOf } from './bowl-cell.ts';
import { applyFix } from './edits.ts';

describe('fixes of parameters that are assigned by their own names', () => {
  const nudgeOf = (name: string) => `    ${name} = ${name} - learning_rate * gradient`;

  for (const first of [0, 1]) {
    it(`end in one nudge for all, beginning with ${first === 0 ? 'the first' : 'the second'}`, () => {
      let source = cell('for each step:', nudgeOf('w'), nudgeOf('b'));
      const [, ...others] = readExperiment(source).problems;
      const order = first === 0 ? [0, 0] : [others.length, 0];
      for (const index of order) {
        const fix = readExperiment(source).problems[index]?.fixes?.[0];
        assert.ok(fix !== undefined);
        source = applyFix(source, fix);
      }
      assert.equal(source, cell('for each step:', nudgeOf('parameter')));
      assert.deepEqual(codesOf(source), []);
    });
  }

  it('give up gradients worked out by hand for that of each parameter', () => {
    let source = cell(
      'for each step:',
      '    w = w - learning_rate * 2 * w',
      '    b = b - learning_rate * 2 * b',
    );
    for (let count = 0; count < 2; count += 1) {
      source = applyFix(source, readExperiment(source).problems[0]?.fixes?.[0] ?? { edits: [] });
    }
    assert.equal(source, cell('for each step:', nudgeOf('parameter')));
  });

  it('take no starts into the block from below it', () => {
    const source = 'for each step:\nparameters = w = gradient';
    assert.ok(!codesOf(source).includes('not-in-block'));
  });

  it('keep a second line of the same parameter', () => {
    let source = cell('for each step:', '    w = 0.99 * w', nudgeOf('w'));
    for (let count = 0; count < 2; count += 1) {
      source = applyFix(source, fixOf(source, 'parameter-assigned', 'Write `parameter`'));
    }
    assert.equal(source, cell('for each step:', '    parameter = 0.99 * parameter', nudgeOf('parameter')));
  });

  it('take out what differs from the nudge that there is, or let it be a further one', () => {
    const source = cell('for each step:', '    b = b - 0.2 * gradient', nudgeOf('parameter'));
    const titles = readExperiment(source).problems.map(({ fixes }) => fixes?.map(({ title }) => title));
    assert.deepEqual(titles, [['Delete this statement', 'Write `parameter`']]);
  });
});
