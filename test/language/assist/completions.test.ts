import assert from 'node:assert/strict';
import { completions } from '../../../src/language/index.ts';
import { applyEdits } from '../edits.ts';
import { atCursor } from '../cursor.ts';

const columns = ['sqft', 'price', 'sale date', 'seed'];
const files = ['houses.csv', 'more/flats.csv', 'runs/trainer_state.json'];
const house = 'data = "houses.csv"\nsize = sqft / 1000\nparameters w = 0, b = 0\n';

function labels(marked: string): string[] {
  const { source, offset } = atCursor(marked);
  return completions(source, offset, columns, files).map(({ label }) => label.replaceAll(' ', '·'));
}

/** The cell after the completion of that label was taken. */
function taken(marked: string, label: string): string {
  const { source, offset } = atCursor(marked);
  const found = completions(source, offset, columns, files).find((completion) => completion.label === label);
  assert.ok(found !== undefined, `${label} is offered`);
  return applyEdits(source, [{ ...found.replaces, text: found.text }]);
}

/** A cell with the cursor at `|`; what must be offered there, and what must not (`·` for a space). */
const offers: readonly (readonly [marked: string, offered: string, withheld?: string])[] = [
  ['|', 'loss learning_rate parameters check training_log steps epochs', 'batch_size mean'],
  [`${house}|`, 'loss prediction learning_rate batch_size validation', 'data training_log sqft mean'],
  [`${house}steps = 3\n|`, 'loss', 'steps epochs'],
  [`${house}lea|`, 'learning_rate', 'w'],
  [
    `${house}prediction = |`,
    'w b size sqft price mean sigmoid',
    'prediction normal slope gradient learning_rate',
  ],
  [`${house}prediction = w * si|`, 'size sigmoid'],
  [`${house}prediction = w | `, '', 'size mean'],
  [`${house}prediction = w * (size - |)`, 'size sqft mean'],
  [`${house}loss = mean((\n  |`, 'size mean'],
  [`${house}learning_rate = |`, 'step epoch steps epochs batch_size pi min exp', 'w size sqft mean mse'],
  [`${house}steps = |`, 'pi', 'steps w size sqft step'],
  ['parameters w = |', 'normal uniform pi exp', 'w slope'],
  ['parameters w = 0, | = 3', '', 'normal w'],
  ['parameters w = max(1, |), b = 0', 'pi exp', 'b'],
  ['optimizer = |', 'sgd adam rmsprop', 'mean float32'],
  ['optimizer = [sgd, ad|]', 'adam adagrad'],
  ['optimizer = [|', 'sgd adam', 'mean'],
  ['optimizer = sgd |', '', 'adam'],
  ['precision = |', 'float64 float32', 'adam'],
  [`${house}batch_size = |`, 'all pi'],
  ['data = |', 'houses.csv more/flats.csv table(...)', 'mean runs/trainer_state.json'],
  ['data = "ho|"', 'houses.csv more/flats.csv', 'table(...)'],
  ['training_log = "|"', 'runs/trainer_state.json houses.csv'],
  ['loss = "|"', '', 'houses.csv'],
  [`${house}landscape = [|`, 'w b', 'size mean'],
  [`${house}landscape = [w: -3..3, |]`, 'w b', 'size'],
  [`${house}loss = mean(\`|\`)`, 'sale·date sqft', 'mean w'],
  [`${house}check |`, 'w diverged steps_taken validation_loss mean', 'step gradient'],
  [`${house}for |`, 'each·step:'],
  [`${house}for each step:\n    |`, 'parameter gradient loss prediction', 'steps learning_rate'],
  [`${house}for each step:\n    velocity = gradient\n    |`, 'velocity'],
  [
    `${house}for each step:\n    parameter = |`,
    'parameter gradient learning_rate gradient_norm w step slope',
    'size sqft prediction mean',
  ],
  [`${house}for each step:\n    loss = |`, 'size sqft mean', 'gradient'],
  [`${house}for each step:\n    parameter = parameter\n|`, 'loss learning_rate', 'optimizer'],
  ['# a comm|ent', '', 'loss'],
  ['steps = 60|', '', 'pi'],
];

describe('completions', () => {
  for (const [marked, offered, withheld = ''] of offers) {
    it(marked.replace(house, '').replaceAll('\n', ' / '), () => {
      const found = labels(marked);
      assert.deepEqual(
        offered.split(' ').filter((label) => label !== '' && !found.includes(label)),
        [],
      );
      assert.deepEqual(
        withheld.split(' ').filter((label) => found.includes(label)),
        [],
      );
      if (offered === '') assert.deepEqual(found, []);
    });
  }

  it('replaces the word that is being written', () => {
    assert.equal(
      taken('data = "houses.csv"\nloss = mean(sq| + 1)', 'sqft'),
      'data = "houses.csv"\nloss = mean(sqft + 1)',
    );
    assert.equal(taken('data = "ho|"', 'houses.csv'), 'data = "houses.csv"');
    assert.equal(taken('data = |', 'houses.csv'), 'data = "houses.csv"');
    assert.equal(taken('optimizer = |', 'adam'), 'optimizer = adam');
  });

  it('writes a column in backticks where its name alone would not mean it', () => {
    assert.equal(taken(`${house}loss = mean(|)`, 'sale date'), `${house}loss = mean(\`sale date\`)`);
    assert.equal(taken(`${house}loss = mean(\`sa|\`)`, 'sale date'), `${house}loss = mean(\`sale date\`)`);
    assert.equal(taken(`${house}loss = mean(|)`, 'seed'), `${house}loss = mean(\`seed\`)`);
  });

  it('writes no second equals sign', () => {
    assert.equal(taken(`${house}le| = 3`, 'learning_rate'), `${house}learning_rate = 3`);
  });

  it('documents what it offers', () => {
    const [first] = completions('optimizer = ', 12);
    assert.match(first?.documentation ?? '', /parameter - learning_rate \* gradient/);
  });
});
