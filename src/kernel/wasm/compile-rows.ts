import { generate, Kept, type Generated, type Signature, type Use } from '../compile.ts';
import { special } from '../special.ts';
import type { Writer } from '../writer.ts';
import { instantiate, makeModule } from './host.ts';
import type { LinearMemory } from './linear-memory.ts';

/** Generated code whose loops over rows are WebAssembly. */
export interface CompiledRows<T> {
  readonly constants: Float64Array;
  /**
   * The function for data in this memory.
   *
   * @throws Unavailable where the host refuses to have one there
   */
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
 * @throws Unavailable where the host refuses the module
 */
export function compileRows<T extends Generated>(signature: Signature<T>, writer: Writer): CompiledRows<T> {
  const bytes = writer.rowFunctions?.encode() ?? new Uint8Array();
  const text = writer.text();
  // Other bytes are another text in this encoding.
  const key = `${text}\n${new TextDecoder('latin1').decode(bytes)}`;
  const { module, runs } = made.get(key, () => ({
    module: makeModule(bytes),
    runs: new WeakMap(),
  }));
  return {
    constants: Float64Array.from(writer.constants),
    runIn: (memory) => {
      let known = runs.get(memory);
      if (known === undefined) {
        const functions = instantiate(module, { memory: memory.memory, exp: special.exp, log: special.log });
        const run = generate(signature, text, { ...functions, sumsOfRows: memory.sums });
        known = { run, use: { rows: 0, calls: 0 } };
        runs.set(memory, known);
      }
      return { run: known.run as T, use: known.use };
    },
  };
}
