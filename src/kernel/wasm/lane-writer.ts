import type { ComparisonOperator } from '../formula.ts';
import type { Arithmetic, Unary } from '../operations.ts';
import {
  get,
  lanes,
  memoryAt,
  nothing,
  plain,
  set,
  twice,
  whole,
  type simd,
  type ValueType,
} from './encoding.ts';
import { functionInLanes } from './functions-in-lanes.ts';

/** Functions in JavaScript that the code calls for the arguments that are rare, in their order as imports. */
export const rareFunctions = ['exp', 'log'] as const;
export type RareFunction = (typeof rareFunctions)[number];

/** The place of the local that holds two lanes of a value: the first of several, one for each vector, where it varies. */
export type LaneLocal = number;

const comparisons = {
  '<': 'f64x2.lt',
  '<=': 'f64x2.le',
  '>': 'f64x2.gt',
  '>=': 'f64x2.ge',
  '==': 'f64x2.eq',
  '!=': 'f64x2.ne',
} as const satisfies Record<ComparisonOperator, keyof typeof simd>;

/** How a function goes through its rows. */
export interface LaneShape {
  /** So many vectors are computed side by side, each operation for all of them before the next. */
  readonly vectors: number;
  /** The block, counted outwards, that the code leaves when it meets a rare argument; else JavaScript computes that. */
  readonly exit?: number;
}

/** Writes the code of one function, where every value is a local, and equal values are one. */
export class LaneWriter {
  readonly code: number[] = [];
  readonly locals: ValueType[] = [];
  private readonly parameters: number;
  private readonly shape: LaneShape;
  /** What is done before the loop, once. */
  private readonly before: number[] = [];
  private readonly fixed = new Map<string, LaneLocal>();
  /** The values that are one local for all vectors. */
  private readonly shared = new Set<LaneLocal>();
  private readonly masks = new Map<LaneLocal, LaneLocal>();
  private known = new Map<string, LaneLocal>();

  /** @param parameters how many the function has: they are its first locals */
  constructor(parameters: number, shape: LaneShape) {
    this.parameters = parameters;
    this.shape = shape;
  }

  /** A new local. */
  local(type: ValueType): number {
    return this.parameters + this.locals.push(type) - 1;
  }

  /** Goes on with the code. */
  emit(...bytes: readonly number[]): void {
    this.code.push(...bytes);
  }

  /** All code: first what stands before the loop. */
  get whole(): number[] {
    return [...this.before, ...this.code];
  }

  /** From here on nothing is known that was computed so far: a loop or a branch begins or ends. */
  forget(): void {
    this.known = new Map();
  }

  /** The parameter `index` in both lanes. */
  parameter(index: number): LaneLocal {
    return this.once(`parameter ${index}`, [...get(index), ...lanes('f64x2.splat')]);
  }

  /** A number in both lanes. */
  constant(value: number): LaneLocal {
    const key = Object.is(value, -0) ? '-0' : String(value);
    return this.once(key, lanes('v128.const', ...twice(Float64Array.of(value))));
  }

  /** A whole number of 64 bits in both lanes. */
  whole64(value: bigint): LaneLocal {
    return this.once(`${value}n`, lanes('v128.const', ...twice(BigInt64Array.of(value))));
  }

  /**
   * The number that memory has twice from an address on. It is read wherever it is used: with many of them there are
   * too few registers, and the sums, which every row needs, would not stay in theirs.
   */
  constantAt(address: number): LaneLocal {
    const local = this.local('v128');
    this.emit(...whole(0), ...lanes('v128.load', ...memoryAt(4, address)), ...set(local));
    this.shared.add(local);
    return local;
  }

  /** The value of an instruction on locals, which the code computes only once. */
  value(
    instruction: keyof typeof simd,
    operands: readonly LaneLocal[],
    after: readonly number[] = [],
  ): LaneLocal {
    return this.keep(
      `${instruction} ${operands.join(' ')} ${after.join(' ')}`,
      (vector) => [
        ...operands.flatMap((operand) => this.get(operand, vector)),
        ...after,
        ...lanes(instruction),
      ],
      operands.every((operand) => this.shared.has(operand)),
    );
  }

  /** The value that `code` leaves on the stack for a vector, where `key` tells it from all others. */
  keep(key: string, code: (vector: number) => readonly number[], isShared = false): LaneLocal {
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const locals = Array.from({ length: isShared ? 1 : this.shape.vectors }, () => this.local('v128'));
    locals.forEach((local, vector) => {
      this.emit(...code(vector), ...set(local));
    });
    const [value = 0] = locals;
    if (isShared) this.shared.add(value);
    this.known.set(key, value);
    return value;
  }

  /** The two lanes of a value that one of the vectors has, on the stack. */
  get(value: LaneLocal, vector: number): number[] {
    return get(this.shared.has(value) ? value : value + vector);
  }

  /** The quick way where the mask holds in all lanes. Else the function leaves, or JavaScript computes lane by lane. */
  quickOr(rare: RareFunction, x: LaneLocal, isQuick: LaneLocal, quick: () => LaneLocal): LaneLocal {
    const key = `${rare} ${x}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const { exit } = this.shape;
    this.emit(...this.holds(isQuick));
    if (exit !== undefined) {
      this.emit(plain['i32.eqz'], plain.br_if, exit);
      const result = quick();
      this.known.set(key, result);
      return result;
    }
    const result = this.local('v128');
    const outside = this.known;
    this.emit(plain.if, nothing);
    this.known = new Map(outside);
    this.emit(...get(quick()), ...set(result), plain.else);
    const lane = (index: number) => [
      ...get(x),
      ...lanes('f64x2.extract_lane', index),
      plain.call,
      rareFunctions.indexOf(rare),
    ];
    this.emit(...lane(0), ...lanes('f64x2.splat'), ...lane(1), ...lanes('f64x2.replace_lane', 1));
    this.emit(...set(result), plain.end);
    this.known = outside.set(key, result);
    return result;
  }

  /** Code that says whether a mask holds in all lanes. */
  private holds(mask: LaneLocal): number[] {
    const masks = Array.from({ length: this.shape.vectors }, (_, vector) => this.get(mask, vector));
    const all = masks.reduce((left, right) => [...left, ...right, ...lanes('v128.and')]);
    return [...all, ...lanes('i64x2.bitmask'), ...whole(3), plain['i32.eq']];
  }

  readonly arithmetic: Arithmetic<LaneLocal> = {
    add: (left, right) => this.value('f64x2.add', [left, right]),
    subtract: (left, right) => this.value('f64x2.sub', [left, right]),
    multiply: (left, right) => this.value('f64x2.mul', [left, right]),
    divide: (left, right) => this.value('f64x2.div', [left, right]),
    negate: (value) => this.value('f64x2.neg', [value]),
    call: (name, value) => this.call(name, value),
    pow: () => {
      throw new Error('A power with a varying exponent has no code in lanes.');
    },
    compare: (operator, left, right) => {
      const mask = this.value(comparisons[operator], [left, right]);
      const value = this.value('v128.and', [mask, this.constant(1)]);
      this.masks.set(value, mask);
      return value;
    },
    choose: (condition, chosen, other) => {
      const mask = this.masks.get(condition) ?? this.value('f64x2.ne', [condition, this.constant(0)]);
      return this.select(mask, chosen, other);
    },
    largest: (values) => values.reduce((left, right) => this.value('f64x2.max', [left, right])),
    smallest: (values) => values.reduce((left, right) => this.value('f64x2.min', [left, right])),
    positivePart: (value) => this.value('f64x2.max', [value, this.constant(0)]),
    keep: (value) => value,
  };

  /** `chosen` in the lanes where the mask holds, else `other`. */
  select(mask: LaneLocal, chosen: LaneLocal, other: LaneLocal): LaneLocal {
    return this.value('v128.bitselect', [chosen, other, mask]);
  }

  private call(name: Unary, value: LaneLocal): LaneLocal {
    switch (name) {
      case 'sqrt':
        return this.value('f64x2.sqrt', [value]);
      case 'abs':
        return this.value('f64x2.abs', [value]);
      case 'sign': {
        const zero = this.constant(0);
        const below = this.value('f64x2.lt', [value, zero]);
        const notAbove = this.select(below, this.constant(-1), value);
        return this.select(this.value('f64x2.gt', [value, zero]), this.constant(1), notAbove);
      }
      default:
        return functionInLanes(this, name, value);
    }
  }

  private once(key: string, code: readonly number[]): LaneLocal {
    let local = this.fixed.get(key);
    if (local === undefined) {
      local = this.local('v128');
      this.before.push(...code, ...set(local));
      this.shared.add(local);
      this.fixed.set(key, local);
    }
    return local;
  }
}
