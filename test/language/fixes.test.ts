import assert from 'node:assert/strict';
import { prepare } from '../../src/kernel/index.ts';
import { readExperiment } from '../../src/language/index.ts';
import { cell, codesOf, fixOf } from './bowl-cell.ts';
import { applyEdits, applyFix } from './edits.ts';
import { read } from './read-sound.ts';

/** A cell, the code of one of its problems, the title of a fix of that, and the cell afterwards. */
type Mended = readonly [before: string, code: string, title: string, after: string];

function itMends(cells: readonly Mended[]): void {
  for (const [before, code, title, after] of cells) {
    it(`${title}: ${before.split('\n').slice(3).join(' | ')}`, () => {
      const fixed = applyFix(before, fixOf(before, code, title));
      assert.equal(fixed, after);
      assert.ok(!codesOf(fixed).includes(code));
    });
  }
}

describe('fixes of statements that share a line', () => {
  const nudge = 'parameter = parameter - learning_rate * gradient';
  const block = ['for each step:', `    ${nudge}`];
  itMends([
    [cell('steps = 60; epochs = 3'), 'steps-and-epochs', 'Keep `steps`', cell('steps = 60')],
    [cell('steps = 60; epochs = 3'), 'steps-and-epochs', 'Keep `epochs`', cell('epochs = 3')],
    [
      cell('steps = 60 epochs = 3  # so long'),
      'steps-and-epochs',
      'Keep `steps`',
      cell('steps = 60  # so long'),
    ],
    [cell('  steps = 60 epochs = 3'), 'steps-and-epochs', 'Keep `epochs`', cell('  epochs = 3')],
    [cell('batch_size = 3; seed = 4'), 'needs-data', 'Delete this statement', cell('seed = 4')],
    [
      cell('seed = 4; batch_size = 3; steps = 3'),
      'needs-data',
      'Delete this statement',
      cell('seed = 4; steps = 3'),
    ],
    [cell('batch_size = 3;', 'seed = 4'), 'needs-data', 'Delete this statement', cell('seed = 4')],
    [cell('batch_size = 3  # a few', 'seed = 4'), 'needs-data', 'Delete this statement', cell('seed = 4')],
    [
      cell('optimizer = adam; for each step:', `    ${nudge}`),
      'block-and-optimizer',
      'Keep `for each step:`',
      cell(...block),
    ],
    [
      cell('optimizer = adam; for each step:', `    ${nudge}`),
      'block-and-optimizer',
      'Keep `optimizer`',
      cell('optimizer = adam'),
    ],
    [
      cell('for each step:', `    ${nudge}; steps = 3`),
      'setting-in-block',
      'Take it out of the block',
      cell(...block, 'steps = 3'),
    ],
    [
      cell('for each step:', `    check w < 3; ${nudge}`),
      'not-in-block',
      'Take it out of the block',
      cell(...block, 'check w < 3'),
    ],
    [cell(`for each step:; ${nudge}`), 'line-not-indented', 'Indent the line', cell(...block)],
    [cell(`for each step:; ${nudge}`), 'unexpected-character', 'Begin a new line', cell(...block)],
    [
      cell(`for each step: v = gradient ${nudge}`),
      'two-statements',
      'Begin a new line',
      cell('for each step: v = gradient', `    ${nudge}`),
    ],
    [
      cell('learning_rate = 3; parameter = 3'),
      'update-outside-block',
      'Put it into `for each step:`',
      cell('learning_rate = 3', 'for each step:', '    parameter = 3'),
    ],
  ]);

  it('puts what stands behind `;` where it means what it meant', () => {
    const source = cell(`for each step: v = gradient; ${nudge}; steps = 3`);
    const fixes = readExperiment(source)
      .problems.filter(({ code }) => code === 'unexpected-character')
      .flatMap((problem) => problem.fixes ?? []);
    const mended = applyEdits(
      source,
      fixes.flatMap(({ edits }) => edits),
    );
    assert.equal(mended, cell('for each step: v = gradient', `    ${nudge}`, 'steps = 3'));
  });
});

describe('fixes of an update without its head', () => {
  const title = 'Put it into `for each step:`';
  const inBlock = (...lines: readonly string[]) =>
    cell('for each step:', ...lines.map((line) => `    ${line}`), 'steps = 3');
  const lines = ['velocity = 0.9 * velocity + gradient', 'parameter = parameter - learning_rate * velocity'];
  const withConstant = ['fade = 0.9', 'gradient = fade * gradient', 'parameter = parameter - gradient'];
  itMends([
    [cell(...lines, 'steps = 3'), 'update-outside-block', title, inBlock(...lines)],
    [
      cell(...lines.map((line) => `    ${line}`), 'steps = 3'),
      'update-outside-block',
      title,
      inBlock(...lines),
    ],
    [
      cell(...withConstant.map((line) => `    ${line}`), 'steps = 3'),
      'update-outside-block',
      title,
      inBlock(...withConstant),
    ],
    [
      cell(...withConstant, 'steps = 3'),
      'update-outside-block',
      title,
      cell(
        'fade = 0.9',
        'for each step:',
        ...withConstant.slice(1).map((line) => `    ${line}`),
        'steps = 3',
      ),
    ],
  ]);

  it('indents what it puts behind lines that are not', () => {
    const block = ['for each step:', 'parameter = parameter - gradient'];
    const source = cell(...block, 'steps = 3', 'gradient = 2 * gradient');
    const fixed = applyFix(source, fixOf(source, 'update-outside-block', title));
    assert.equal(fixed, cell(...block, '    gradient = 2 * gradient', 'steps = 3'));
  });

  it('take a line below an empty head into it that follows the slope of the loss', () => {
    const source = cell('for each step:', 'w = w - learning_rate * slope(loss)');
    const title = 'Indent the line';
    assert.deepEqual(codesOf(applyFix(source, fixOf(source, 'line-not-indented', title))), [
      'parameter-assigned',
    ]);
  });

  it('asks for no other nudge where there is one outside', () => {
    const source = cell('for each step:', '    gradient = 2 * gradient', 'parameter = parameter - gradient');
    assert.deepEqual(codesOf(source), ['update-outside-block']);
  });
});

describe('fixes of words and commas', () => {
  itMends([
    [
      cell('check w > 0 or w < 3 and b < 1'),
      'foreign-word',
      'Write `max(w > 0, (w < 3) * (b < 1)) == 1`',
      cell('check max(w > 0, (w < 3) * (b < 1)) == 1'),
    ],
    [
      cell('check 1 > (1 if w < 0 else 2 if b < 0 and w < 1 else 3)'),
      'foreign-word',
      'Write `where(w < 0, 1, where((b < 0) * (w < 1), 2, 3))`',
      cell('check 1 > (where(w < 0, 1, where((b < 0) * (w < 1), 2, 3)))'),
    ],
    [
      cell('check w > 0 and w < 3 and b < 1'),
      'foreign-word',
      'Write a check for each',
      cell('check w > 0', 'check w < 3', 'check b < 1'),
    ],
    [
      cell('check (w > 0 and w < 3)'),
      'check-not-comparison',
      'Write a check for each',
      cell('check w > 0', 'check w < 3'),
    ],
    [cell('check w < 3 // knob'), 'unexpected-character', 'Write `#`', cell('check w < 3 # knob')],
    [cell('check w < 7,100'), 'comma-in-number', 'Change to 7.100', cell('check w < 7.100')],
  ]);
});

describe('fixes of signs that change a value in its place', () => {
  const line = (text: string) => cell('for each step:', `    parameter ${text}`);
  const mended = (before: string, after: string): Mended => [
    line(before),
    'compound-assignment',
    `Write \`parameter ${after}\``,
    line(after),
  ];
  itMends([
    mended('-= w * gradient', '= parameter - w * gradient'),
    mended('*= w * gradient', '= parameter * (w * gradient)'),
    mended('/= 1 / w', '= parameter / (1 / w)'),
    mended('-= -gradient', '= parameter - (-gradient)'),
    mended('+= w^2', '= parameter + w^2'),
    mended('*= (w + b)', '= parameter * (w + b)'),
    mended('*= max(w, b)', '= parameter * max(w, b)'),
    mended('*= w > 0 and w < 2', '= parameter * (w > 0 and w < 2)'),
    mended('-= gradient if w else 1', '= parameter - (gradient if w else 1)'),
  ]);

  for (const [before, after] of [
    ['*= w > 0 and w < 2', '= parameter * ((w > 0) * (w < 2))'],
    ['-= gradient if w else 1', '= parameter - (where(w, gradient, 1))'],
  ] as const) {
    it(`keep the meaning of ${before} once all are applied`, () => {
      let source = line(before);
      for (const code of ['compound-assignment', 'foreign-word']) {
        const fix = readExperiment(source).problems.find((problem) => problem.code === code)?.fixes?.[0];
        assert.ok(fix !== undefined, code);
        source = applyFix(source, fix);
      }
      assert.equal(source, line(after));
      assert.deepEqual(codesOf(source), []);
    });
  }
});

describe('comparisons that are chained', () => {
  it('are not written out where a part of them is at fault', () => {
    const { problems } = readExperiment(cell('check 0 < w + < 3'));
    assert.deepEqual(
      problems.map(({ code, fixes }) => [code, fixes]),
      [
        ['chained-comparison', undefined],
        ['missing-value', undefined],
      ],
    );
  });
});

describe('a name of a setting that is a column, too', () => {
  const source = [
    'data = table(x: [1, 2], truth: [2, 4])',
    'parameters w = 1',
    'truth = truth',
    'loss = mean((w * x - truth)^2)',
    'learning_rate = 0.1',
  ].join('\n');

  it('means the column in backticks, and runs', () => {
    const fixed = applyFix(source, fixOf(source, 'self-dependency', 'Mean the column'));
    assert.equal(fixed, source.replace('= truth', '= `truth`'));
    assert.doesNotThrow(() => prepare(read(fixed)));
  });

  it('may be a column of a file that is not read yet', () => {
    const ofFile = source.replace(/table.*/, '"points.csv"');
    const fixed = applyFix(ofFile, fixOf(ofFile, 'self-dependency', 'Mean the column'));
    assert.equal(fixed, ofFile.replace('= truth', '= `truth`'));
  });
});

describe('a name that is spelled like a word of a setting', () => {
  it('is said to be used by nothing, and how the setting is changed instead', () => {
    const { problems } = readExperiment(cell('momentum = 0.99', 'optimizer = momentum'));
    assert.deepEqual(
      problems.map(({ code, severity }) => [code, severity]),
      [['unused-name', 'hint']],
    );
    assert.match(problems[0]?.message ?? '', /Nothing uses `momentum`.*`for each step:`/);
  });
});
