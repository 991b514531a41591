import { stripVTControlCharacters } from 'node:util';

/** How a stage ended. A stage without tests counts as one failure when it fails, and as nothing when it passes. */
export type Outcome = { ok: boolean; passed: number; failed: number; skipped: number; details: string };

const detailLimit = 200;

/** Reads how a stage ended from its exit code and, where it runs tests, from mocha's summary. */
export function readOutcome(exitCode: number | null, output: string, hasTests: boolean): Outcome {
  const text = stripVTControlCharacters(output);
  const count = (word: string) => Number(lastMatch(text, new RegExp(`^ *(\\d+) ${word}`, 'gm')) ?? 0);
  const [passed, failed, skipped] = hasTests
    ? [count('passing'), count('failing'), count('pending')]
    : [0, 0, 0];
  const ranTests = !hasTests || passed + failed > 0;
  const ok = exitCode === 0 && failed === 0 && ranTests;
  return {
    ok,
    passed,
    failed: ok ? 0 : Math.max(failed, 1),
    skipped,
    details: ok ? '' : detailsOf(text, failed),
  };
}

/** What went wrong: mocha's list of failures, or the end of what was said. */
function detailsOf(text: string, failed: number): string {
  const summary = failed > 0 ? text.search(/^ *\d+ passing/m) : -1;
  const lines = (summary < 0 ? text : text.slice(summary)).trimEnd().split('\n');
  return (summary < 0 ? lines.slice(-detailLimit) : lines.slice(0, detailLimit)).join('\n').trim();
}

function lastMatch(text: string, pattern: RegExp): string | undefined {
  return [...text.matchAll(pattern)].at(-1)?.[1];
}
