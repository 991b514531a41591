// Bundles the suite, for a VS Code that is told to run it: `bundle-suite.ts FILE`.
import { bundleSuite } from './bundle.ts';
import { runProgram } from './program.ts';

await runProgram(async () => {
  const [outfile] = process.argv.slice(2);
  if (outfile === undefined) throw new Error('Say where to write the suite.');
  await bundleSuite(outfile);
  return 0;
});
