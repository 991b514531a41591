const offsetBasis = 0xcbf29ce484222325n;
const prime = 0x100000001b3n;

/**
 * A name for texts by their content, 16 hexadecimal digits: `bytesId` of their UTF-8.
 * Runs of white space count as one space.
 */
export function contentId(texts: readonly string[]): string {
  return bytesId(new TextEncoder().encode(texts.map((text) => text.replace(/\s+/g, ' ').trim()).join('\n')));
}

/** A name for bytes by their content, 16 hexadecimal digits: FNV-1a of 64 bits (draft-eastlake-fnv). */
export function bytesId(bytes: Uint8Array): string {
  let hash = offsetBasis;
  for (const byte of bytes) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * prime);
  return hash.toString(16).padStart(16, '0');
}
