import assert from 'node:assert/strict';
import { Descent } from '../../src/kernel/descent.ts';
import { breakEven } from '../../src/kernel/wasm/row-code.ts';
import { programOf } from './programs.ts';

const rows = 200_000;
const x = Float64Array.from({ length: rows }, (_, row) => ((row * 0.6180339887498949) % 1) - 0.3);
const columns = { x, y: x.map((value, row) => 3 * value + 1 + 0.1 * Math.sin(row)) };

const cell = [
  'data = "data.csv"',
  'size = x - mean(x)',
  'parameters w = 0, b = 0',
  'prediction = w * size + b',
  'loss = mean((prediction - y)^2)',
  'learning_rate = 0.1',
  'check max(prediction - y) < 5',
].join('\n');

/** How many rows each slice of a run passes over. */
function spentInSlices(text: string, data: Record<string, Float64Array>, paceRows: number): number[] {
  const pace = { rows: paceRows, spent: 0 };
  const spent: number[] = [];
  const slices = new Descent(programOf(text, data).runs[0]).slices(pace);
  for (let slice = slices.next(); slice.done !== true; slice = slices.next()) {
    spent.push(pace.spent);
    pace.spent = 0;
  }
  return spent;
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}

describe('a slice of a descent', function () {
  this.timeout(20_000);
  const usual = breakEven.rows;
  afterEach(() => {
    breakEven.rows = usual;
  });

  for (const [what, more, least] of [
    ['full batches', 'steps = 20', 21 * rows],
    ['batches of 32', 'batch_size = 32\nepochs = 1', 3 * rows],
    ['batches of many blocks, and validation', 'batch_size = 50_000\nepochs = 3\nvalidation = 0.2', 5 * rows],
  ] as const) {
    for (const [machine, from] of [
      ['JavaScript', Infinity],
      ['WebAssembly', 0],
    ] as const) {
      it(`passes over about as many rows as its pace allows, as ${machine}: ${what}`, () => {
        breakEven.rows = from;
        const spent = spentInSlices(`${cell}\n${more}`, columns, 20_000);
        assert.ok(
          spent.every((each) => each <= 40_000),
          `${Math.max(...spent)} rows in a slice`,
        );
        assert.ok(sumOf(spent) > least, `${sumOf(spent)} rows in all`);
      });
    }
  }

  it('passes over about as many rows too where most are for validation, and few for a step', () => {
    const few = { x: columns.x.subarray(0, 10_000), y: columns.y.subarray(0, 10_000) };
    const spent = spentInSlices(`${cell}\nsteps = 500\nvalidation = 0.99`, few, 100_000);
    assert.ok(
      spent.every((each) => each <= 200_000),
      `${Math.max(...spent)} rows in a slice`,
    );
    assert.ok(sumOf(spent) > 500 * 9900, `${sumOf(spent)} rows in all`);
  });
});
