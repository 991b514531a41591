declare global {
  /** How often each function of WebAssembly has been called that was made since `countWasmCalls`. */
  var wasmCalls: Record<string, number>;
}

/** Begins to count calls of WebAssembly in this realm. A page gets it as text: all that it uses is within. */
export function countWasmCalls(): void {
  const calls: Record<string, number> = {};
  const counted =
    (name: string, call: (...values: unknown[]) => unknown) =>
    (...values: unknown[]) => {
      calls[name] = (calls[name] ?? 0) + 1;
      return call(...values);
    };
  globalThis.wasmCalls = calls;
  WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
    construct: (Instance, [module, imports]: [WebAssembly.Module, WebAssembly.Imports]) => {
      const { exports } = new Instance(module, imports);
      const functions = Object.entries(exports) as [string, (...values: unknown[]) => unknown][];
      return { exports: Object.fromEntries(functions.map(([name, call]) => [name, counted(name, call)])) };
    },
  });
}
