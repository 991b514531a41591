import assert from 'node:assert/strict';
import fc from 'fast-check';
import { special } from '../../src/kernel/special.ts';
import { digestOf } from './digest.ts';

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });

/** Equal to a few units in the last place of `scale`: enough to tell a wrong function from a rounding. */
function near(found: number, expected: number, scale = Math.abs(expected)): void {
  assert.ok(
    Object.is(found, expected) || Math.abs(found - expected) <= 1e-15 * scale,
    `${found} for ${expected}`,
  );
}

describe('special', function () {
  this.timeout(20_000);

  it('agrees with the engine to the last few bits, for a function of one number', () => {
    const ranges: [keyof typeof special, number, number][] = [
      ['exp', -100, 100],
      ['log', 0.001, 1e6],
      ['log1p', 0, 100],
      ['sin', -1e6, 1e6],
      ['cos', -1e6, 1e6],
      ['tan', -1.5, 1.5],
      ['tanh', -30, 30],
    ];
    for (const [name, min, max] of ranges) {
      const ours: (x: number) => number = special[name] as (x: number) => number;
      const engine = (x: number) => Math[name as 'exp'](x);
      fc.assert(
        fc.property(between(min, max), (x) => {
          near(ours(x), engine(x), Math.max(Math.abs(engine(x)), name === 'sin' || name === 'cos' ? 1 : 0));
        }),
        { numRuns: 300 },
      );
    }
  });

  it('gives for ever, and in every engine, the bits it gave at first', () => {
    const digests: [keyof typeof special, number][] = [
      ['exp', 0x3d489bc7],
      ['log', 0x2cc72449],
      ['log1p', 0x74dd2136],
      ['sin', 0x2c3fc61f],
      ['cos', 0xa042e72a],
      ['tan', 0x5163bdcc],
      ['tanh', 0x371cee4c],
      ['pow', 0xe587c6ba],
      ['sigmoid', 0x8b423d0f],
      ['softplus', 0x634b80c1],
    ];
    for (const [name, digest] of digests) assert.equal(digestOf(name), digest, name);
  });

  it('never asks the engine for a function whose bits differ between engines', () => {
    const names = ['exp', 'expm1', 'log', 'log1p', 'log2', 'pow', 'sin', 'cos', 'tan', 'tanh', 'sinh'];
    const originals = names.map((name) => Object.getOwnPropertyDescriptor(Math, name) ?? {});
    let calls = 0;
    for (const name of names) Object.defineProperty(Math, name, { value: () => calls++ });
    try {
      for (const x of [-800, -30, -0.3, 0, 1e-9, 0.7, 1, 2.5, 19, 21, 1e5, 1e22]) {
        for (const name of Object.keys(special) as (keyof typeof special)[]) special[name](x, 1.7);
      }
    } finally {
      names.forEach((name, index) => Object.defineProperty(Math, name, originals[index] ?? {}));
    }
    assert.equal(calls, 0);
  });

  it('raises to powers as IEEE 754 has it', () => {
    const powers: [base: number, exponent: number, value: number][] = [
      [0, 0, 1],
      [NaN, 0, NaN],
      [-8, 1 / 3, NaN],
      [-8, 3, -512],
      [0, -1, Infinity],
      [0, 0.5, 0],
      [2, 0.5, Math.SQRT2],
      [9, -0.5, 1 / 3],
      [1e200, 2, Infinity],
      [1e-200, 2, 0],
    ];
    for (const [base, exponent, value] of powers) near(special.pow(base, exponent), value);
  });

  it('squashes with sigmoid, symmetrically and without overflow', () => {
    assert.equal(special.sigmoid(0), 0.5);
    assert.equal(special.sigmoid(1000), 1);
    assert.equal(special.sigmoid(-1000), 0);
    assert.equal(special.sigmoid(NaN), NaN);
    fc.assert(
      fc.property(between(-30, 30), (x) => {
        near(special.sigmoid(x) + special.sigmoid(-x), 1);
      }),
    );
    near(special.sigmoid(2), 0.8807970779778823);
  });

  it('bends with softplus, exactly linear above 20', () => {
    near(special.softplus(0), Math.LN2);
    near(special.softplus(-40), 4.248354255291589e-18);
    near(special.softplus(3), 3.048587351573742);
    near(special.softplus(20), 20.000000002061153);
    assert.equal(special.softplus(20.5), 20.5);
    assert.equal(special.softplus(Infinity), Infinity);
    assert.equal(special.softplus(-Infinity), 0);
    assert.equal(special.softplus(NaN), NaN);
  });
});
