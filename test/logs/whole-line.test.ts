import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { looksWhole } from '../../src/logs/whole-line.ts';

/** The last line of a text, the line of its kind before it, and whether it is whole. */
const lines: readonly (readonly [string, string | undefined, boolean])[] = [
  ['s:7 trl:3.4567', 's:6 trl:3.5012', true],
  ['s:7 trl:3.456', 's:6 trl:3.5012', false],
  ['s:7 trl:nan', 's:6 trl:3.5012', true],
  ['s:7 trl:3.4567', 's:6 trl:nan', true],
  ['s:7 trl:3.4567 lr:0.000600', 's:6 trl:3.5012 lr:0.000600 norm:1.02', false],
  ['s:10 trl:3.4567 lr:0.000600 norm:-1.02', 's:9 trl:3.5012 lr:0.000600 norm:1.02', true],
  ['step   10/99 | loss 3.1 (+nanz)| 80 ms', 'step    9/99 | loss 3.2 (+1.2z)| 80 ms', true],
  ['step   10/99 | loss 3.1 (+nanz)| 80 m', 'step    9/99 | loss 3.2 (+1.2z)| 80 ms', false],
  ['s:0 tel:5.2500', undefined, true],
  ['s:0 tel:5.25', undefined, false],
  ['s:0 tel:nan', undefined, true],
  ['iter 0: loss 4.2874, time 31ms', undefined, true],
];

describe('a line that has no line end', () => {
  for (const [line, earlier, whole] of lines) {
    it(`is ${whole ? 'whole' : 'cut'}: ${line} after ${earlier ?? 'nothing'}`, () => {
      assert.equal(looksWhole(line, earlier), whole);
    });
  }
});
