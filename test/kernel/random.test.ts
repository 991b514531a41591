import assert from 'node:assert/strict';
import fc from 'fast-check';
import { randomStream, type StreamName } from '../../src/kernel/random.ts';
import { epochRows } from '../../src/kernel/wasm/epoch-rows.ts';
import { columnsAt } from '../../src/kernel/wasm/memory-map.ts';

const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });

function upTo(length: number): Float64Array {
  return Float64Array.from({ length }, (_, index) => index);
}

/**
 * A shuffle draws again while a number is too large, so a generator that is stuck would keep it, and whatever test it is
 * in, for ever. No test begins with one: place 2^k - 1 takes whatever is drawn.
 */
before('the generators of all shuffles draw different numbers', () => {
  const stream = randomStream(0, 'shuffle');
  const draws = Array.from({ length: 100 }, () => stream.uniform());
  assert.equal(new Set(draws).size, draws.length);
  const rows = 2 ** 16;
  const { columns, shuffle } = epochRows([upTo(rows)], 0);
  columns[0]?.set(upTo(rows));
  assert.equal(columns[0]?.byteOffset, columnsAt, 'the rows are in a memory of WebAssembly');
  const drawn = Array.from({ length: 100 }, () => {
    shuffle(rows - 1, rows);
    return columns[0]?.at(-1);
  });
  assert.ok(new Set(drawn).size > 90);
});

describe('randomStream', function () {
  this.timeout(20_000);

  const pinned: [seed: number, stream: StreamName, uniforms: number[], normals: number[], order: number[]][] =
    [
      [
        0,
        'starts',
        [0.21777990607770026, 0.2753701415482115],
        [0.03778608319586267, 0.2868508406151772],
        [3, 7, 9, 5, 1, 10, 4, 0, 11, 6, 2, 8],
      ],
      [
        0,
        'validation',
        [0.5237647547061356, 0.3456899149833903],
        [-1.6205407238034972, 0.49767384731734426],
        [8, 11, 7, 9, 6, 3, 1, 5, 10, 4, 0, 2],
      ],
      [
        0,
        'shuffle',
        [0.5273720866172737, 0.26427409413512004],
        [1.2463051089456074, -0.9622272883964438],
        [3, 4, 2, 8, 9, 7, 11, 1, 5, 6, 10, 0],
      ],
      [
        1,
        'shuffle',
        [0.04301913193338436, 0.0016033029234372442],
        [-0.3235312326170919, -1.418831820474821],
        [0, 10, 4, 11, 7, 3, 8, 1, 2, 6, 9, 5],
      ],
      [
        4294967295,
        'starts',
        [0.553325328831222, 0.9626344787191933],
        [-1.194885344956484, 1.4282395871393732],
        [7, 2, 0, 10, 3, 4, 9, 8, 1, 5, 11, 6],
      ],
    ];

  for (const [seed, name, uniforms, normals, order] of pinned) {
    it(`gives for ever what it gave at first: seed ${seed}, ${name}`, () => {
      const stream = randomStream(seed, name);
      assert.deepEqual([stream.uniform(), stream.uniform()], uniforms);
      assert.deepEqual([stream.normal(), stream.normal()], normals);
      const indices = upTo(12);
      randomStream(seed, name).shuffle([indices], 0, indices.length);
      assert.deepEqual([...indices], order);
    });
  }

  it('goes on shuffling where it left off, so that every epoch has an order of its own', () => {
    const stream = randomStream(5, 'shuffle');
    const indices = upTo(5);
    const orders = [1, 2, 3].map(() => {
      stream.shuffle([indices], 0, indices.length);
      return indices.join(' ');
    });
    assert.deepEqual(orders, ['4 1 0 3 2', '4 2 1 3 0', '4 3 2 0 1']);
  });

  it('shuffles in slices, from the last places down, as it does at once', () => {
    const whole = upTo(1000);
    randomStream(9, 'shuffle').shuffle([whole], 0, 1000);
    const sliced = upTo(1000);
    const stream = randomStream(9, 'shuffle');
    for (const [from, to] of [
      [700, 1000],
      [699, 700],
      [1, 699],
      [0, 1],
    ] as const)
      stream.shuffle([sliced], from, to);
    assert.deepEqual(sliced, whole);
  });

  it('puts the rows of columns into the order that it gives indices', () => {
    const indices = upTo(1000);
    randomStream(9, 'shuffle').shuffle([indices], 0, indices.length);
    const columns = [upTo(1000), upTo(1000).map((row) => -row)];
    const stream = randomStream(9, 'shuffle');
    stream.shuffle(columns, 400, 1000);
    stream.shuffle(columns, 0, 400);
    assert.deepEqual(columns, [indices, indices.map((row) => -row)]);
  });

  it('draws uniform numbers of 53 bits from [0, 1) with the right mean and deviation', () => {
    const stream = randomStream(3, 'starts');
    const draws = Array.from({ length: 100_000 }, () => stream.uniform());
    assert.ok(draws.every((draw) => draw >= 0 && draw < 1 && Number.isInteger(draw * 2 ** 53)));
    assert.ok(draws.some((draw) => !Number.isInteger(draw * 2 ** 52)));
    assertMoments(draws, 0.5, Math.sqrt(1 / 12));
  });

  it('draws normal numbers with mean 0, deviation 1 and the right tails', () => {
    const stream = randomStream(4, 'starts');
    const draws = Array.from({ length: 100_000 }, () => stream.normal());
    assertMoments(draws, 0, 1);
    const beyondTwo = draws.filter((draw) => Math.abs(draw) > 2).length / draws.length;
    assert.ok(Math.abs(beyondTwo - 0.0455) < 0.002, String(beyondTwo));
  });

  it('starts neighbouring seeds far apart', () => {
    const firsts = Array.from({ length: 10_000 }, (_, seed) => randomStream(seed, 'starts').uniform());
    assertMoments(firsts, 0.5, Math.sqrt(1 / 12));
    const products = firsts.slice(1).map((draw, seed) => (draw - 0.5) * ((firsts[seed] ?? 0) - 0.5));
    assert.ok(Math.abs(average(products)) < 0.003);
  });

  it('makes every order of four equally likely', () => {
    const stream = randomStream(6, 'shuffle');
    const counts = new Map<string, number>();
    for (let time = 0; time < 24_000; time++) {
      const indices = upTo(4);
      stream.shuffle([indices], 0, indices.length);
      counts.set(indices.join(''), (counts.get(indices.join('')) ?? 0) + 1);
    }
    assert.equal(counts.size, 24);
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    // The 99.9 % point of chi-square with 23 degrees of freedom.
    assert.ok(chiSquare < 49.7, String(chiSquare));
  });

  it('shuffles without losing an index', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 0, max: 300 }), (seed, length) => {
        const indices = upTo(length);
        randomStream(seed, 'shuffle').shuffle([indices], 0, indices.length);
        assert.deepEqual(indices.toSorted(), upTo(length));
      }),
    );
  });
});

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function assertMoments(draws: readonly number[], mean: number, deviation: number): void {
  const found = average(draws);
  const spread = Math.sqrt(average(draws.map((draw) => (draw - found) ** 2)));
  const tolerance = (4 * deviation) / Math.sqrt(draws.length);
  assert.ok(Math.abs(found - mean) < tolerance, `mean ${found}`);
  assert.ok(Math.abs(spread - deviation) < tolerance, `deviation ${spread}`);
}
