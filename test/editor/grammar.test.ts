import assert from 'node:assert/strict';

import { makeGrammar } from '../../src/editor/grammar.ts';
import { functionsByName, optimizersByName, settingsByName } from '../../src/language/index.ts';

/** Colours a line as an editor does: the earliest match wins, and among those the first rule. */
function colour(line: string): string[] {
  const rules = makeGrammar().patterns.map(({ name, match }) => ({ name, match: new RegExp(match, 'gu') }));
  const colours: string[] = [];
  for (let from = 0; from < line.length;) {
    const matches = rules.flatMap(({ name, match }) => {
      match.lastIndex = from;
      const found = match.exec(line);
      return found ? [{ name, text: found[0], index: found.index }] : [];
    });
    const [first] = matches.sort((a, b) => a.index - b.index);
    if (!first) break;
    colours.push(`${first.text} ${first.name.replace(/\.gd$/, '')}`);
    from = first.index + first.text.length;
  }
  return colours;
}

describe('the grammar of a cell', () => {
  it('colours what stands in a line', () => {
    assert.deepEqual(colour('loss = mean((`a b` - 1_0.5e-3)^2) # try mean'), [
      'loss variable.other.property',
      '= keyword.operator',
      'mean support.function',
      '`a b` variable.other.constant.property',
      '- keyword.operator',
      '1_0.5e-3 constant.numeric',
      '^ keyword.operator',
      '2 constant.numeric',
      '# try mean comment.line.number-sign',
    ]);
    assert.deepEqual(colour('landscape = [w2: -50..300]'), [
      'landscape variable.other.property',
      '= keyword.operator',
      '- keyword.operator',
      '50 constant.numeric',
      '.. keyword.operator',
      '300 constant.numeric',
    ]);
    assert.deepEqual(colour('1e−4'), ['1e−4 constant.numeric']);
    assert.deepEqual(colour('for each step:'), ['for each step keyword.control']);
    assert.deepEqual(colour('größe_loss = "#loss"'), ['= keyword.operator', '"#loss" string.quoted']);
  });

  it('knows every word', () => {
    for (const name of settingsByName.keys())
      assert.deepEqual(colour(name), [`${name} variable.other.property`]);
    for (const name of functionsByName.keys())
      assert.deepEqual(colour(`${name}()`), [`${name} support.function`]);
    for (const name of optimizersByName.keys()) {
      assert.deepEqual(colour(name), [`${name} variable.other.enummember`]);
    }
  });
});
