/**
 * Whether code in a text can be put into a program as it stands: it sets or calls something, is an option with its
 * value, or is a value. A mere name cannot, nor what leaves something out.
 */
export function isPieceOfProgram(code: string): boolean {
  return !code.includes('...') && /[=()]|^-\w+ \S|^[\d.]+(e-?\d+)?$/.test(code);
}
