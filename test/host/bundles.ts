// Writes what the launch configurations of .vscode/launch.json load beside the extension: the suite, and the
// companion that opens the lesson.
import { join } from 'node:path';

import { bundleCompanion, bundleSuite } from './bundle.ts';
import { runProgram } from './program.ts';

await runProgram(async () => {
  await bundleSuite(join('.cache', 'suite', 'suite.js'));
  await bundleCompanion();
  return 0;
});
