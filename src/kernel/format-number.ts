const digitsAfterPoint = 20;

/**
 * A number for a person's eye: `significant` digits, or as many as stand before its point, thousands grouped, a true
 * minus sign, and the exponent form of the cells (`2.64e10`) where plain digits would be hard to read: from a million
 * up and below a thousandth.
 */
export function formatNumber(value: number, significant = 4): string {
  if (Number.isNaN(value)) return 'NaN';
  const size = Math.abs(value);
  const sign = value < 0 ? '−' : '';
  if (size === Infinity) return `${sign}Infinity`;
  if (size === 0) return '0';
  const wholeDigits = size < 1e6 ? Math.floor(Math.log10(size)) + 1 : 0;
  const rounded = Number(size.toPrecision(Math.max(significant, wholeDigits)));
  if (rounded >= 1e6 || rounded < 1e-3) return sign + exponentForm(size, significant);
  const decimals = Math.max(0, significant - 1 - Math.floor(Math.log10(rounded)));
  const [whole = '', fraction = ''] = rounded.toFixed(Math.min(decimals, digitsAfterPoint)).split('.');
  const kept = fraction.replace(/0+$/, '');
  return sign + grouped(Number(whole)) + (kept === '' ? '' : `.${kept}`);
}

function exponentForm(value: number, significant: number): string {
  const [mantissa = '', exponent = ''] = value.toExponential(significant - 1).split('e');
  return `${mantissa.replace(/\.?0+$/, '')}e${exponent.replace('+', '')}`;
}

/** A number with four digits, never above itself: a limit that is rounded up would be no limit. */
export function roundDown(value: number): number {
  const rounded = Number(value.toPrecision(4));
  if (rounded <= value) return rounded;
  return Number((rounded - 10 ** (Math.floor(Math.log10(value)) - 3)).toPrecision(4));
}

/** A count with its noun: `1 step`, `2,796 steps`. */
export function countOf(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** A number with all its digits, those before the point in groups of three. */
export function grouped(value: number): string {
  const [whole = '', fraction] = String(value).split('.');
  const text = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? text : `${text}.${fraction}`;
}
