import assert from 'node:assert/strict';
import { hover } from '../../../src/language/index.ts';
import { functions } from '../../../src/language/words/functions.ts';
import { optimizers } from '../../../src/language/words/optimizers.ts';
import { settings } from '../../../src/language/words/settings.ts';
import { atCursor } from '../cursor.ts';

const cell = 'data = "houses.csv"\nsize = sqft / 1000\nparameters w = 0\nloss = mse(w * size, price)\n';

/** A cell with the cursor at `|`, the word that the hover spans, and what it says. */
const hovers: readonly (readonly [marked: string, word: string | undefined, says: RegExp])[] = [
  ['learning|_rate = 0.1', 'learning_rate', /multiplier on every step/],
  ['|steps = 60', 'steps', /Left out: 100/],
  [`${cell}x = si|ze`, 'size', /size = sqft \/ 1000[^]*One value an example/],
  [`${cell}x = lo|ss`, 'loss', /One number[^]*loss function/],
  [`${cell}x = |w`, 'w', /parameters w = 0/],
  [`${cell}x = pri|ce`, 'price', /column `price`/],
  [`${cell}x = \`pri|ce\``, '`price`', /column `price`/],
  ['loss = me|an(x)', 'mean', /average over the examples/],
  ['optimizer = ad|am', 'adam', /second_moment = 0.999/],
  ['precision = float|32', 'float32', /7 digits/],
  ['batch_size = a|ll', 'all', /exact gradient/],
  ['for |each step:\n    parameter = gradient', 'each', /loop of gradient descent/],
  ['for each step:\n    parameter = grad|ient', 'gradient', /slope of the loss/],
  ['for each step:\n    speed = sp|eed + gradient', 'speed', /memory/],
  ['|check loss < 3', 'check', /exercise/],
  ['param|eters w = 0', 'parameters', /knobs/],
  ['loss = 2|^3^2', '^', /Python/],
  ['loss = 2|**3', '**', /Python/],
  ['loss = 2 |< 3', '<', /1 where it holds/],
  ['loss = 3|', undefined, /$/],
  ['loss = no|body', undefined, /$/],
];

describe('hovers', () => {
  for (const [marked, word, says] of hovers) {
    it(marked.replace(cell, '').replaceAll('\n', ' / '), () => {
      const { source, offset } = atCursor(marked);
      const found = hover(source, offset, marked.startsWith(cell) ? ['sqft', 'price'] : undefined);
      assert.equal(found && source.slice(found.start, found.end), word);
      if (found !== undefined) assert.match(found.markdown, says);
    });
  }

  it('know every setting, function and optimizer', () => {
    for (const { name } of settings) assert.ok(hover(`${name} = 1`, 0) !== undefined, name);
    for (const { name } of functions) assert.ok(hover(`loss = ${name}(1)`, 8) !== undefined, name);
    for (const { name } of optimizers) assert.ok(hover(`optimizer = ${name}`, 13) !== undefined, name);
  });
});
