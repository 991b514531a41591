import { generate, Kept, type Generated, type Signature } from '../compile.ts';
import { special } from '../special.ts';
import type { Writer } from '../writer.ts';
import type { LinearMemory } from './linear-memory.ts';

/** Generated code whose loops over rows are WebAssembly. */
export interface CompiledRows<T> {
  readonly constants: Float64Array;
  /** The function for data in this memory. */
  readonly runIn: (memory: LinearMemory) => T;
}

interface Made {
  readonly module: WebAssembly.Module;
  readonly runs: WeakMap<LinearMemory, Generated>;
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
      let run = runs.get(memory);
      if (run === undefined) {
        const env = { memory: memory.memory, exp: special.exp, log: special.log, tanh: special.tanh };
        const { exports } = new WebAssembly.Instance(module, { env });
        run = generate(signature, text, { ...exports, sumsOfRows: memory.sums });
        runs.set(memory, run);
      }
      return run as T;
    },
  };
}
