// VS Code's command line, served by a VS Code in a headless browser: `vscode.ts --extensionDevelopmentPath=...
// --extensionTestsPath=... [folder]` runs the suite and exits with its code.
import { basename } from 'node:path';

import type { Page } from 'playwright-core';

import { windowAddress } from './address.ts';
import { readCommandLine, type CommandLine } from './arguments.ts';
import { startBrowser } from './browser.ts';
import { runProgram } from './program.ts';
import { asOnTheDesktop, startServer } from './server.ts';
import { stackReader } from './stack.ts';
import { Transcript } from './transcript.ts';

/** A suite that says nothing for so long has hung. */
const silenceLimit = 240_000;

/** Nobody looks at the window of a suite: the less of a notebook it shows, the less is drawn. */
const viewport = { width: 800, height: 500 };

async function runSuite(commandLine: CommandLine, tests: string): Promise<number> {
  const transcript = new Transcript(basename(commandLine.extensions[0] ?? tests), await stackReader(tests));
  const server = await startServer({
    underTest: true,
    workspaceTrust: commandLine.workspaceTrust,
    settings: asOnTheDesktop,
  });
  const browser = await startBrowser();
  try {
    const page = await browser.newPage({ viewport });
    return await Promise.race([
      exitCode(page, windowAddress(server, commandLine), transcript),
      server.crashed,
    ]);
  } finally {
    await browser.close();
    await server.stop();
    transcript.close();
  }
}

async function exitCode(page: Page, address: string, transcript: Transcript): Promise<number> {
  let watchdog: NodeJS.Timeout | undefined;
  try {
    return await new Promise<number>((resolve, reject) => {
      watchdog = setTimeout(() => {
        reject(new Error(`The suite said nothing for ${silenceLimit / 1000} s. See ${transcript.path}`));
      }, silenceLimit);
      page.on('crash', () => {
        reject(new Error(`The browser page crashed. See ${transcript.path}`));
      });
      const log = (_type: string, args: unknown[]) => {
        if (transcript.write(args)) watchdog?.refresh();
      };
      Promise.all([
        page.exposeFunction('codeAutomationLog', log),
        page.exposeFunction('codeAutomationExit', resolve),
      ])
        .then(async () => page.goto(address))
        .catch(reject);
    });
  } finally {
    clearTimeout(watchdog);
  }
}

await runProgram(async () => {
  const commandLine = readCommandLine(process.argv.slice(2));
  if (commandLine.tests === undefined) {
    throw new Error('Give the suite to run: --extensionTestsPath=FILE. To open a window: npm start');
  }
  return runSuite(commandLine, commandLine.tests);
});
