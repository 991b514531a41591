import fc from 'fast-check';
import type { Cell, Lesson } from '../../src/lesson/index.ts';

const lineEnd = fc.constantFrom('\n', '\n', '\r\n', '\r');

const indent = fc.constantFrom('', '', '', ' ', '   ', '    ', '\t', '- ', '1. ', '> ', '- > ', '10)  ');

const fenceLine = fc
  .tuple(
    indent,
    fc.constantFrom('`', '~'),
    fc.integer({ min: 2, max: 6 }),
    fc.constantFrom('', '', 'gd', ' gd', 'gd title', 'gdx', 'GD', 'python', 'a`b', ' ', '\t', 'gd`', '~'),
  )
  .map(([before, character, length, info]) => before + character.repeat(length) + info);

const markLine = fc.oneof(
  fc.constantFrom('<!-- cell -->', '<!-- cell --> ', ' <!-- cell -->', '<!-- cell -->x', '<!--cell-->'),
  fc
    .tuple(
      fc.constantFrom('', ' '),
      fc.constantFrom(
        'markdown',
        'code gd',
        'code python',
        'code %20',
        'code %',
        'code c++',
        'code',
        'code ',
      ),
      fc.oneof(
        fc.integer({ min: 0, max: 6 }).map(String),
        fc.constantFrom('002', '99999', '-1', '9'.repeat(400)),
      ),
      fc.constantFrom('line', 'lines'),
    )
    .map(([before, what, count, unit]) => `${before}<!-- cell ${what} ${count} ${unit} -->`),
);

const plainLine = fc.constantFrom(
  ...[
    '',
    '',
    '',
    ' ',
    '\t',
    'text',
    '  text',
    '---',
    '---',
    '...',
    'title: x',
    '- item',
    '# heading',
    'loss = x^2',
  ],
  ...['\uFEFF', '\uFEFFtext', '\u2028```gd', '\u0085', '\u00A0', '\uD800', '```quiz', '<!--', '-->', '$$'],
);

const line = fc.oneof(
  { weight: 4, arbitrary: plainLine },
  { weight: 4, arbitrary: fenceLine },
  { weight: 2, arbitrary: markLine },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
);

const linesOfNasty = fc.array(line, { maxLength: 3 });

/** Lines that mean something together: a closed fence, a cell said by length, a seam. */
const passage = fc.oneof(
  { weight: 3, arbitrary: line.map((one) => [one]) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.constantFrom('gd', 'gd', 'gd', 'python', ''),
        fc.constantFrom('```', '~~~', '`````'),
        linesOfNasty,
      )
      .map(([info, marker, body]) => [marker + info, ...body, marker]),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('markdown', 'code python', 'code gd'), linesOfNasty)
      .map(([what, body]) => [`<!-- cell ${what} ${body.length} lines -->`, ...body]),
  },
  { weight: 1, arbitrary: fc.constantFrom(['', ''], ['', '<!-- cell -->', ''], ['text', '', 'text']) },
);

function withLineEnds(lines: string[], ends: readonly string[]): string {
  return lines.map((one, index) => one + (ends[index % ends.length] ?? '\n')).join('');
}

/** Texts of fences, marks, rules and blanks in any order, with mixed line ends, often without the last one. */
export const nastyText: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(
      '',
      '',
      '',
      '',
      '\uFEFF',
      '---\ntitle: x\n---',
      '\uFEFF---\r\ntitle: x\r\n---\r\n',
      '---\n',
    ),
    fc
      .tuple(
        fc.array(passage, { maxLength: 6 }).map((parts) => parts.flat()),
        fc.array(lineEnd, { minLength: 1, maxLength: 5 }),
      )
      .map(([lines, ends]) => withLineEnds(lines, ends)),
    fc.oneof(fc.constant(''), line),
  )
  .map((parts) => parts.join(''));

const language = fc.oneof(
  fc.constantFrom('gd', 'gd', 'gd', 'python', 'c++', 'objective-c', 'markdown', 'a b', '-->', '%', '', '5'),
  fc.string({ maxLength: 4 }),
);

/** Cells that come from no file. */
export const nastyCell: fc.Arbitrary<Cell> = fc.oneof(
  nastyText.map((text): Cell => ({ kind: 'markdown', text })),
  fc.tuple(language, nastyText).map(([name, text]): Cell => ({ kind: 'code', language: name, text })),
);

export const nastyCells: fc.Arbitrary<Cell[]> = fc.array(nastyCell, { maxLength: 5 });

export const anyLineEnd: fc.Arbitrary<Lesson['lineEnd']> = fc.constantFrom('\n', '\r\n', '\r');
