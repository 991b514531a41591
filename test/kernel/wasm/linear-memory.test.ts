import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { columnsAt } from '../../../src/kernel/wasm/memory-map.ts';
import { keepOut, memoryWith, type LinearMemory } from '../../../src/kernel/wasm/linear-memory.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const many = 300_000;
const column = (rows: number) => Float64Array.from({ length: rows }, (_, row) => row + 0.5);

/** The numbers of a memory's only column, where functions find it. */
function numbersIn(memory: LinearMemory | undefined, rows: number): Float64Array {
  assert.ok(memory);
  return new Float64Array(memory.memory.buffer, columnsAt, rows);
}

/** The memory that has the columns, after so many calls as copying them takes. */
function memoryInTheEnd(columns: readonly Float64Array[]): LinearMemory {
  for (;;) {
    const memory = memoryWith(columns, many);
    if (memory !== undefined) return memory;
  }
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

  it('copies more at a call that passes over more, which still takes longer', () => {
    const numbers = column(4 * many);
    for (let call = 1; call < 4; call++) assert.equal(memoryWith([numbers], 4 * many), undefined);
    assert.deepEqual(numbersIn(memoryWith([numbers], 4 * many), 4 * many), numbers);
  });

  it('keeps the copies of different choices of columns apart', () => {
    const [x, y] = [column(many), column(many)];
    const both = memoryInTheEnd([x, y]);
    assert.notEqual(memoryInTheEnd([x]), both);
    assert.notEqual(memoryInTheEnd([y, x]), both);
    assert.equal(memoryInTheEnd([x, y]), both);
  });

  it('lets a copy go with any of its columns', async () => {
    const kept = column(many);
    const copy = new WeakRef(memoryInTheEnd([kept, column(many)]));
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
