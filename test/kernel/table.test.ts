import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { DataError, numericColumn, readTable, type Table } from '../../src/kernel/table.ts';

function numbers(table: Table): Record<string, number[]> {
  return Object.fromEntries([...table.columns.keys()].map((name) => [name, [...numericColumn(table, name)]]));
}

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

describe('readTable', () => {
  const same = { a: [1, 3], b: [2, 4] };
  const texts: [what: string, csv: string][] = [
    ['plain text', 'a,b\n1,2\n3,4'],
    ['a newline at the end', 'a,b\n1,2\n3,4\n'],
    ['blank lines at the end', 'a,b\n1,2\n3,4\n\n  \n,\n'],
    ['CRLF', 'a,b\r\n1,2\r\n3,4\r\n'],
    ['CR', 'a,b\r1,2\r3,4\r'],
    ['mixed line ends', 'a,b\r\n1,2\n3,4\r'],
    ['a byte-order mark', '\uFEFFa,b\n1,2\n3,4'],
    ['a byte-order mark before a quote', '\uFEFF"a",b\n1,2\n3,4'],
    ['quotes', '"a","b"\n"1","2"\n"3",4'],
    ['spaces', ' a , b\n 1 ,2 \n3, 4'],
    ['semicolons', 'a;b\n1;2\n3;4'],
    ['tabs', 'a\tb\n1\t2\n3\t4'],
    ['empty cells beyond the header', 'a,b\n1,2,\n3,4,,'],
    ['a column without a name, such as R and pandas write', ',a,b\nx,1,2\ny,3,4'],
  ];
  for (const [what, csv] of texts) {
    it(`reads ${what}`, () => {
      assert.deepEqual(numbers(readTable(csv)), same);
    });
  }

  it('reads one column, even where it holds only decimal commas in quotes', () => {
    assert.deepEqual(numbers(readTable('a\n1\n2\n')), { a: [1, 2] });
    assert.deepEqual([...(readTable('a\n"1,5"\n').columns.get('a') ?? [])], ['1,5']);
  });

  it('takes the delimiter from the header, not from its quoted names', () => {
    const table = readTable('"size, in ft, or m";b\n1,5;2\n');
    assert.deepEqual([...table.columns.keys()], ['size, in ft, or m', 'b']);
    assert.deepEqual(numericColumn(table, 'b'), Float64Array.of(2));
  });

  it('reads every notation of a decimal number', () => {
    const csv = 'a\n1\n-2\n+3\n.5\n5.\n1e3\n-1.5E-3\n007\n';
    assert.deepEqual(numbers(readTable(csv)), { a: [1, -2, 3, 0.5, 5, 1000, -0.0015, 7] });
  });

  it('keeps columns called constructor, __proto__ and toString, and names in any script, composed', () => {
    const table = readTable('constructor,__proto__,toString,größe,gro\u0308ße2,面積\n1,2,3,4,5,6\n');
    assert.deepEqual(
      [...table.columns.keys()],
      ['constructor', '__proto__', 'toString', 'größe', 'größe2', '面積'],
    );
    assert.deepEqual(numericColumn(table, '__proto__'), Float64Array.of(2));
    refuses(
      () => numericColumn(table, 'valueOf'),
      { column: 'valueOf' },
      /no column `valueOf`/,
      /constructor, __proto__/,
    );
  });

  it('keeps texts that no one asks to be numbers', () => {
    const table = readTable('city,price\n"Elk Grove, CA","1"\n"the ""Pocket""",2\n"two\nlines",3\n');
    assert.deepEqual(table.columns.get('city'), ['Elk Grove, CA', 'the "Pocket"', 'two\nlines']);
    assert.deepEqual(numericColumn(table, 'price'), Float64Array.of(1, 2, 3));
  });

  it('reads the houses of the lesson', () => {
    const table = readTable(readFileSync('notebooks/houses.csv', 'utf8'));
    assert.equal(table.rows, 932);
    assert.deepEqual([...table.columns.keys()], ['sqft', 'beds', 'baths', 'price']);
    assert.equal(numericColumn(table, 'price')[0], 59222);
  });

  it('gives back whatever texts were written', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '1', '.', '"', ',', ';', '\t', '\n', ' ', 'é') });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell), { minLength: 1 }),
        fc.constantFrom(',', ';', '\t'),
        (rows, sign) => {
          const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
          const csv =
            ['x', 'y'].join(sign) +
            '\n' +
            rows.map((row) => row.map(quote).join(sign)).join('\n') +
            `\n1${sign}1`;
          const { columns } = readTable(csv);
          assert.deepEqual(columns.get('x'), [
            ...rows.map(([x, y]) => (x.trim() + y.trim() === '' ? '' : x)),
            '1',
          ]);
          assert.equal(columns.get('y')?.length, rows.length + 1);
        },
      ),
    );
  });

  it('reads a million rows', () => {
    const rows = Array.from({ length: 1_000_000 }, (_, row) => `${row},${row * 0.5},x`);
    const table = readTable('a,b,c\n' + rows.join('\n') + '\n');
    assert.equal(table.rows, 1_000_000);
    assert.equal(numericColumn(table, 'b')[999_999], 499_999.5);
  }).timeout(60_000);

  it('says what is wrong with a file, and what to do', () => {
    refuses(() => readTable(''), {}, /empty/, /column names/);
    refuses(() => readTable('a,b\n'), {}, /no rows/, /add/);
    refuses(() => readTable('\n1,2\n'), { row: 1 }, /Row 1 is blank/, /names/);
    refuses(() => readTable('1,2\n3,4\n'), { row: 1 }, /Row 1 holds numbers/, /above/);
    refuses(
      () => readTable('a,b,a\n1,2,3\n'),
      { row: 1, column: 'a' },
      /Two columns are called `a`/,
      /rename/,
    );
    refuses(
      () => readTable('a,b\n1,2\n3,4,5\n'),
      { row: 3 },
      /Row 3 has 3 cells, but row 1 names 2/,
      /quotation/,
    );
    refuses(() => readTable('a,b\n1,2\n"3,4\n'), { row: 3 }, /Row 3 has a quotation mark/, /close/);
    refuses(() => readTable('a,b\n1,2\n"3"x,4\n5,6'), { row: 3 }, /Row 3 has a quotation mark/);
  });
});

describe('numericColumn', () => {
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
    refuses(() => numericColumn(readTable('a;b\n1;1,5\n'), 'b'), { row: 2, column: 'b' }, /write 1\.5/);
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
