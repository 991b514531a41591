import { Kept } from '../compile.ts';
import { randomStream } from '../random.ts';
import {
  encodeModule,
  get,
  memoryAt,
  nothing,
  plain,
  set,
  whole,
  whole64,
  type ValueType,
} from './encoding.ts';
import { instantiate, makeModule, Unavailable } from './host.ts';
import { bytesOf, giveBack, keepOut, largestSpare, stageBytes, takeMemory } from './linear-memory.ts';
import { generatorAt } from './memory-map.ts';

/** Room for copies of columns, whose rows are in the order of an epoch. */
export interface EpochRows {
  /** To be filled by whoever has the room; their numbers are undefined at first. */
  readonly columns: readonly Float64Array[];
  /** As that of a `RandomStream`, over these columns. */
  readonly shuffle: (from: number, to: number) => void;
  /** Says that the columns are not used any more. */
  readonly end: () => void;
}

/**
 * Room for copies of columns of equal length, to be shuffled by the stream `shuffle` of a seed. Many rows are in a
 * memory of WebAssembly, where the host has it, and are shuffled there: it takes half the time, as that has whole
 * numbers of 64 bits, and the order is the same.
 */
export function epochRows(source: readonly Float64Array[], seed: number): EpochRows {
  const isLarge = bytesOf(source) > stageBytes;
  if (isLarge) {
    try {
      return rowsInMemory(source, seed);
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
    }
  }
  const columns = takeColumns(source);
  if (isLarge) keepOut(columns);
  const stream = randomStream(seed, 'shuffle');
  return {
    columns,
    shuffle: (from, to) => {
      stream.shuffle(columns, from, to);
    },
    end: () => {
      if (bytesOf(columns) <= largestSpare) spare = columns;
    },
  };
}

/** Columns that nobody uses any more: new memory takes longer than many a run. */
let spare: readonly Float64Array[] = [];

/** Columns as long as these; their numbers are undefined. */
function takeColumns(like: readonly Float64Array[]): readonly Float64Array[] {
  const kept = spare;
  spare = [];
  const areLike = kept.length === like.length && kept.every(({ length }, at) => length === like[at]?.length);
  return areLike ? kept : like.map(({ length }) => new Float64Array(length));
}

type Shuffle = (first: number, stride: number, from: number, to: number) => void;
const modules = new Kept<WebAssembly.Module>();

function rowsInMemory(source: readonly Float64Array[], seed: number): EpochRows {
  const module = modules.get(String(source.length), () =>
    makeModule(encodeModule([], [shuffleCode(source.length)])),
  );
  const home = takeMemory(bytesOf(source));
  const { memory } = home;
  const shuffle = instantiate(module, { memory })['shuffle'] as Shuffle;
  const columns = home.allocate(source);
  const { byteOffset: first = 0, byteLength: stride = 0 } = columns[0] ?? {};
  new Int32Array(memory.buffer, generatorAt, 4).set(randomStream(seed, 'shuffle').state());
  return {
    columns,
    shuffle: (from, to) => {
      shuffle(first, stride, from, to);
    },
    end: () => {
      giveBack(home);
    },
  };
}

/** xoroshiro128+ and the loop of `randomStream` over columns side by side, with the generator's halves in memory. */
function shuffleCode(columns: number) {
  const locals: ValueType[] = ['i32', 'i32', 'i32', 'i32', 'i32', 'i64', 'i64', 'i64', 'i64'];
  const [first, stride, from, to, last, unused, other, atLast, atOther, kept, low, high, mixed] = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
  ] as const;
  const half = (at: number) => [...whole(0), plain['i64.load'], ...memoryAt(3, generatorAt + at)];
  const draw = [
    ...[...get(low), ...get(high), plain['i64.add'], plain['i32.wrap_i64']],
    ...[...get(unused), plain['i32.shr_u'], ...set(other)],
    ...[...get(high), ...get(low), plain['i64.xor'], ...set(mixed)],
    ...[...get(low), ...whole64(24), plain['i64.rotl'], ...get(mixed), plain['i64.xor']],
    ...[...get(mixed), ...whole64(16), plain['i64.shl'], plain['i64.xor'], ...set(low)],
    ...[...get(mixed), ...whole64(37), plain['i64.rotl'], ...set(high)],
  ];
  const place = (index: number, at: number) => [
    ...[...get(first), ...get(index), ...whole(3), plain['i32.shl'], plain['i32.add'], ...set(at)],
  ];
  const load = [plain['i64.load'], ...memoryAt(3)];
  const store = [plain['i64.store'], ...memoryAt(3)];
  const swap = [
    ...[...get(atLast), ...load, ...set(kept)],
    ...[...get(atLast), ...get(atOther), ...load, ...store],
    ...[...get(atOther), ...get(kept), ...store],
  ];
  const toNextColumn = [atLast, atOther].flatMap((at) => [
    ...[...get(at), ...get(stride), plain['i32.add'], ...set(at)],
  ]);
  const swaps = Array.from({ length: columns }, (_, column) => [
    ...(column > 0 ? toNextColumn : []),
    ...swap,
  ]);
  const code = [
    ...[...half(0), ...set(low), ...half(8), ...set(high)],
    ...[...get(to), ...whole(1), plain['i32.sub'], ...set(last)],
    ...[plain.block, nothing, plain.loop, nothing],
    ...[...get(last), ...whole(1), plain['i32.lt_s'], plain.br_if, 1],
    ...[...get(last), ...get(from), plain['i32.lt_s'], plain.br_if, 1],
    ...[...get(last), plain['i32.clz'], ...set(unused)],
    ...[plain.loop, nothing, ...draw],
    ...[...get(other), ...get(last), plain['i32.gt_u'], plain.br_if, 0, plain.end],
    ...[...place(last, atLast), ...place(other, atOther), ...swaps.flat()],
    ...[...get(last), ...whole(1), plain['i32.sub'], ...set(last)],
    ...[plain.br, 0, plain.end, plain.end],
    ...[...whole(0), ...get(low), plain['i64.store'], ...memoryAt(3, generatorAt)],
    ...[...whole(0), ...get(high), plain['i64.store'], ...memoryAt(3, generatorAt + 8)],
  ];
  return { name: 'shuffle', parameters: ['i32', 'i32', 'i32', 'i32'], locals, code } as const;
}
