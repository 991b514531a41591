/** As many arguments as a call surely takes. */
const chunk = 8192;

/** Bytes as base64 (RFC 4648), in any host: `Buffer` is Node's alone. */
export function writeBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let start = 0; start < bytes.length; start += chunk) {
    binary += String.fromCharCode(...bytes.subarray(start, start + chunk));
  }
  return btoa(binary);
}

/** @throws DOMException (InvalidCharacterError) for text that is not base64 */
export function readBase64(text: string): Uint8Array {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
  return bytes;
}
