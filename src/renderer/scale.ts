import { formatNumber } from './numbers.ts';

/** How values become pixels along one side of a picture. On a log scale `low` and `high` are positive. */
export interface Scale {
  readonly kind: 'linear' | 'log';
  readonly low: number;
  readonly high: number;
}

const smallestNormal = 2.2250738585072014e-308;

export interface Tick {
  readonly value: number;
  readonly label: string;
}

/** Where `value` lies between the scale's ends, 0 to 1; beyond that range outside of them. */
export function toShare(scale: Scale, value: number): number {
  if (scale.kind === 'linear') return (value - scale.low) / (scale.high - scale.low);
  return (Math.log(value) - Math.log(scale.low)) / (Math.log(scale.high) - Math.log(scale.low));
}

/** The value at `share` of the way from the scale's low end to its high one. */
export function fromShare(scale: Scale, share: number): number {
  if (scale.kind === 'linear') return scale.low + share * (scale.high - scale.low);
  return Math.exp(Math.log(scale.low) * (1 - share) + Math.log(scale.high) * share);
}

/** A scale around the finite values given, with a margin of `margin` of its length; never of length 0. */
export function scaleAround(values: Iterable<number>, kind: Scale['kind'], margin = 0.05): Scale {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value) || (kind === 'log' && value < smallestNormal)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return kind === 'log' ? { kind, low: 0.1, high: 10 } : { kind, low: 0, high: 1 };
  if (kind === 'log') {
    const stretch = Math.max(Math.exp((Math.log(high) - Math.log(low)) * margin), 1.02);
    return {
      kind,
      low: Math.max(low / stretch, smallestNormal),
      high: Math.min(high * stretch, Number.MAX_VALUE),
    };
  }
  const half = high / 2 - low / 2;
  const flat = Math.max(Math.abs(high), Math.abs(low)) * 1e-9;
  const pad = half <= flat ? (flat === 0 ? 1 : flat * 1e8) : 2 * margin * half;
  return { kind, low: Math.max(low - pad, -Number.MAX_VALUE), high: Math.min(high + pad, Number.MAX_VALUE) };
}

/** The scale with ends moved outwards to round places: quarters of a decade, or of the power of ten in its length. */
export function snapped({ kind, low, high }: Scale): Scale {
  if (kind === 'log') {
    const quarter = (value: number, round: (x: number) => number): number =>
      10 ** (round(Math.log10(value) * 4) / 4);
    return {
      kind,
      low: Math.max(quarter(low, Math.floor), smallestNormal),
      high: Math.min(quarter(high, Math.ceil), Number.MAX_VALUE),
    };
  }
  const step = 10 ** Math.floor(Math.log10(high / 2 - low / 2)) / 4;
  const [from, to] = [Math.floor(low / step) * step, Math.ceil(high / step) * step];
  return Number.isFinite(from) && Number.isFinite(to) && from < to
    ? { kind, low: from, high: to }
    : { kind, low, high };
}

/** About `count` round values inside the scale, with labels that tell them apart. */
export function ticks(scale: Scale, count: number): Tick[] {
  const values = scale.kind === 'log' ? logTicks(scale, count) : linearTicks(scale, count);
  return values.map((value) => ({ value, label: formatNumber(value, digitsToTell(values)) }));
}

/** The fewest digits that spell every tick exactly; ticks are round to 12. */
function digitsToTell(values: readonly number[]): number {
  let digits = 1;
  while (digits < 12 && values.some((value) => Number(value.toPrecision(digits)) !== value)) digits += 1;
  return digits;
}

const niceSteps = [
  { upTo: 1.5, step: 1 },
  { upTo: 3, step: 2 },
  { upTo: 7, step: 5 },
];

/** Multiples of 1, 2 or 5 times a power of ten (Heckbert, Nice numbers for graph labels, 1990). */
function linearTicks({ low, high }: Scale, count: number): number[] {
  const rough = high / count - low / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * (niceSteps.find(({ upTo }) => rough < upTo * power)?.step ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}

function logTicks({ low, high }: Scale, count: number): number[] {
  const decades = Math.log10(high) - Math.log10(low);
  if (decades < 1) {
    const linear = linearTicks({ kind: 'linear', low, high }, count);
    const round = decadeTicks(low, high, 1, [1, 2, 5]);
    return round.length >= 3 ? round : linear.filter((value) => value > 0);
  }
  const stride = Math.max(1, Math.floor(decades / count));
  const candidates = [[1], [1, 3], [1, 2, 5]].map((factors) => decadeTicks(low, high, stride, factors));
  return candidates.find((values) => values.length >= 3) ?? candidates.at(-1) ?? [];
}

function decadeTicks(low: number, high: number, stride: number, factors: readonly number[]): number[] {
  const values: number[] = [];
  const first = Math.floor(Math.log10(low) / stride) * stride;
  for (let exponent = first; exponent <= Math.log10(high); exponent += stride) {
    for (const factor of stride === 1 ? factors : [1]) {
      const value = Number(`${factor}e${exponent}`);
      if (value >= low && value <= high) values.push(value);
    }
  }
  return values;
}
