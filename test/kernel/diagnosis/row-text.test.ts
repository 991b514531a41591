import assert from 'node:assert/strict';
import { fileRow, oddValueText, rowsText } from '../../../src/kernel/diagnosis/row-text.ts';

describe('the rows of a diagnosis', () => {
  it('are counted as in a file below its header, or as in a table of the cell', () => {
    assert.equal(fileRow('fares.csv', 0), 2);
    assert.equal(fileRow(undefined, 0), 1);
  });

  it('are named one by one up to ten, and then counted', () => {
    const rows = Array.from({ length: 12 }, (_, index) => 3 * index);
    assert.equal(rowsText(undefined, rows.slice(0, 1)), 'row 1');
    assert.equal(rowsText('fares.csv', rows.slice(0, 2)), 'rows 2, 5');
    assert.equal(rowsText(undefined, rows.slice(0, 10)), 'rows 1, 4, 7, 10, 13, 16, 19, 22, 25, 28');
    assert.equal(rowsText(undefined, rows), 'rows 1, 4, 7, 10, 13, 16, 19, 22, 25, 28 and 2 more');
  });

  it('show an odd value and its range to the last digit', () => {
    const bad = { column: 'fare', row: 3, value: 12345, low: 1006, high: 1020.125 };
    assert.equal(
      oddValueText('Row 4', { ...bad, mended: { rows: 0, columns: new Map() } }),
      'Row 4 has 12345 in `fare`, where all others lie between 1006 and 1020.125',
    );
  });
});
