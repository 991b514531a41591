import { recordLayout, type RecordLayout, type RecordShape } from './record-layout.ts';
import { newRecordMemory } from './run-memory.ts';
import type { ByParameter, Run } from './run.ts';

/** The columns of a record, as a run carries them. */
export type RunRecord = Pick<
  Run,
  'steps' | 'loss' | 'batchLoss' | 'validationLoss' | 'learningRate' | 'gradientNorm' | 'parameters'
>;

/** The room a record may take; what a run shows of it may be a copy, so that both together stay under 50 MB. */
const mostBytes = 22e6;
/** 100,000 steps and the start. */
const mostEntries = 100_001;

/**
 * Records a run entry by entry: every step up to a cap, then ever thinner, always keeping the first entry, the
 * last, and of each stretch of steps those with the least and the greatest loss (of each kind of loss).
 * What is kept depends on the values alone, not on how they were cut into slices.
 *
 * An entry is a number in each of the columns of its layout. A loss that was not taken is NaN.
 */
export class Recorder {
  readonly layout: RecordLayout;
  readonly #parameters: readonly string[];
  readonly #entries: number;
  readonly #capacity: number;
  readonly #columns: readonly Float64Array[];
  /** Which of the columns are losses. */
  readonly #losses: readonly number[];
  readonly #lossColumns: Columns;
  /** The step of each entry; without thinning, entry k is step k. */
  readonly #steps: Int32Array;
  readonly #found: Int32Array;
  /** The part of the columns that is being written to from outside. */
  #room: Columns | undefined;
  #length = 0;
  #appended = 0;
  /** Steps in a stretch of which the extremes are kept; 0 while every step is. */
  #stretch = 0;
  /** Where the entries of the stretch that is not yet over begin. */
  #open = 0;

  /**
   * @param entries how many entries the run will have at most, the start included
   * @param memoryFor used memory for columns of a record that is never thinned, so many of so many entries
   */
  constructor(shape: RecordShape, entries: number, memoryFor = newRecordMemory) {
    this.layout = recordLayout(shape);
    const { loss, batchLoss, validationLoss, width } = this.layout;
    this.#parameters = shape.parameters;
    this.#losses = [loss, batchLoss, validationLoss].filter((column) => column !== undefined);
    this.#entries = entries;
    this.#capacity = Math.min(entries, mostEntries, Math.floor(mostBytes / (8 * width + 4)));
    const memory = (entries > this.#capacity ? newRecordMemory : memoryFor)(width, this.#capacity);
    this.#columns = memory.columns;
    this.#steps = memory.steps;
    this.#lossColumns = this.#lossesOf(this.#columns);
    this.#found = new Int32Array(2 * this.#losses.length + 1);
  }

  /** The number of entries that are kept at present. */
  get length(): number {
    return this.#length;
  }

  /**
   * The columns where the next entries go, for `append` to find them there. Undefined where there is no room left and
   * entries must be thinned out.
   */
  room(): Columns | undefined {
    if (this.#stretch > 0 || this.#length === this.#capacity) return undefined;
    this.#room =
      this.#length === 0 ? this.#columns : this.#columns.map((column) => column.subarray(this.#length));
    return this.#room;
  }

  /** Takes the next `entries` entries, one for each step, from the columns of `slice`. */
  append(slice: Columns, entries: number): void {
    const losses = this.#lossesOf(slice);
    let taken = 0;
    while (taken < entries) {
      if (this.#stretch === 0) {
        const fitting = Math.min(entries - taken, this.#capacity - this.#length);
        this.#copy(slice, taken, taken + fitting);
        taken += fitting;
        if (taken < entries) this.#thin(this.#appended + taken);
      } else {
        const left = this.#stretch - ((this.#appended + taken - 1) % this.#stretch);
        const end = Math.min(entries, taken + left);
        this.#appendExtremes(slice, losses, taken, end, end === entries);
        taken = end;
      }
    }
    this.#appended += entries;
  }

  /** The latest entry: its number in each of the columns. */
  latest(): Float64Array {
    return Float64Array.from(this.#columns, (column) => column[this.#length - 1] ?? NaN);
  }

  /** The record in columns, a copy of it while the run goes on. */
  read(): RunRecord {
    const { loss, learningRate, gradientNorm, batchLoss, validationLoss, parameters } = this.layout;
    return {
      steps: this.#isWhole() ? this.#steps : this.#steps.slice(0, this.#length),
      loss: this.#column(loss),
      ...(batchLoss === undefined ? {} : { batchLoss: this.#column(batchLoss) }),
      ...(validationLoss === undefined ? {} : { validationLoss: this.#column(validationLoss) }),
      learningRate: this.#column(learningRate),
      gradientNorm: this.#column(gradientNorm),
      parameters: byParameter(this.#parameters, (_, index) => this.#column(parameters + index)),
    };
  }

  /** Whether no entry will be added or thinned out any more, and all the room is taken. */
  #isWhole(): boolean {
    return this.#appended === this.#entries && this.#length === this.#capacity;
  }

  #column(index: number): Float64Array {
    const column = this.#columns[index] ?? none;
    return this.#isWhole() ? column : column.slice(0, this.#length);
  }

  #copy(slice: Columns, begin: number, end: number): void {
    if (slice !== this.#room) {
      this.#columns.forEach((column, index) => {
        copyInto(column, this.#length, slice[index] ?? none, begin, end);
      });
    }
    this.#length += end - begin;
  }

  /** Appends the extremes of a part of the slice that lies in one stretch, and its last entry if that is the latest. */
  #appendExtremes(slice: Columns, losses: Columns, begin: number, end: number, latest: boolean): void {
    const step = this.#appended + begin;
    this.#length = this.#keepExtremes(this.#open, this.#length, this.#open);
    if ((step - 1) % this.#stretch === 0) this.#open = this.#length;
    if (this.#capacity - this.#length <= this.#found.length) this.#thin(step);
    const count = findExtremes(begin, end, losses, this.#found);
    for (let index = 0; index < count; index++) this.#appendEntry(slice, this.#found[index] ?? 0);
    if (!latest) return;
    if (this.#found[count - 1] !== end - 1) this.#appendEntry(slice, end - 1);
    this.#length = this.#keepExtremes(this.#open, this.#length, this.#open, true);
  }

  #appendEntry(slice: Columns, entry: number): void {
    for (let index = 0; index < this.layout.width; index++) {
      (this.#columns[index] ?? none)[this.#length] = slice[index]?.[entry] ?? NaN;
    }
    this.#steps[this.#length++] = this.#appended + entry;
  }

  #lossesOf(columns: Columns): Columns {
    return this.#losses.map((index) => columns[index] ?? none);
  }

  /** Doubles the stretch and keeps the extremes of each; `next` is the step that is appended next. */
  #thin(next: number): void {
    this.#stretch = this.#stretch === 0 ? 4 * this.#losses.length : 2 * this.#stretch;
    let kept = 1;
    let begin = 1;
    this.#open = 1;
    while (begin < this.#length) {
      const stretch = this.#stretchOf(this.#steps[begin] ?? 0);
      let end = begin + 1;
      while (end < this.#length && this.#stretchOf(this.#steps[end] ?? 0) === stretch) end++;
      const first = kept;
      kept = this.#keepExtremes(begin, end, kept);
      this.#open = stretch === this.#stretchOf(next) ? first : kept;
      begin = end;
    }
    this.#length = kept;
  }

  #stretchOf(step: number): number {
    return Math.floor((step - 1) / this.#stretch);
  }

  /**
   * Moves the extremes of the entries from `begin` to `end`, and the last of them if asked, to the place `to`;
   * returns the place after them.
   */
  #keepExtremes(begin: number, end: number, to: number, last = false): number {
    const extremes = findExtremes(begin, end, this.#lossColumns, this.#found);
    const count = last ? insert(this.#found, extremes, end - 1) : extremes;
    for (let index = 0; index < count; index++) {
      const entry = this.#found[index] ?? 0;
      for (const column of this.#columns) column[to] = column[entry] ?? NaN;
      this.#steps[to++] = this.#steps[entry] ?? 0;
    }
    return to;
  }
}

type Columns = readonly Float64Array[];

const none = new Float64Array(0);
/** For fewer numbers a loop is faster than the engine's own copy. */
const manyNumbers = 32;

/** Copies the numbers from `begin` to `end` of a column to the place `at` of another. */
function copyInto(target: Float64Array, at: number, source: Float64Array, begin: number, end: number): void {
  if (end - begin >= manyNumbers) target.set(source.subarray(begin, end), at);
  else for (let from = begin; from < end; from++) target[at + from - begin] = source[from] ?? NaN;
}

/**
 * A run with at most `entries` entries: the first, the last, and of equal parts of the rest those with the least
 * and the greatest loss (of each kind of loss), in order. Never fewer than 2, and 2 more for each kind of loss.
 */
export function thinRun(run: Run, entries: number): Run {
  const { length } = run.steps;
  if (length <= entries) return run;
  const losses = [run.loss, run.batchLoss, run.validationLoss].filter((column) => column !== undefined);
  const found = new Int32Array(2 * losses.length);
  const parts = Math.max(1, Math.floor((entries - 2) / (2 * losses.length)));
  const kept = [0];
  for (let part = 0; part < parts; part++) {
    const begin = 1 + Math.floor(((length - 2) * part) / parts);
    const end = 1 + Math.floor(((length - 2) * (part + 1)) / parts);
    kept.push(...found.subarray(0, findExtremes(begin, end, losses, found)));
  }
  kept.push(length - 1);
  const pick = (column: Float64Array) => Float64Array.from(kept, (entry) => column[entry] ?? NaN);
  return {
    ...run,
    steps: Int32Array.from(kept, (entry) => run.steps[entry] ?? 0),
    loss: pick(run.loss),
    ...(run.batchLoss ? { batchLoss: pick(run.batchLoss) } : {}),
    ...(run.validationLoss ? { validationLoss: pick(run.validationLoss) } : {}),
    learningRate: pick(run.learningRate),
    gradientNorm: pick(run.gradientNorm),
    parameters: byParameter(Object.keys(run.parameters), (name) => pick(run.parameters[name] ?? run.loss)),
  };
}

/** An object by parameter, without a prototype. */
export function byParameter<T>(
  names: readonly string[],
  value: (name: string, index: number) => T,
): ByParameter<T> {
  const object = Object.create(null) as Record<string, T>;
  names.forEach((name, index) => (object[name] = value(name, index)));
  return object;
}

/**
 * Writes the entries with the least and the greatest of each loss to `found`, ascending and each once, and returns
 * how many they are. Where no loss was taken the last entry stands for all.
 */
function findExtremes(begin: number, end: number, losses: Columns, found: Int32Array): number {
  let count = 0;
  for (const values of losses) {
    let least = -1;
    let greatest = -1;
    let leastValue = Infinity;
    let greatestValue = -Infinity;
    for (let entry = begin; entry < end; entry++) {
      const value = values[entry] ?? NaN;
      if (value < leastValue || (least < 0 && value === Infinity)) {
        leastValue = value;
        least = entry;
      }
      if (value > greatestValue || (greatest < 0 && value === -Infinity)) {
        greatestValue = value;
        greatest = entry;
      }
    }
    if (least >= 0) count = insert(found, insert(found, count, least), greatest);
  }
  return count === 0 && end > begin ? insert(found, 0, end - 1) : count;
}

/** Puts `entry` into the ascending `found` unless it is there; returns the new length. */
function insert(found: Int32Array, length: number, entry: number): number {
  for (let index = 0; index < length; index++) if (found[index] === entry) return length;
  let place = length;
  for (; place > 0 && (found[place - 1] ?? 0) > entry; place--) found[place] = found[place - 1] ?? 0;
  found[place] = entry;
  return length + 1;
}
