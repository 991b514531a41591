const length = 4096;

/** 4 KB of a piece. */
export function fill(piece: string): string {
  return piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
}

/** Cells that would be slow, deep or large for a careless reader. */
export const heavyCells: ReadonlyMap<string, string> = new Map([
  ...[
    '(',
    '[',
    '-',
    '2^',
    'abs(',
    '([',
    ')]',
    '+',
    '1<',
    ',',
    '$',
    '²',
    '%',
    '!',
    '.',
    '"',
    '`a',
    '“a',
    '1_',
    '1e',
    'mean(',
    'where(1,',
    'a=1',
    '1..',
    'sin ',
    '000 ',
    'a // ',
    'a.grad ',
  ].map((piece): [string, string] => [piece, `loss = ${fill(piece)}`]),
  ['checks', fill('check a<1\n')],
  ['a table', `data = table(${fill('x: [1,')}`],
  ['misspelled settings', fill('lerning_rate = 1\n')],
  ['spaces', fill(' ')],
  ['line ends', fill('\r\n')],
  ['statements', fill('a=1;')],
  ['the same name', fill('a=1\n')],
  ['heads', fill('for each step:\n')],
  ['a loop of spaces', `repeat 3${fill(' ')}x:`],
  ['starts of several', `parameters ${fill('w = ')}`],
  ['nested heads', Array.from({ length: 60 }, (_, depth) => `${' '.repeat(depth)}for each step:`).join('\n')],
  ['a chain of names', Array.from({ length: 340 }, (_, index) => `n${index} = n${index + 1}`).join('\n')],
  ['rounds of names', Array.from({ length: 250 }, (_, index) => `n${index} = n${index + 1} + n0`).join('\n')],
  [
    'unknown names',
    Array.from({ length: 200 }, (_, index) => `a${index} = ${'b'.repeat(6)}${index}`).join('\n'),
  ],
  ['combining marks', `e${fill('\u0301')}`],
  ['emoji', fill('\u{1F600}')],
  ['half characters', fill('\uD800')],
]);
