import type { ComparisonOperator } from '../formula.ts';
import type { Arithmetic, Unary } from '../operations.ts';
import { get, lanes, nothing, plain, set, twice, type simd, type ValueType } from './encoding.ts';
import { functionInLanes } from './functions-in-lanes.ts';

/** Functions in JavaScript that the code calls for the arguments that are rare, in their order as imports. */
export const rareFunctions = ['exp', 'log', 'tanh'] as const;
export type RareFunction = (typeof rareFunctions)[number];

/** The place of a local that holds two lanes. */
export type Lanes = number;

const comparisons = {
  '<': 'f64x2.lt',
  '<=': 'f64x2.le',
  '>': 'f64x2.gt',
  '>=': 'f64x2.ge',
  '==': 'f64x2.eq',
  '!=': 'f64x2.ne',
} as const satisfies Record<ComparisonOperator, keyof typeof simd>;

/** Writes the code of one function, where every value is a local, and equal values are one. */
export class LaneWriter {
  readonly code: number[] = [];
  readonly locals: ValueType[] = [];
  private readonly parameters: number;
  /** What is done before the loop, once. */
  private readonly before: number[] = [];
  private readonly fixed = new Map<string, Lanes>();
  private readonly masks = new Map<Lanes, Lanes>();
  private known = new Map<string, Lanes>();

  /** @param parameters how many the function has: they are its first locals */
  constructor(parameters: number) {
    this.parameters = parameters;
  }

  local(type: ValueType): number {
    return this.parameters + this.locals.push(type) - 1;
  }

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
  parameter(index: number): Lanes {
    return this.once(`parameter ${index}`, [...get(index), ...lanes('f64x2.splat')]);
  }

  /** A number in both lanes. */
  constant(value: number): Lanes {
    const key = Object.is(value, -0) ? '-0' : String(value);
    return this.once(key, lanes('v128.const', ...twice(Float64Array.of(value))));
  }

  /** A whole number of 64 bits in both lanes. */
  whole64(value: bigint): Lanes {
    return this.once(`${value}n`, lanes('v128.const', ...twice(BigInt64Array.of(value))));
  }

  /** The value of an instruction on locals, which the code computes only once. */
  value(instruction: keyof typeof simd, operands: readonly Lanes[], after: readonly number[] = []): Lanes {
    return this.keep(`${instruction} ${operands.join(' ')} ${after.join(' ')}`, [
      ...operands.flatMap(get),
      ...after,
      ...lanes(instruction),
    ]);
  }

  /** The value that `code` leaves on the stack, where `key` tells it from all others. */
  keep(key: string, code: readonly number[]): Lanes {
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const local = this.local('v128');
    this.emit(...code, ...set(local));
    this.known.set(key, local);
    return local;
  }

  /** The quick way where the mask holds in both lanes, else the function of JavaScript, lane by lane. */
  quickOr(rare: RareFunction, x: Lanes, isQuick: Lanes, quick: () => Lanes): Lanes {
    const key = `${rare} ${x}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const result = this.local('v128');
    const outside = this.known;
    this.emit(...get(isQuick), ...lanes('i64x2.all_true'), plain.if, nothing);
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

  readonly arithmetic: Arithmetic<Lanes> = {
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
  select(mask: Lanes, chosen: Lanes, other: Lanes): Lanes {
    return this.value('v128.bitselect', [chosen, other, mask]);
  }

  private call(name: Unary, value: Lanes): Lanes {
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

  private once(key: string, code: readonly number[]): Lanes {
    let local = this.fixed.get(key);
    if (local === undefined) {
      local = this.local('v128');
      this.before.push(...code, ...set(local));
      this.fixed.set(key, local);
    }
    return local;
  }
}
