/** This project's kernel on a host without WebAssembly, where all its loops are JavaScript. */
export { contestant } from './kernel.ts';

Reflect.deleteProperty(globalThis, 'WebAssembly');
