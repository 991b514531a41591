import assert from 'node:assert/strict';

import { outcomeOf } from '../../src/output/index.ts';
import { housesCell, runsOf } from '../renderer/cells.ts';

const textOf = (rest: string, limit?: number): string => {
  const [run] = runsOf(housesCell(rest));
  assert.ok(run);
  return outcomeOf(run, limit).text;
};

describe('the outcome in a sentence', () => {
  it('says how far the loss fell', () => {
    assert.equal(
      textOf('learning_rate = 0.1\nsteps = 60'),
      'The loss fell from 78,018 to 7,078.1 in 60 steps.',
    );
  });

  it('calls an explosion by its cause', () => {
    assert.equal(
      textOf('learning_rate = 0.25\nsteps = 60', 0.2366),
      'Exploding: the loss rose from 78,018 to 2.6353e10 in 60 steps; the learning rate 0.25 is 1.06 times the limit 0.2366.',
    );
  });

  it('does not call a rate one times the limit', () => {
    assert.match(
      textOf('learning_rate = 0.237\nsteps = 600', 0.2366),
      /the learning rate 0\.237 is just above the limit 0\.2366\.$/,
    );
  });

  it('says at which step a run broke', () => {
    assert.match(
      textOf('learning_rate = 1\nsteps = 600'),
      /^Diverged: the loss became infinite at step \d+\.$/,
    );
  });

  it('does not call exploding what only rose once', () => {
    assert.equal(textOf('learning_rate = 0.2366\nsteps = 60').startsWith('Exploding'), false);
  });

  it('speaks of the loss alone where no steps are taken', () => {
    assert.equal(textOf('steps = 0'), 'No steps are taken. The loss at the start is 78,018.');
  });

  it('says that a run settled', () => {
    assert.match(textOf('learning_rate = 0.1\nsteps = 1000\npatience = 10'), /^Settled after \d+ steps/);
  });
});
