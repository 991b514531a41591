import assert from 'node:assert/strict';
import { readExperiment, spellOutUpdate } from '../../../src/language/index.ts';
import { optimizers } from '../../../src/language/words/optimizers.ts';
import { applyFix } from '../edits.ts';

const bowl = 'parameters x = 10\nloss = x^2\nlearning_rate = 0.1\n';

function spelledOut(source: string): string | undefined {
  const fix = spellOutUpdate(source);
  return fix && applyFix(source, fix);
}

describe('spelling out the update', () => {
  it('puts the block in place of the optimizer', () => {
    assert.equal(
      spelledOut(`${bowl}optimizer = momentum  # heavy ball\nsteps = 3`),
      `${bowl}for each step:\n    velocity  = 0.9 * velocity + gradient\n    parameter = parameter - learning_rate * velocity  # heavy ball\nsteps = 3`,
    );
  });

  it('puts the block at the end where there is no optimizer', () => {
    assert.equal(
      spelledOut(bowl),
      bowl.trimEnd() + '\nfor each step:\n    parameter = parameter - learning_rate * gradient\n',
    );
  });

  it('keeps the line ends of the cell', () => {
    const source = `${bowl}optimizer = momentum`.replaceAll('\n', '\r\n');
    assert.doesNotMatch(spelledOut(source) ?? '', /[^\r]\n/);
  });

  it('takes no line below into the block', () => {
    const source = `${bowl}optimizer = sgd\n  steps = 3`;
    assert.equal(
      spelledOut(source),
      `${bowl}  steps = 3\nfor each step:\n    parameter = parameter - learning_rate * gradient`,
    );
  });

  it('finds other names for memories whose names are taken', () => {
    const source = `parameters velocity = 10\nloss = velocity^2\nlearning_rate = 0.1\noptimizer = momentum`;
    assert.match(spelledOut(source) ?? '', /velocity_2\s+= 0.9 \* velocity_2 \+ gradient/);
  });

  it('finds other names for memories whose names are columns of the data', () => {
    const columns = ['x', 'y', 'scale', 'scale_2'];
    const source =
      'data = "a.csv"\nparameters w = 1\nloss = mse(w * x, y)\nlearning_rate = 0.1\noptimizer = adam';
    const fix = spellOutUpdate(source, columns);
    assert.ok(fix !== undefined);
    const spelled = applyFix(source, fix);
    assert.match(spelled, /^ +scale_3 += /m);
    assert.deepEqual(readExperiment(spelled, columns).problems, []);
  });

  for (const { name } of optimizers) {
    it(`says of ${name} what its name means`, () => {
      const named = readExperiment(`${bowl}optimizer = ${name}`);
      const spelled = readExperiment(spelledOut(`${bowl}optimizer = ${name}`) ?? '');
      assert.deepEqual(spelled.problems, []);
      const withoutPlaces = (value: unknown) =>
        JSON.stringify(value, (key, part: unknown) => (key === 'start' || key === 'end' ? undefined : part));
      assert.equal(
        withoutPlaces(spelled.experiment?.update[0].lines),
        withoutPlaces(named.experiment?.update[0].lines),
      );
    });
  }

  it('offers nothing where there is nothing to spell out', () => {
    const block = 'for each step:\n    parameter = parameter - learning_rate * gradient';
    for (const source of [
      '',
      'loss = ',
      `${bowl}${block}`,
      `${bowl}optimizer = [sgd, adam]`,
      'training_log = "a.json"',
    ]) {
      assert.equal(spellOutUpdate(source), undefined);
    }
  });
});
