/**
 * What the host makes for WebAssembly, which it may refuse: it may have none, forbid it (by a Content-Security-Policy),
 * lack vectors, or lack memory. Nothing else may fail here, so that no fault of ours passes for a refusal.
 */

/** Says that WebAssembly cannot do the work here, so that JavaScript has to: it gives the same bits. */
export class Unavailable extends Error {}

/** @throws Unavailable where the host refuses it */
export function makeModule(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module {
  return fromHost(() => new WebAssembly.Module(bytes));
}

/**
 * The functions of a module, which imports `env`.
 *
 * @throws Unavailable where the host refuses it
 */
export function instantiate(module: WebAssembly.Module, env: WebAssembly.ModuleImports): WebAssembly.Exports {
  return fromHost(() => new WebAssembly.Instance(module, { env }).exports);
}

/**
 * A memory of so many pages of 64 KiB, for ever.
 *
 * @throws Unavailable where the host refuses it
 */
export function makeMemory(pages: number): WebAssembly.Memory {
  return fromHost(() => new WebAssembly.Memory({ initial: pages }));
}

function fromHost<T>(make: () => T): T {
  try {
    return make();
  } catch (cause) {
    throw new Unavailable('The host refuses WebAssembly.', { cause });
  }
}
