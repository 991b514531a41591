import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** The part of VS Code's command line that the host understands. */
export type CommandLine = {
  /** Folders of extensions under development. */
  extensions: string[];
  /** The file whose `run()` is the test suite. */
  tests?: string;
  /** The folder to open. */
  folder?: string;
  /** Whether an unknown folder opens in Restricted Mode. */
  workspaceTrust: boolean;
};

/**
 * Reads VS Code's command line as `@vscode/test-electron` writes it. Flags that only concern a desktop
 * window are passed over, as VS Code itself passes over flags that it does not know.
 */
export function readCommandLine(args: string[], cwd = process.cwd()): CommandLine {
  const { values, positionals } = parseArgs({
    args,
    strict: false,
    allowPositionals: true,
    options: {
      extensionDevelopmentPath: { type: 'string', multiple: true },
      extensionTestsPath: { type: 'string' },
      'disable-workspace-trust': { type: 'boolean' },
    },
  });
  const path = (value: unknown) => (typeof value === 'string' ? resolve(cwd, value) : undefined);
  const tests = path(values.extensionTestsPath);
  const folder = path(positionals[0]);
  return {
    extensions: (values.extensionDevelopmentPath ?? []).flatMap((value) => path(value) ?? []),
    ...(tests !== undefined && { tests }),
    ...(folder !== undefined && { folder }),
    workspaceTrust: values['disable-workspace-trust'] !== true,
  };
}
