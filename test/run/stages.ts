/** One step of the test command. */
export type Stage = {
  name: string;
  command: [program: string, ...args: string[]];
  /** Stages without which this one cannot run. */
  needs?: string[];
  /** Whether it runs tests, which are counted, and takes arguments for mocha. */
  tests?: 'mocha' | 'suite';
  /** Whether it wants the machine to itself. */
  alone?: boolean;
  /** Whether what it says is passed on even when all is well. */
  loud?: boolean;
};

const mocha = ['node_modules/mocha/bin/mocha.js', '--forbid-only'];

/** All stages. Those that take longest come first, so that the short ones fill the gaps beside them. */
export const stages: Stage[] = [
  { name: 'host', command: ['node', 'test/host/prepare.ts'], loud: true },
  { name: 'build', command: ['node', 'esbuild.mjs'] },
  {
    name: 'unit',
    command: [
      'node',
      ...mocha,
      ...['--timeout', '20000', '--ignore', 'test/{page,vscode}/**', '--ignore', '**/node_modules/**'],
      'test/**/*.test.ts',
    ],
    tests: 'mocha',
  },
  { name: 'lint', command: ['eslint', '.'] },
  { name: 'types', command: ['tsc', '--noEmit'] },
  { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
  { name: 'imports', command: ['depcruise', 'src', '--config', '.dependency-cruiser.json'] },
  {
    name: 'node',
    command: ['node', 'test/host/suites.ts', 'node'],
    needs: ['host', 'build'],
    tests: 'suite',
  },
  {
    name: 'web',
    command: ['node', 'test/host/suites.ts', 'web'],
    needs: ['host', 'build'],
    tests: 'suite',
  },
  {
    name: 'page',
    command: ['node', ...mocha, '--timeout', '240000', '--parallel', '--jobs', '2', 'test/page/**/*.test.ts'],
    needs: ['host', 'build'],
    tests: 'mocha',
    alone: true,
  },
];

/** What the command line asks for: `npm test -- unit page --grep timeline`. */
export type Choice = {
  stages: Stage[];
  /** Handed to mocha. */
  mochaArguments: string[];
  /** Whether stages were named: then they run one after the other and show all that they say. */
  named: boolean;
};

/**
 * Reads the names of stages, then arguments for mocha from the first that begins with a dash. What the named stages
 * need comes along.
 */
export function chooseStages(args: string[]): Choice {
  const firstOption = args.findIndex((each) => each.startsWith('-'));
  const names = firstOption < 0 ? args : args.slice(0, firstOption);
  const unknown = names.find((name) => !stages.some((stage) => stage.name === name));
  if (unknown !== undefined) {
    throw new Error(
      `There is no stage "${unknown}". Choose from ${stages.map(({ name }) => name).join(', ')}.`,
    );
  }
  return {
    stages: names.length === 0 ? stages : stages.filter(({ name }) => withNeeds(names).has(name)),
    mochaArguments: firstOption < 0 ? [] : args.slice(firstOption),
    named: names.length > 0,
  };
}

function withNeeds(names: string[]): Set<string> {
  const needs = stages.filter(({ name }) => names.includes(name)).flatMap((stage) => stage.needs ?? []);
  return new Set([...names, ...(needs.length > 0 ? withNeeds(needs) : [])]);
}
