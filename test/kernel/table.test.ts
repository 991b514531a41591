import assert from 'node:assert/strict';
import { readTable } from '../../src/kernel/read-table.ts';
import { DataError, numericColumn, readColumns } from '../../src/kernel/table.ts';

function refuses(action: () => unknown, place: { row?: number; column?: string }, ...words: RegExp[]): void {
  assert.throws(action, (error) => {
    assert.ok(error instanceof DataError);
    assert.deepEqual(
      { row: error.row, column: error.column },
      { row: undefined, column: undefined, ...place },
    );
    for (const word of words) assert.match(error.message, word);
    return true;
  });
}

describe('numericColumn', () => {
  it('names the columns that there are', () => {
    const table = readTable('constructor,__proto__\n1,2\n');
    refuses(
      () => numericColumn(table, 'valueOf'),
      { column: 'valueOf' },
      /no column `valueOf`/,
      /constructor, __proto__/,
    );
  });

  it('names row and column of a gap, counted as in a spreadsheet', () => {
    refuses(
      () => numericColumn(readTable('a,b\n1,2\n3,\n'), 'b'),
      { row: 3, column: 'b' },
      /Row 3 of column `b` is empty/,
      /delete the row/,
    );
    refuses(() => numericColumn(readTable('a,b\n1,2\n3\n'), 'b'), { row: 3, column: 'b' }, /empty/);
    refuses(() => numericColumn(readTable('a,b\n1,2\n\n3,4\n'), 'a'), { row: 3, column: 'a' }, /empty/);
    refuses(() => numericColumn(readTable('a,b\n"1\n",2\n,4\n'), 'a'), { row: 3, column: 'a' }, /empty/);
  });

  it('names row, column and text of what is not a number', () => {
    for (const text of [
      'many',
      '0x10',
      '1_000',
      'NaN',
      'Infinity',
      '1e999',
      '--1',
      '1 2',
      '.',
      'e5',
      '$5',
      '5%',
    ]) {
      refuses(
        () => numericColumn(readTable(`a\n1\n${text}\n`), 'a'),
        { row: 3, column: 'a' },
        /Row 3 of column `a` is not a number/,
      );
    }
    for (const [text, remedy] of [
      ['1,5', /: write 1\.5\.$/],
      ['-0,125', /: write -0\.125\.$/],
      ['1234,567', /: write 1234\.567\.$/],
      ['1,000', /: write 1000, or 1\.000 if the comma is a decimal one\.$/],
      ['1,000.5', /: write 1000\.5\.$/],
      ['-1,234,567', /: write -1234567\.$/],
      ['1.234.567,8', /: write 1234567\.8\.$/],
      ['1,00,000', /: correct it, or delete the row\.$/],
    ] as const) {
      refuses(() => numericColumn(readTable(`a;b\n1;${text}\n`), 'b'), { row: 2, column: 'b' }, remedy);
    }
    refuses(
      () => numericColumn(readTable(`a\n${'x'.repeat(1000)}\n`), 'a'),
      { row: 2, column: 'a' },
      /"x{40}…"/,
    );
  });

  it('gives numbers of a written table as they are, and those of a file only once', () => {
    const values = Float64Array.of(1, 2);
    assert.equal(numericColumn({ rows: 2, columns: new Map([['x', values]]) }, 'x'), values);
    const table = readTable('a\n1\n');
    assert.equal(numericColumn(table, 'a'), numericColumn(table, 'a'));
  });
});

describe('readColumns', () => {
  it('reads ahead what numericColumn gives then', async () => {
    const rows = Array.from({ length: 100_000 }, (_, row) => `${row},x`);
    const table = readTable('a,b\n' + rows.join('\n'));
    await readColumns(table, ['a', 'b', 'missing']);
    assert.deepEqual(
      numericColumn(table, 'a'),
      Float64Array.from(rows, (_, row) => row),
    );
    refuses(() => numericColumn(table, 'b'), { row: 2, column: 'b' });
  });
});
