import assert from 'node:assert/strict';

/**
 * Fails each test of a suite in which the host refuses something of WebAssembly: the code under test would go on in
 * JavaScript, and JavaScript would be compared with itself. What a test puts in the host's place may refuse.
 */
export function allowNoRefusals(): void {
  const { Module, Instance, Memory } = WebAssembly;
  const refusals: unknown[] = [];
  const noting = <T extends object>(maker: T): T =>
    new Proxy(maker, {
      construct: (target, given: unknown[], made) => {
        try {
          return Reflect.construct(target as never, given, made) as object;
        } catch (refusal) {
          refusals.push(refusal);
          throw refusal;
        }
      },
    });
  before(() => {
    const noted = { Module: noting(Module), Instance: noting(Instance), Memory: noting(Memory) };
    Object.assign(WebAssembly, noted);
  });
  afterEach(() => {
    assert.ifError(refusals.splice(0)[0]);
  });
  after(() => {
    Object.assign(WebAssembly, { Module, Instance, Memory });
  });
}
