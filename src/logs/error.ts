/** A text that cannot be read as a training log. The message says what was looked for, or what is missing. */
export class LogError extends Error {
  override readonly name = 'LogError';
}
