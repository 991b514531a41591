import { randomStream, rowNumbers } from '../random.ts';
import { encodeModule, get, memoryAt, nothing, plain, set, unsigned, type ValueType } from './encoding.ts';
import { giveBack, keepOut, stageBytes, takeMemory } from './linear-memory.ts';
import { generatorAt } from './row-functions.ts';

/** Room for the rows in the order of an epoch. */
export interface EpochRows {
  readonly columns: readonly Float64Array[];
  /** The numbers of the rows in the order of the current epoch; of the data at first. */
  readonly order: Int32Array;
  /** As `shuffle` of a `RandomStream`: settles the places from `to` (not included) down to `from`. */
  readonly shuffle: (from: number, to: number) => void;
  /** Says that the columns and the order are not used any more. */
  readonly end: () => void;
}

/**
 * Room for so many columns and rows, shuffled by the stream `shuffle` of a seed. Many rows are in a memory of
 * WebAssembly, where the host has it, and are shuffled there: it takes half the time, as that has whole numbers of 64
 * bits, and the order is the same.
 */
export function epochRows(columns: number, rows: number, seed: number): EpochRows {
  if (8 * columns * rows > stageBytes) {
    try {
      return rowsInMemory(columns, rows, seed);
    } catch {
      // The host has no WebAssembly, forbids it, or has no room for it.
    }
  }
  const own = Array.from({ length: columns }, () => new Float64Array(rows));
  if (8 * columns * rows > stageBytes) keepOut(own);
  const order = rowNumbers(rows);
  const stream = randomStream(seed, 'shuffle');
  return {
    columns: own,
    order,
    shuffle: (from, to) => {
      stream.shuffle(order, from, to);
    },
    end: () => undefined,
  };
}

type Shuffle = (order: number, from: number, to: number) => void;
let made: WebAssembly.Module | undefined;

function rowsInMemory(count: number, rows: number, seed: number): EpochRows {
  made ??= new WebAssembly.Module(encodeModule([], [shuffleCode()]));
  const home = takeMemory(8 * count * rows + 4 * rows);
  const { memory } = home;
  const shuffle = new WebAssembly.Instance(made, { env: { memory } }).exports['shuffle'] as Shuffle;
  const columns = home.allocate(Array.from({ length: count }, () => rows));
  const last = columns.at(-1);
  const orderAt = last === undefined ? memory.buffer.byteLength : last.byteOffset + last.byteLength;
  const order = new Int32Array(memory.buffer, orderAt, rows);
  for (let row = 0; row < rows; row++) order[row] = row;
  new Int32Array(memory.buffer, generatorAt, 4).set(randomStream(seed, 'shuffle').state());
  return {
    columns,
    order,
    shuffle: (from, to) => {
      shuffle(orderAt, from, to);
    },
    end: () => {
      giveBack(home);
    },
  };
}

/** xoroshiro128+ and the loop of `randomStream`, with the generator's halves in memory. */
function shuffleCode() {
  const locals: ValueType[] = ['i32', 'i32', 'i32', 'i32', 'i64', 'i64', 'i64'];
  const [order, from, to, last, unused, other, kept, low, high, mixed] = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
  ] as const;
  const place = (index: number) => [
    ...[...get(order), ...get(index)],
    ...[plain['i32.const'], 2, plain['i32.shl'], plain['i32.add']],
  ];
  const half = (at: number) => [plain['i32.const'], 0, plain['i64.load'], ...memoryAt(3, generatorAt + at)];
  const load = [plain['i32.load'], ...memoryAt(2)];
  const store = [plain['i32.store'], ...memoryAt(2)];
  const whole64 = (value: number) => [plain['i64.const'], ...unsigned(value)];
  const draw = [
    ...[...get(low), ...get(high), plain['i64.add'], plain['i32.wrap_i64']],
    ...[...get(unused), plain['i32.shr_u'], ...set(other)],
    ...[...get(high), ...get(low), plain['i64.xor'], ...set(mixed)],
    ...[...get(low), ...whole64(24), plain['i64.rotl'], ...get(mixed), plain['i64.xor']],
    ...[...get(mixed), ...whole64(16), plain['i64.shl'], plain['i64.xor'], ...set(low)],
    ...[...get(mixed), ...whole64(37), plain['i64.rotl'], ...set(high)],
  ];
  const swap = [
    ...[...place(last), ...load, ...set(kept)],
    ...[...place(last), ...place(other), ...load, ...store],
    ...[...place(other), ...get(kept), ...store],
  ];
  const code = [
    ...[...half(0), ...set(low), ...half(8), ...set(high)],
    ...[...get(to), plain['i32.const'], 1, plain['i32.sub'], ...set(last)],
    ...[plain.block, nothing, plain.loop, nothing],
    ...[...get(last), plain['i32.const'], 1, plain['i32.lt_s'], plain.br_if, 1],
    ...[...get(last), ...get(from), plain['i32.lt_s'], plain.br_if, 1],
    ...[...get(last), plain['i32.clz'], ...set(unused)],
    ...[plain.loop, nothing, ...draw],
    ...[...get(other), ...get(last), plain['i32.gt_u'], plain.br_if, 0, plain.end],
    ...swap,
    ...[...get(last), plain['i32.const'], 1, plain['i32.sub'], ...set(last)],
    ...[plain.br, 0, plain.end, plain.end],
    ...[plain['i32.const'], 0, ...get(low), plain['i64.store'], ...memoryAt(3, generatorAt)],
    ...[plain['i32.const'], 0, ...get(high), plain['i64.store'], ...memoryAt(3, generatorAt + 8)],
  ];
  return { name: 'shuffle', parameters: ['i32', 'i32', 'i32'], locals, code } as const;
}
