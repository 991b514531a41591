import assert from 'node:assert/strict';

import {
  cellChoices,
  evidentChoice,
  type ChoosableCell,
} from '../../../src/editor/diagnosis/cell-choices.ts';

const prose = (text: string): ChoosableCell => ({ kind: 'markdown', text });
const code = (text: string, more: Partial<ChoosableCell> = {}): ChoosableCell => ({
  kind: 'code',
  text,
  ...more,
});

describe('the cells to choose among', () => {
  it('are told by their section, their first line and what became of them', () => {
    const choices = cellChoices([
      code('loss = w^2'),
      prose('# Rates\n\nWords.\n\n### Too *large* #\n\n```\n'),
      code('# a remark\n\ndata = "houses.csv"  # sqft', { outcome: 'loss 4' }),
      prose('More words.'),
      code('steps = 3', { outcome: '$(warning) diverged', isSick: true }),
      code(' \n'),
    ]);
    assert.deepEqual(choices, [
      {
        index: 4,
        label: 'Too large',
        description: 'steps = 3',
        detail: '$(warning) diverged',
        isSick: true,
      },
      { index: 0, label: 'Cell 1', description: 'loss = w^2', detail: 'Has not run yet', isSick: false },
      {
        index: 2,
        label: 'Too large',
        description: 'data = "houses.csv"',
        detail: 'loss 4',
        isSick: false,
      },
    ]);
  });

  it('need no asking where one alone went wrong, or where there is one alone', () => {
    const sick = code('b', { isSick: true });
    const chosen = (...cells: ChoosableCell[]) => evidentChoice(cellChoices(cells))?.index;
    assert.equal(chosen(code('a'), sick, code('c')), 1);
    assert.equal(chosen(prose('x'), code('a')), 1);
    assert.equal(chosen(sick, sick), undefined);
    assert.equal(chosen(code('a'), code('c')), undefined);
    assert.equal(chosen(), undefined);
  });
});
