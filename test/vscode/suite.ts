// What both extension hosts run: mocha's build for the browser, since a web worker has no Node.
import 'mocha/mocha.js';

import { suiteMark } from '../host/mark.ts';

mocha.setup({ ui: 'bdd', reporter: 'spec', color: false, timeout: 90_000 });

/** The entry point that VS Code calls. Rejects when a test fails, which makes the host exit with 1. */
export async function run(): Promise<void> {
  Mocha.reporters.Base.consoleLog = report;
  // mocha's own `run` for the browser asks the page's address for options; an extension host has none.
  const failures = await new Promise<number>((resolve) => Mocha.prototype.run.call(mocha, resolve));
  if (failures > 0) throw new Error(`${failures} of the tests failed.`);
}

/** Marks what mocha reports, so that the host can tell it apart from what VS Code says on the same console. */
function report(text = '', ...values: unknown[]): void {
  console.log(`${suiteMark}${text}`, ...values);
}
