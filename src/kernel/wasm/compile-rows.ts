import { generate, Kept, type Generated, type Signature, type Use } from '../compile.ts';
import { special } from '../special.ts';
import type { Writer } from '../writer.ts';
import type { LinearMemory } from './linear-memory.ts';

/** Generated code whose loops over rows are WebAssembly. */
export interface CompiledRows<T> {
  readonly constants: Float64Array;
  /** The function for data in this memory. */
  readonly runIn: (memory: LinearMemory) => { run: T; use: Use };
}

interface Made {
  readonly module: WebAssembly.Module;
  readonly runs: WeakMap<LinearMemory, { run: Generated; use: Use }>;
}

const made = new Kept<Made>();

/**
 * Makes a function of what has been written, as `compile` does, and the module that it calls.
 *
 * @throws WebAssembly.CompileError where the host forbids it, ReferenceError where there is no WebAssembly
 */
export function compileRows<T extends Generated>(signature: Signature<T>, writer: Writer): CompiledRows<T> {
  const bytes = writer.rowFunctions?.encode() ?? new Uint8Array();
  const text = writer.text();
  const key = `${text}\n${String.fromCharCode(...bytes)}`;
  const { module, runs } = made.get(key, () => ({
    module: new WebAssembly.Module(bytes),
    runs: new WeakMap(),
  }));
  return {
    constants: Float64Array.from(writer.constants),
    runIn: (memory) => {
      let known = runs.get(memory);
      if (known === undefined) {
        const env = { memory: memory.memory, exp: special.exp, log: special.log };
        const { exports } = new WebAssembly.Instance(module, { env });
        const run = generate(signature, text, { ...exports, sumsOfRows: memory.sums });
        known = { run, use: { rows: 0, calls: 0 } };
        runs.set(memory, known);
      }
      return { run: known.run as T, use: known.use };
    },
  };
}
