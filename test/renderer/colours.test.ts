import assert from 'node:assert/strict';
import fc from 'fast-check';

import {
  contrast,
  fromOklab,
  mix,
  readColour,
  standOut,
  toCss,
  toOklab,
  withoutAlpha,
} from '../../src/renderer/colours.ts';
import type { Colour } from '../../src/renderer/colours.ts';

const channel = fc.double({ min: 0, max: 1, noNaN: true });
const colour: fc.Arbitrary<Colour> = fc.tuple(channel, channel, channel);

describe('colours', () => {
  it('are read from computed styles, laid over what is behind', () => {
    assert.deepEqual(readColour('rgb(255, 0, 51)'), [1, 0, 0.2]);
    assert.deepEqual(readColour('rgba(255, 255, 255, 0.5)', [0, 0, 0]), [0.5, 0.5, 0.5]);
    assert.equal(readColour('currentcolor'), undefined);
    assert.equal(withoutAlpha('rgba(234, 92, 0, 0.33)'), 'rgb(234, 92, 0)');
    assert.equal(withoutAlpha('rgb(234, 92, 0)'), 'rgb(234, 92, 0)');
    assert.equal(toCss([1, 0, 0.2]), 'rgb(255, 0, 51)');
  });

  it('come back from Oklab, and white is its lightness 1', () => {
    assert.equal(Math.abs(toOklab([1, 1, 1])[0] - 1) < 1e-6, true);
    fc.assert(
      fc.property(colour, (each) => {
        fromOklab(toOklab(each)).forEach((value, index) => {
          assert.equal(Math.abs(value - (each[index] ?? NaN)) < 1e-4, true);
        });
      }),
    );
  });

  it('mix from the one to the other', () => {
    assert.equal(toCss(mix([1, 0, 0], [0, 0, 1], 0)), 'rgb(255, 0, 0)');
    assert.equal(toCss(mix([1, 0, 0], [0, 0, 1], 1)), 'rgb(0, 0, 255)');
  });

  it('have the contrast that WCAG defines', () => {
    assert.equal(contrast([0, 0, 0], [1, 1, 1]), 21);
    assert.equal(Math.abs(contrast([0x77 / 255, 0x77 / 255, 0x77 / 255], [1, 1, 1]) - 4.48) < 0.01, true);
  });

  it('stand out as much as is asked on every background', () => {
    fc.assert(
      fc.property(colour, colour, (one, background) => {
        assert.equal(contrast(standOut(one, background, 3), background) >= 3, true);
      }),
    );
  });

  it('stay as they are where they stand out already', () => {
    const orange: Colour = [0xd1 / 255, 0x86 / 255, 0x16 / 255];
    assert.equal(toCss(standOut(orange, [0.12, 0.12, 0.12], 3)), toCss(orange));
  });
});
