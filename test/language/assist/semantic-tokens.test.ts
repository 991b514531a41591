import assert from 'node:assert/strict';
import { semanticTokens } from '../../../src/language/index.ts';
import { lessonCells } from '../lesson-cells.ts';

/** A cell, and its tokens as `text:type` with their modifiers. */
const cells: readonly (readonly [source: string, tokens: string])[] = [
  [
    'parameters w = 1 # start',
    'parameters:keyword w:parameter.declaration =:operator 1:number # start:comment',
  ],
  ['size = sqft / 1_000', 'size:variable.declaration =:operator sqft:variable /:operator 1_000:number'],
  [
    'data = "a.csv"\nx = mean(`b`) + c',
    'data:property.defaultLibrary =:operator "a.csv":string x:variable.declaration =:operator mean:function.defaultLibrary (:operator `b`:property.readonly ):operator +:operator c:property.readonly',
  ],
  ['optimizer = adam', 'optimizer:property.defaultLibrary =:operator adam:enumMember.defaultLibrary'],
  [
    'for each step:\n  v = gradient',
    'for:keyword each:keyword step:keyword ::operator v:variable.declaration =:operator gradient:variable.readonly.defaultLibrary',
  ],
];

describe('semantic tokens', () => {
  for (const [source, expected] of cells) {
    it(source.replaceAll('\n', ' / '), () => {
      const found = semanticTokens(source).map(
        ({ start, end, type, modifiers }) => `${source.slice(start, end)}:${[type, ...modifiers].join('.')}`,
      );
      assert.equal(found.join(' '), expected);
    });
  }

  it('come in order, without overlap, within one line', () => {
    for (const source of lessonCells.values()) {
      let before = 0;
      for (const { start, end } of semanticTokens(source)) {
        assert.ok(before <= start && start < end);
        assert.doesNotMatch(source.slice(start, end), /[\r\n]/);
        before = end;
      }
    }
  });
});
