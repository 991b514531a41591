import assert from 'node:assert/strict';

import { findDataReference, findLogReference } from '../../src/editor/data-reference.ts';

describe('the data file that a cell names', () => {
  it('is found with its place', () => {
    const source = '# houses\r\n  data   = "my houses.csv"  # 932 rows\r\nloss =';
    const found = findDataReference(source);
    assert.equal(found?.name, 'my houses.csv');
    assert.equal(source.slice(found.start, found.end), '"my houses.csv"');
    assert.equal(findDataReference("data='a\"b.csv'")?.name, 'a"b.csv');
    assert.equal(findDataReference('steps = 6\rdata = ""')?.name, '');
  });

  it('is none where the data stand in the cell, in a comment or nowhere', () => {
    for (const source of [
      'data = table(x: [1])',
      '# data = "a.csv"',
      'mydata = "a.csv"',
      'data = "a.csv',
      '',
    ]) {
      assert.equal(findDataReference(source), undefined, source);
    }
  });
});

describe('the training log that a cell names', () => {
  it('is found with its place, and is no data file', () => {
    const source = "# a run\n  training_log= 'runs/trainer_state.json' # mine";
    const found = findLogReference(source);
    assert.equal(found?.name, 'runs/trainer_state.json');
    assert.equal(source.slice(found.start, found.end), "'runs/trainer_state.json'");
    assert.equal(findDataReference(source), undefined);
    assert.equal(findLogReference('data = "a.csv"'), undefined);
  });
});
