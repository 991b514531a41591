/** A number as prose writes it: `78,018`, `-0.3054`, `2.02e6`. */
const written = /(?<![\w.])-?\d+(?:,\d{3})*(?:\.\d+)?(?:e[+-]?\d+)?(?![\w])/g;

/** The numbers in a text, as they are written. */
export function numbersIn(text: string): string[] {
  return text.match(written) ?? [];
}

/** The numbers that a reader takes for statements: those in code are for the learner to type. */
export function numbersInProse(markdown: string): string[] {
  const text = markdown
    .replace(/^(`{3,}|~{3,})[^]*?^\1/gm, ' ')
    .replace(/`[^`\n]*`/g, ' ')
    .replace(/<[^>]*>|\*+/g, ' ');
  return numbersIn(text);
}

/** Whether `value`, rounded as `text` is, is what `text` says. */
export function says(text: string, value: number): boolean {
  const [mantissa = '', exponent = '0'] = text.replaceAll(',', '').split('e');
  const decimals = (mantissa.split('.')[1] ?? '').length;
  const unit = 10 ** (Number(exponent) - decimals);
  // The last digit is right to within half of it, and a hair for 0.5 itself.
  return Math.abs(value - Number(`${mantissa}e${exponent}`)) <= 0.5000001 * unit;
}
