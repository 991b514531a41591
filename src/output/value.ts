import { readBase64, writeBase64 } from './base64.ts';

/** The key that marks an object of the JSON text as something that JSON cannot say. */
const tag = '$';

/**
 * A value as JSON text: numbers that are not finite and negative zero, `Float64Array`, `Int32Array`, `Map`, and objects
 * without a prototype (whose keys may be anything) come back from `readValue` as they were. A property that is
 * undefined is left out. @throws TypeError for functions, symbols, bigints and other classes
 */
export function writeValue(value: unknown): string {
  return JSON.stringify(toJson(value));
}

/** Reads what `writeValue` wrote. @throws SyntaxError for text that is not JSON */
export function readValue(text: string): unknown {
  return fromJson(JSON.parse(text));
}

function toJson(value: unknown): unknown {
  if (typeof value === 'number') return numberToJson(value);
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (Array.isArray(value)) return value.map(toJson);
  if (value instanceof Float64Array)
    return { [tag]: 'float64', data: writeBase64(littleEndian(value, 'Float64')) };
  if (value instanceof Int32Array) return { [tag]: 'int32', data: writeBase64(littleEndian(value, 'Int32')) };
  if (value instanceof Map)
    return { [tag]: 'map', entries: entriesToJson([...(value as Map<unknown, unknown>)]) };
  if (typeof value !== 'object') throw new TypeError(`A ${typeof value} cannot be written`);
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null) return { [tag]: 'record', entries: entriesToJson(entries) };
  if (prototype !== Object.prototype || tag in value)
    throw new TypeError('Only plain objects can be written');
  return Object.fromEntries(entries.map(([key, each]) => [key, toJson(each)]));
}

function numberToJson(value: number): unknown {
  return Number.isFinite(value) && !Object.is(value, -0)
    ? value
    : { [tag]: 'number', text: Object.is(value, -0) ? '-0' : String(value) };
}

function entriesToJson(entries: readonly (readonly [unknown, unknown])[]): unknown[] {
  return entries.map(([key, value]) => [toJson(key), toJson(value)]);
}

function fromJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromJson);
  if (typeof value !== 'object' || value === null) return value;
  if (!(tag in value)) {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fromJson(each)]));
  }
  const tagged = value as { [tag]: unknown; data?: string; text?: string; entries?: [unknown, unknown][] };
  switch (tagged[tag]) {
    case 'number':
      return Number(tagged.text);
    case 'float64':
      return float64(readBase64(tagged.data ?? ''));
    case 'int32':
      return int32(readBase64(tagged.data ?? ''));
    case 'map':
      return new Map(entriesFromJson(tagged.entries));
    case 'record':
      return withoutPrototype(entriesFromJson(tagged.entries));
    default:
      throw new SyntaxError(`Unknown kind of value: ${String(tagged[tag])}`);
  }
}

function entriesFromJson(entries: readonly [unknown, unknown][] = []): [unknown, unknown][] {
  return entries.map(([key, value]) => [fromJson(key), fromJson(value)]);
}

function withoutPrototype(entries: readonly [unknown, unknown][]): object {
  const record = Object.create(null) as Record<string, unknown>;
  for (const [key, value] of entries) record[String(key)] = value;
  return record;
}

function littleEndian(values: Float64Array | Int32Array, kind: 'Float64' | 'Int32'): Uint8Array {
  const bytes = new Uint8Array(values.byteLength);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < values.length; index++) {
    view[`set${kind}`](index * values.BYTES_PER_ELEMENT, values[index] ?? 0, true);
  }
  return bytes;
}

function float64(bytes: Uint8Array): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const values = new Float64Array(bytes.length / 8);
  for (let index = 0; index < values.length; index++) values[index] = view.getFloat64(index * 8, true);
  return values;
}

function int32(bytes: Uint8Array): Int32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const values = new Int32Array(bytes.length / 4);
  for (let index = 0; index < values.length; index++) values[index] = view.getInt32(index * 4, true);
  return values;
}
