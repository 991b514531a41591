import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { columnsAt } from '../../../src/kernel/wasm/row-functions.ts';
import { keepOut, memoryWith } from '../../../src/kernel/wasm/linear-memory.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const many = 300_000;
const column = (rows: number) => Float64Array.from({ length: rows }, (_, row) => row + 0.5);

/** The numbers of a memory's only column, where functions find it. */
function numbersIn(memory: ReturnType<typeof memoryWith>, rows: number): Float64Array {
  assert.ok(memory);
  return new Float64Array(memory.memory.buffer, columnsAt, rows);
}

describe('memoryWith', () => {
  it('copies few numbers at every call, so that it has what they are now', () => {
    const few = column(10);
    assert.deepEqual(numbersIn(memoryWith([few], 10), 10), few);
    few.fill(7);
    assert.deepEqual(numbersIn(memoryWith([few], 10), 10), few);
  });

  it('copies many numbers little by little, and then no more', () => {
    const numbers = column(many);
    assert.equal(memoryWith([numbers], 1000), undefined);
    assert.equal(memoryWith([numbers], 1000), undefined);
    const memory = memoryWith([numbers], 1000);
    assert.deepEqual(numbersIn(memory, many), numbers);
    assert.equal(memoryWith([numbers], 1000), memory);
  });

  it('copies at once what a call will pass over at once', () => {
    const numbers = column(many);
    assert.deepEqual(numbersIn(memoryWith([numbers], many), many), numbers);
  });

  it('keeps the copies of different choices of columns apart', () => {
    const [x, y] = [column(many), column(many)];
    const both = memoryWith([x, y], many);
    assert.notEqual(memoryWith([x], many), both);
    assert.notEqual(memoryWith([y, x], many), both);
    assert.equal(memoryWith([x, y], many), both);
  });

  it('lets a copy go with any of its columns', async () => {
    const kept = column(many);
    const copy = new WeakRef(memoryWith([kept, column(many)], many) ?? {});
    for (let time = 0; time < 4; time++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      collect();
    }
    assert.equal(copy.deref(), undefined);
    assert.equal(kept.length, many);
  });

  it('refuses many numbers that change', () => {
    const numbers = column(many);
    keepOut([numbers]);
    assert.throws(() => memoryWith([numbers], many), /change/);
  });
});
