// Puts in place what the tests run in: a VS Code for the browser, and a browser.
import { findChromium } from './chromium.ts';
import { installServer } from './install.ts';
import { runProgram } from './program.ts';

await runProgram(async () => {
  await installServer();
  await findChromium();
  return 0;
});
