import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { functions } from '../../src/language/words/functions.ts';
import { optimizers } from '../../src/language/words/optimizers.ts';
import { keywords, reserved } from '../../src/language/words/reserved.ts';
import { settings } from '../../src/language/words/settings.ts';
import type {
  FunctionShape,
  FunctionWord,
  OptimizerWord,
  Place,
  Setting,
  Word,
} from '../../src/language/words/word.ts';

/** Where the page lies that `languagePage` writes. */
export const languagePagePath = fileURLToPath(new URL('../../notebooks/language.gdnb', import.meta.url));

const firstCell = `data   = "houses.csv"                       # columns: sqft, beds, baths, price
size   = sqft / 1000                        # thousand square feet
cost   = price / 1000                       # thousand dollars

parameters w = 0, b = 0                     # the two knobs, and where they start
prediction = w * size + b                   # forward pass
loss       = mean((prediction - cost)^2)    # one number, smaller is better

learning_rate = 0.1
steps = 60`;

const sweepCell = `parameters x = [-2, 2, 2], y = 1            # three starts: three runs, drawn over each other
loss = (x^2 - 1)^2 + 0.3 * x + y^2
learning_rate = [0.05, 0.05, 0.1]
steps = 60`;

const introduction = `# The gd language

A cell holds one gradient-descent experiment, from its data to its number of steps. It reads like a textbook's pseudocode with Python's arithmetic, has nothing to import, cannot loop for ever, and reaches nothing but its own data file. This page is made from the table of words that the editor itself works with: what you read here is what completion offers and hovers say. Every cell runs; change it and run it again.

## A whole cell

${code(firstCell)}

Order does not matter: a name may be used above the line that gives it. Each name is given once. \`#\` starts a comment. A statement is one line, or several inside brackets.`;

const arithmetic = `## Arithmetic

| sign | meaning |
|---|---|
| \`+\` \`-\` \`*\` \`/\` | as usual; the printed signs \`−\` \`×\` \`·\` \`÷\` work too |
| \`^\` or \`**\` | to the power of: \`2^-1\`, \`-x^2\` is \`-(x^2)\`, \`2^3^2\` is \`2^9\` |
| \`<\` \`<=\` \`>\` \`>=\` \`==\` \`!=\` | 1 where it holds, else 0; they bind weakest, do not chain, and have the derivative 0 |
| \`1_000\` \`2e-4\` \`.5\` | numbers |
| \`\` \`sale date\` \`\` | a column whose name has spaces, or clashes with another name |

A column has one value for each example, and so has everything that is made from it. A reduction such as \`mean\` makes one number of it. The loss must be one number. A reduction runs over the current batch where its argument depends on a parameter; where it does not, over all training rows, once, so that \`(sqft - mean(sqft)) / std(sqft)\` standardises a column.`;

const sweeps = `## Sweeps

A list in square brackets, as the whole right side of a setting, a name or a start, runs the experiment once for each of its items. All lists of a cell have one length and go together, first with first. \`data\`, \`landscape\` and \`training_log\` take no list.

${code(sweepCell)}`;

const limits = `## Limits

Brackets nest 200 deep, a sweep has 16 runs, a cell 1000 parameters and a run 1,000,000,000 steps.`;

const functionGroups: readonly (readonly [shapes: readonly FunctionShape[], title: string])[] = [
  [['reduction', 'extreme'], 'One number out of all examples'],
  [['elementwise'], 'For every example'],
  [['loss'], 'Losses by name'],
  [['slope', 'draw'], 'The gradient, and chance'],
];

/** The reference page of the language, a lesson in itself, made from the table of words. */
export function languagePage(): string {
  return [
    introduction,
    '## Statements',
    ...keywords.map(section),
    arithmetic,
    '## Settings',
    'Names with a meaning, each given by `name = value`.',
    ...settings.map(settingSection),
    sweeps,
    '## Optimizers',
    'Each is a name for an update that `for each step:` can spell out. The quick fix "Spell out the update" puts the lines into the cell, for you to change.',
    ...optimizers.map(optimizerSection),
    '## Functions',
    'A function is known by the bracket behind it.',
    ...functionGroups.flatMap(([shapes, title]) => [
      `### ${title}`,
      ...functions.filter((word) => shapes.includes(word.shape)).map(functionSection),
    ]),
    '## Names with a value of their own',
    ...reserved.map((word) =>
      [heading(word.signature, 3), `${word.documentation} ${placesOf(word.places)}`, code(word.example)].join(
        '\n\n',
      ),
    ),
    limits,
  ]
    .join('\n\n')
    .concat('\n');
}

function heading(signature: string, level: number): string {
  return `${'#'.repeat(level)} \`${signature}\``;
}

function code(cell: string): string {
  return `\`\`\`gd\n${cell}\n\`\`\``;
}

function text(lines: readonly string[]): string {
  return ['```text', ...lines, '```'].join('\n');
}

function section(word: Word): string {
  return [heading(word.signature, 3), word.documentation, code(word.example)].join('\n\n');
}

function settingSection(word: Setting): string {
  const leftOut = word.whenLeftOut === '' ? '' : `\n\nLeft out: ${word.whenLeftOut}.`;
  // A log lies beside the notebook of whoever made it, so that this one cell cannot run here.
  const example = word.name === 'training_log' ? text([word.example]) : code(word.example);
  return [heading(word.signature, 3), word.documentation + leftOut, example].join('\n\n');
}

function optimizerSection(word: OptimizerWord): string {
  const block = text(['for each step:', ...word.update.map((line) => `    ${line}`)]);
  return [heading(word.signature, 3), word.documentation, block, code(word.example)].join('\n\n');
}

function functionSection(word: FunctionWord): string {
  if (word.aliasOf !== undefined) return [heading(word.signature, 4), word.documentation].join('\n\n');
  const parameters = word.parameters
    .map(({ name, documentation }) => `- \`${name}\`: ${documentation}`)
    .join('\n');
  return [heading(word.signature, 4), word.documentation, parameters, code(word.example)].join('\n\n');
}

const placeNames: Readonly<Record<Place, string>> = {
  schedule: '`learning_rate`',
  update: '`for each step:`',
  check: '`check`',
};

function placesOf(places: readonly Place[]): string {
  if (places.length === 0) return 'It may stand in any formula.';
  return `It has a value in ${places.map((place) => placeNames[place]).join(' and in ')}.`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(languagePagePath, languagePage());
