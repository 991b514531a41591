import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

const patience = 60_000;

/** Looks until what is found equals what is expected. Fails after a minute with the difference. */
export async function untilEqual<T>(look: () => Promise<T>, expected: T): Promise<void> {
  const deadline = Date.now() + patience;
  let found = await look();
  while (!isDeepStrictEqual(found, expected) && Date.now() < deadline) {
    await pause(50);
    found = await look();
  }
  assert.deepEqual(found, expected);
}

/** Looks until something holds. Fails after a minute with its name. */
export async function waitFor(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + patience;
  while (!(await holds())) {
    assert.ok(Date.now() < deadline, `${what} did not come within ${patience / 1000} s`);
    await pause(50);
  }
}
