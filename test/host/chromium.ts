import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

import { findProgram, firstExecutable, isExecutable } from './executables.ts';

const run = promisify(execFile);

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
];

const wellKnownPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/**
 * The path of a Chromium: `CHROME_PATH`, else one that is installed, else, on Debian as root, one that this
 * call installs. Throws an error that says what to install.
 */
export async function findChromium(say: (line: string) => void = console.log): Promise<string> {
  const chosen = process.env['CHROME_PATH'];
  if (chosen !== undefined && chosen !== '') {
    if (await isExecutable(chosen)) return chosen;
    throw new Error(`CHROME_PATH names ${chosen}, which is not a program that can be run.`);
  }
  const installed = (await findProgram(names)) ?? (await firstExecutable(wellKnownPlaces));
  if (installed !== undefined) return installed;
  if (await canInstall()) {
    say('Installing Chromium with apt-get ...');
    await installWithApt();
    const fresh = await firstExecutable(['/usr/bin/chromium']);
    if (fresh !== undefined) return fresh;
  }
  throw new Error(
    'The tests need Chromium or Google Chrome. Install one (Debian: "apt-get install chromium"; ' +
      'macOS: "brew install --cask google-chrome"; others: https://www.google.com/chrome) ' +
      'or set CHROME_PATH to the program.',
  );
}

async function canInstall(): Promise<boolean> {
  if (process.getuid?.() !== 0) return false;
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  // Ubuntu's package of that name is a pointer to a snap, which does not run everywhere.
  return /^ID=debian$/m.test(release);
}

async function installWithApt(): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = ['install', '--yes', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'];
  try {
    await run('apt-get', ['update'], { env });
    await run('apt-get', install, { env, maxBuffer: 64 * 1024 * 1024 });
  } catch (error) {
    const reason = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
    throw new Error(`"apt-get ${install.join(' ')}" failed:\n${reason}`, { cause: error });
  }
}
