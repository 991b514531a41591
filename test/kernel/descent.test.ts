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
        const pace = { rows: 20_000, spent: 0 };
        let passed = 0;
        for (const slice of new Descent(programOf(`${cell}\n${more}`, columns).runs[0]).slices(pace)) {
          assert.ok(slice === undefined && pace.spent <= 2 * pace.rows, `${pace.spent} rows in a slice`);
          passed += pace.spent;
          pace.spent = 0;
        }
        assert.ok(passed > least, `${passed} rows in all`);
      });
    }
  }
});
