// The test command: `npm test` runs every stage, a line each, with details of what fails; `npm test -- STAGE ...`
// runs the named ones and shows all that they say. The last line is the sum.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { runProgram } from './host/program.ts';
import { endChild, onShutdown, startChild } from './host/shutdown.ts';
import { readOutcome, type Outcome } from './run/outcome.ts';
import { runStages } from './run/schedule.ts';
import { chooseStages, type Choice, type Stage } from './run/stages.ts';

const root = join(import.meta.dirname, '..');
const logs = join(root, 'artefacts', 'logs');
const timeLimit = 30 * 60_000;
const width = 2;

async function runStage(stage: Stage, choice: Choice): Promise<Outcome> {
  const [program, ...args] = stage.command;
  const extra = stage.tests === 'mocha' ? choice.mochaArguments : [];
  const child = startChild(program, [...args, ...extra], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...(choice.named ? {} : { NO_COLOR: '1' }) },
  });
  const forget = onShutdown(async () => endChild(child, 'SIGINT'));
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said.push(text);
      if (choice.named || stage.loud === true) process.stdout.write(text);
    });
  }
  const code = await new Promise<number | null>((resolve) => {
    const timer = setTimeout(() => {
      said.push(`\nGiven up after ${timeLimit / 60_000} minutes.\n`);
      resolve(null);
    }, timeLimit);
    child.on('error', (error) => said.push(`${error.message}\n`));
    child.on('close', (exitCode) => {
      clearTimeout(timer);
      resolve(exitCode);
    });
  });
  await endChild(child);
  forget();
  await writeFile(join(logs, `${stage.name}.log`), said.join(''));
  return readOutcome(code, said.join(''), stage.tests !== undefined);
}

function report(stage: Stage, outcome: Outcome, seconds: number, choice: Choice): void {
  const counts = [
    stage.tests === undefined ? '' : `${outcome.passed} passed`,
    stage.tests !== undefined && outcome.failed > 0 ? `${outcome.failed} failed` : '',
    outcome.skipped > 0 ? `${outcome.skipped} skipped` : '',
  ];
  const time = `${seconds.toFixed(1).padStart(6)} s`;
  const line = [
    outcome.ok ? '✔' : '✘',
    stage.name.padEnd(8),
    time,
    counts.filter((each) => each !== '').join(', '),
  ];
  console.log(line.join('  ').trimEnd());
  if (!outcome.ok && !choice.named) console.log(`\n${outcome.details.replaceAll(/^(?=.)/gm, '    ')}\n`);
}

await runProgram(async () => {
  const choice = chooseStages(process.argv.slice(2));
  await mkdir(logs, { recursive: true });
  const outcomes: Outcome[] = [];
  await runStages(
    choice.stages,
    choice.named ? 1 : width,
    async (stage) => {
      const start = performance.now();
      const outcome = await runStage(stage, choice);
      outcomes.push(outcome);
      report(stage, outcome, (performance.now() - start) / 1000, choice);
      return outcome.ok;
    },
    (stage, need) => {
      outcomes.push({ ok: false, passed: 0, failed: 1, skipped: 0, details: '' });
      console.log(`✘  ${stage.name.padEnd(8)}  not run, since ${need} failed`);
    },
  );
  const sum = (key: 'passed' | 'failed') => outcomes.reduce((total, outcome) => total + outcome[key], 0);
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
  return outcomes.every((outcome) => outcome.ok) ? 0 : 1;
});
