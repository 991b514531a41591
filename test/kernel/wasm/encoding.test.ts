import assert from 'node:assert/strict';
import {
  encodeModule,
  memoryAt,
  plain,
  unsigned,
  whole,
  whole64,
} from '../../../src/kernel/wasm/encoding.ts';

/** What the engine reads: the eight bytes at 0 of a memory that the code has written to. */
function written(code: readonly number[], offset = 0): bigint {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const module = new WebAssembly.Module(
    encodeModule([], [{ name: 'write', parameters: [], locals: [], code }]),
  );
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  (exports['write'] as () => void)();
  return new DataView(memory.buffer).getBigInt64(offset, true);
}

/** Only here, as generated code stores no number of 32 bits: `i32.store`. */
const store32 = 0x36;

const edges = [6, 7, 13, 14, 31, 32].flatMap((bits) => [2 ** bits, -(2 ** bits)]);
const beside = [0, ...edges].flatMap((edge) => [edge - 1, edge, edge + 1]);

describe('whole', () => {
  it('puts whole numbers of 32 bits on the stack, signed or not', () => {
    for (const value of beside.filter((each) => each >= -(2 ** 31) && each < 2 ** 32)) {
      const store = [store32, ...memoryAt(2)];
      assert.equal(
        BigInt.asIntN(32, written([...whole(0), ...whole(value), ...store])),
        BigInt(value | 0),
        String(value),
      );
    }
  });
});

describe('whole64', () => {
  it('puts whole numbers of either sign on the stack, as far as doubles are exact', () => {
    for (const value of [...beside, 2 ** 53 - 1, 2 ** 53, -(2 ** 53) + 1, -(2 ** 53)]) {
      const store = [plain['i64.store'], ...memoryAt(3)];
      assert.equal(written([...whole(0), ...whole64(value), ...store]), BigInt(value));
    }
  });
});

describe('unsigned', () => {
  it('says places in memory and lengths', () => {
    for (const offset of [0, 63, 64, 127, 128, 16_383, 16_384, 65_528]) {
      const store = [plain['i64.store'], ...memoryAt(0, offset)];
      assert.equal(written([...whole(0), ...whole64(-7), ...store], offset), -7n, String(offset));
    }
    assert.deepEqual(unsigned(2 ** 32 - 1), [255, 255, 255, 255, 15]);
  });
});
