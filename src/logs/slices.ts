/** Work that can be interrupted wherever it yields, and that ends with a value. */
export type Slices<T> = Generator<void, T>;

/** Does all the work at once. */
export function finishNow<T>(slices: Slices<T>): T {
  for (;;) {
    const next = slices.next();
    if (next.done) return next.value;
  }
}
