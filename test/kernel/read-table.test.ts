import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { readTable, readTableGivingWay } from '../../src/kernel/read-table.ts';
import { DataError, numericColumn, type Table } from '../../src/kernel/table.ts';

function numbers(table: Table): Record<string, number[]> {
  return Object.fromEntries([...table.columns.keys()].map((name) => [name, [...numericColumn(table, name)]]));
}

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

const bad: [csv: string, place: { row?: number; column?: string }, ...words: RegExp[]][] = [
  ['', {}, /empty/, /column names/],
  ['a,b\n', {}, /no rows/, /add/],
  ['\n1,2\n', { row: 1 }, /Row 1 is blank/, /names/],
  ['1,2\n3,4\n', { row: 1 }, /Row 1 holds numbers/, /above/],
  ['a,b,a\n1,2,3\n', { row: 1, column: 'a' }, /Two columns are called `a`/, /rename/],
  ['a,b\n1,2\n3,4,5\n', { row: 3 }, /Row 3 has 3 cells, but row 1 names 2/, /quotation/],
  ['a,b\n1,2\n"3,4\n', { row: 3 }, /Row 3 has a quotation mark/, /close/],
  ['a,b\n1,2\n"3"x,4\n5,6', { row: 3 }, /Row 3 has a quotation mark/],
];

describe('readTable', () => {
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
    for (const [csv, place, ...words] of bad) {
      assert.throws(
        () => readTable(csv),
        (error) => {
          assert.ok(error instanceof DataError);
          const { row, column } = error;
          assert.deepEqual({ row, column }, { row: undefined, column: undefined, ...place });
          return words.every((word) => word.test(error.message));
        },
        csv,
      );
    }
  });
});

describe('readTableGivingWay', function () {
  this.timeout(60_000);

  it('reads the same as readTable', async () => {
    for (const [, csv] of texts) assert.deepEqual(await readTableGivingWay(csv), readTable(csv));
    const cells = fc.array(fc.constantFrom('1', '-2.5', '"x, y"', '"two\nlines"', '""', '', '"a""b"'), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(cells), fc.constantFrom('\n', '\r\n', '\r'), async (rows, end) => {
        const csv = ['a,b,c,d', ...rows.map((row) => row.join(',')), '1'].join(end);
        assert.deepEqual(await readTableGivingWay(csv), readTable(csv));
      }),
    );
  });

  it('lets others have their turn, however long the file', async () => {
    const rows = Array.from({ length: 400_000 }, (_, row) => `${row},"${row * 0.5}",x`);
    let turns = 0;
    const others = setInterval(() => turns++, 0);
    const table = await readTableGivingWay('a,b,c\r\n' + rows.join('\r\n') + '\r\n');
    clearInterval(others);
    assert.equal(table.rows, 400_000);
    assert.equal(numericColumn(table, 'b')[399_999], 199_999.5);
    assert.ok(turns > 5, `${turns} turns`);
  });

  it('complains of the same', async () => {
    for (const [csv] of bad) {
      const complaint: unknown = await readTableGivingWay(csv).catch((error: unknown) => error);
      assert.throws(
        () => readTable(csv),
        (error) => String(error) === String(complaint),
        csv,
      );
    }
    const late = 'a,b\n' + '1,2\n'.repeat(300_000) + '3,4,5\n';
    await assert.rejects(readTableGivingWay(late), { name: 'DataError', row: 300_002 });
  });
});
