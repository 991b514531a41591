import assert from 'node:assert/strict';

import { DataFileError, dataPath, decodeText, MissingFileError } from '../../src/editor/data-path.ts';

describe('the path of a data file', () => {
  it('leads beside or below the notebook', () => {
    assert.deepEqual(dataPath('houses.csv'), ['houses.csv']);
    assert.deepEqual(dataPath('./data/my houses.csv'), ['data', 'my houses.csv']);
    assert.deepEqual(dataPath('..hidden/a..csv'), ['..hidden', 'a..csv']);
  });

  it('is refused where it leads anywhere else, with a remedy', () => {
    const refused: [string, RegExp][] = [
      ['../houses.csv', /out of the notebook's folder/],
      ['data/../../houses.csv', /out of the notebook's folder/],
      ['/etc/houses.csv', /write only "houses\.csv"/],
      ['C:\\data\\houses.csv', /write only "houses\.csv"/],
      ['https://example.org/houses.csv', /write only "houses\.csv"/],
      ['data\\houses.csv', /write "data\/houses\.csv"/],
      ['', /does not name a file/],
      ['data//houses.csv', /does not name a file/],
      ['data/', /does not name a file/],
    ];
    for (const [name, message] of refused) {
      assert.throws(() => dataPath(name), DataFileError, name);
      assert.throws(() => dataPath(name), message, name);
    }
  });

  it('names the files that are there when one is not', () => {
    assert.equal(
      new MissingFileError('house.csv', ['houses.csv']).message,
      'There is no file "house.csv" beside the notebook. There is "houses.csv".',
    );
    const many = Array.from({ length: 12 }, (_, index) => `${index}.csv`);
    assert.match(new MissingFileError('a.csv', many).message, /There are "0\.csv", .*"9\.csv" and 2 more\.$/);
    assert.match(
      new MissingFileError('a.csv', []).message,
      /There is no data file: put one beside the notebook\.$/,
    );
  });
});

describe('the text of a data file', () => {
  it('is UTF-8 or refused', () => {
    assert.equal(decodeText('a.csv', new TextEncoder().encode('größe\n1')), 'größe\n1');
    assert.throws(
      () => decodeText('a.csv', Uint8Array.of(0xff, 0xfe, 0x61, 0)),
      /"a\.csv" is not UTF-8 text/,
    );
  });
});
