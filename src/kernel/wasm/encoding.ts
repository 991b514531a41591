/**
 * The binary format of WebAssembly (W3C, "WebAssembly Core Specification", 2.0, chapter 5), as far as loops over rows
 * need it.
 */

const valueType = { i32: 0x7f, i64: 0x7e, f64: 0x7c, v128: 0x7b } as const;
export type ValueType = keyof typeof valueType;

/** Instructions without SIMD, by their names in the text format. */
export const plain = {
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  br: 0x0c,
  br_if: 0x0d,
  call: 0x10,
  'local.get': 0x20,
  'local.set': 0x21,
  'i32.load': 0x28,
  'i64.load': 0x29,
  'i64.store': 0x37,
  'f64.store': 0x39,
  'i32.const': 0x41,
  'i32.eqz': 0x45,
  'i32.eq': 0x46,
  'i32.lt_s': 0x48,
  'i32.lt_u': 0x49,
  'i32.gt_u': 0x4b,
  'i32.clz': 0x67,
  'i32.add': 0x6a,
  'i32.sub': 0x6b,
  'i32.and': 0x71,
  'i32.shl': 0x74,
  'i32.shr_u': 0x76,
  'i64.const': 0x42,
  'i64.add': 0x7c,
  'i64.xor': 0x85,
  'i64.shl': 0x86,
  'i64.rotl': 0x89,
  'f64.add': 0xa0,
  'f64.min': 0xa4,
  'f64.max': 0xa5,
  'i32.wrap_i64': 0xa7,
} as const;

/** Instructions on two lanes. */
export const simd = {
  'v128.load': 0x00,
  'v128.const': 0x0c,
  'i8x16.shuffle': 0x0d,
  'f64x2.splat': 0x14,
  'i32x4.extract_lane': 0x1b,
  'f64x2.extract_lane': 0x21,
  'f64x2.replace_lane': 0x22,
  'f64x2.eq': 0x47,
  'f64x2.ne': 0x48,
  'f64x2.lt': 0x49,
  'f64x2.gt': 0x4a,
  'f64x2.le': 0x4b,
  'f64x2.ge': 0x4c,
  'v128.and': 0x4e,
  'v128.or': 0x50,
  'v128.bitselect': 0x52,
  'v128.load64_zero': 0x5d,
  'i64x2.bitmask': 0xc4,
  'i64x2.shl': 0xcb,
  'i64x2.shr_s': 0xcc,
  'i64x2.add': 0xce,
  'i64x2.sub': 0xd1,
  'f64x2.abs': 0xec,
  'f64x2.neg': 0xed,
  'f64x2.sqrt': 0xef,
  'f64x2.add': 0xf0,
  'f64x2.sub': 0xf1,
  'f64x2.mul': 0xf2,
  'f64x2.div': 0xf3,
  'f64x2.min': 0xf4,
  'f64x2.max': 0xf5,
  'f64x2.pmin': 0xf6,
} as const;

/** The type of a block that gives no value. */
export const nothing = 0x40;

/** One instruction that works on lanes, with what follows it in the code. */
export function lanes(instruction: keyof typeof simd, ...immediates: readonly number[]): number[] {
  return [0xfd, ...unsigned(simd[instruction]), ...immediates];
}

/** Where in memory an instruction reads or writes, beyond the address on the stack; aligned to 2^`alignment` bytes. */
export function memoryAt(alignment: number, offset = 0): number[] {
  return [alignment, ...unsigned(offset)];
}

/** A whole number from 0 on, in LEB128. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest & 127) | 128);
    rest >>>= 7;
  }
  return [...bytes, rest];
}

/** A whole number of either sign, in LEB128; exact as far as doubles are. */
function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 63 || rest < -64) {
    bytes.push((rest & 127) | 128);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest & 127];
}

/** A number and its parts in both lanes. */
export function twice(bits: Float64Array | BigInt64Array): number[] {
  const bytes = [...new Uint8Array(bits.buffer)];
  return [...bytes, ...bytes];
}

/** The value of a local, on the stack. */
export function get(local: number): number[] {
  return [plain['local.get'], ...unsigned(local)];
}

/** A whole number of 32 bits on the stack, signed or not. */
export function whole(value: number): number[] {
  return [plain['i32.const'], ...signed(value | 0)];
}

/** A whole number of 64 bits on the stack, of at most 53 bits and either sign. */
export function whole64(value: number): number[] {
  return [plain['i64.const'], ...signed(value)];
}

/** Takes a value from the stack into a local. */
export function set(local: number): number[] {
  return [plain['local.set'], ...unsigned(local)];
}

/** A function of a module: what it takes and gives, its locals in their order, and its code without the last `end`. */
export interface FunctionCode {
  /** What it is exported as; undefined where other functions of the module alone call it. */
  readonly name?: string;
  readonly parameters: readonly ValueType[];
  readonly locals: readonly ValueType[];
  readonly code: readonly number[];
}

/** A module that works on the memory `env.memory`; its functions give nothing back. Imports come first in their order. */
export function encodeModule(
  imports: readonly string[],
  functions: readonly FunctionCode[],
): Uint8Array<ArrayBuffer> {
  const typeOfImports = [0x60, 1, valueType.f64, 1, valueType.f64];
  const types = functions.map(({ parameters }) => [0x60, ...list(parameters.map(typeByte)), 0]);
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [typeOfImports, ...types]),
    ...section(2, [
      [...text('env'), ...text('memory'), 2, 0, 1],
      ...imports.map((name) => [...text('env'), ...text(name), 0, 0]),
    ]),
    ...section(
      3,
      functions.map((_, index) => unsigned(index + 1)),
    ),
    ...section(
      7,
      functions.flatMap(({ name }, index) =>
        name === undefined ? [] : [[...text(name), 0, ...unsigned(imports.length + index)]],
      ),
    ),
    ...section(10, functions.map(encodeBody)),
  ]);
}

function encodeBody({ locals, code }: FunctionCode): number[] {
  const runs: { type: ValueType; count: number }[] = [];
  for (const type of locals) {
    const last = runs.at(-1);
    if (last?.type === type) last.count++;
    else runs.push({ type, count: 1 });
  }
  const declared = runs.map(({ type, count }) => [...unsigned(count), valueType[type]]);
  const body = [...list(declared), ...code, plain.end];
  return [...unsigned(body.length), ...body];
}

function typeByte(type: ValueType): number[] {
  return [valueType[type]];
}

function section(id: number, entries: readonly (readonly number[])[]): number[] {
  const content = list(entries);
  return [id, ...unsigned(content.length), ...content];
}

function list(entries: readonly (readonly number[])[]): number[] {
  return [...unsigned(entries.length), ...entries.flat()];
}

function text(characters: string): number[] {
  return list(Array.from(new TextEncoder().encode(characters), (byte) => [byte]));
}
