/** A file that is no lesson because its bytes are no UTF-8 text; the message names the place and the remedy. */
export class NotTextError extends Error {
  override readonly name = 'NotTextError';
}

/**
 * The text of a file, a byte-order mark included, so that `encodeLesson` gives back every byte.
 * @throws NotTextError when the bytes are not UTF-8: nothing is replaced, since saving would then change the file
 */
export function decodeLesson(bytes: Uint8Array): string {
  try {
    return decode(bytes);
  } catch {
    throw new NotTextError(`${whyNot(bytes)} ${remedy}`);
  }
}

export function encodeLesson(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

const remedy =
  'Open it with "Reopen Editor With... > Text Editor", choose its encoding with "Reopen with Encoding", ' +
  'then save it with "Save with Encoding > UTF-8". Nothing in the file was changed.';

function whyNot(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return 'This file is UTF-16 text, and a lesson is UTF-8.';
  }
  const line = lineOfFirstError(bytes);
  return `This file is not UTF-8 text: line ${line} holds bytes that mean nothing in it.`;
}

/** The line, counted from 1, of the first bytes that are not UTF-8, found by halving. */
function lineOfFirstError(bytes: Uint8Array): number {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (mayBegin(bytes.subarray(0, middle))) good = middle;
    else bad = middle;
  }
  const before = new TextDecoder('utf-8').decode(bytes.subarray(0, good));
  return before.split(/\r\n|\r|\n/).length;
}

/** Whether `bytes` are UTF-8 so far, though perhaps cut within a character. */
function mayBegin(bytes: Uint8Array): boolean {
  try {
    decode(bytes, true);
    return true;
  } catch {
    return false;
  }
}

function decode(bytes: Uint8Array, stream = false): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream });
}
