import { countOf, grouped } from '../kernel/index.ts';
import { argumentRange, columnRemedy, didYouMean, inventory, shorten, wordRemedy } from './message-parts.ts';
import type { Expected } from './syntax.ts';
import type { Severity } from './problems.ts';
import type { Use } from './names.ts';
import type { Place } from './words/word.ts';

interface Named {
  readonly name: string;
}
interface Written {
  readonly text: string;
}

/** What every problem says: one sentence that names the cause, and what to do about it. */
export const messages = {
  // What the scanner and the parser find.
  'cell-too-long': ({ most }: { most: number }) =>
    `This cell has more than ${grouped(most)} characters: put its data into a CSV file beside the notebook.`,
  'empty-cell': () =>
    'This cell is empty: write an experiment, with `parameters`, a `loss` and a `learning_rate`.',
  'unexpected-character': ({ text }: Written) => `\`${text}\` has no meaning here.`,
  'missing-quote': ({ quote }: { quote: string }) => `The closing ${quote} is missing.`,
  'number-overflow': ({ text }: Written) =>
    `${shorten(text)} is too large a number: the largest is about 1.8e308.`,
  'missing-value': ({ expected, found }: { expected: Expected; found: string | undefined }) =>
    `Here ${expected} is expected${found === undefined ? '' : `, not \`${shorten(found)}\``}.`,
  'missing-operator': ({ text }: Written) =>
    `A sign is missing before \`${shorten(text)}\`: a product is written with \`*\`.`,
  'foreign-word': ({ text, instead }: { text: string; instead: string }) =>
    `\`${text}\` is not part of the language: write ${instead}.`,
  'module-prefix': ({ text, isTable }: { text: string; isTable: boolean }) =>
    isTable
      ? `The columns of the data are names of their own: write them without \`${text}\`.`
      : `Functions are known without a module: write them without \`${text}\`.`,
  'gradient-of': ({ text }: Written) =>
    `The block runs once for each parameter: write \`gradient\`, not \`${shorten(text)}\`.`,
  'comma-in-number': () => 'A comma parts the items of a list; numbers are written with a decimal point.',
  'space-in-number': () => 'A number is written without spaces; `_` may part its digits: `10_000`.',
  'missing-comma': ({ text }: Written) => `A comma is missing before \`${shorten(text)}\`.`,
  'trailing-comma': () =>
    'No start follows this comma on its line: write the next one behind it, or remove the comma.',
  'formula-goes-on': () =>
    'A statement is one line: join the lines, or put brackets around what goes on below.',
  'list-without-brackets': () => 'Several values make a sweep, and stand in square brackets: `[0.1, 0.2]`.',
  'missing-bracket': ({ closer }: { closer: string }) => `The closing \`${closer}\` is missing.`,
  'wrong-bracket': ({ closer, found }: { closer: string; found: string }) =>
    `\`${found}\` closes no bracket here: \`${closer}\` is expected.`,
  'unexpected-bracket': ({ found }: { found: string }) =>
    `\`${found}\` closes a bracket that was never opened.`,
  'unexpected-text': ({ text }: Written) => `\`${shorten(text)}\` does not belong here.`,
  'equals-inside': () => 'A single `=` gives a name to something; to compare two numbers write `==`.',
  'named-argument': ({ name }: Named) =>
    `What \`${name}\` takes is told by its place: write it without a name and \`=\`, or compare with \`==\`.`,
  'chained-comparison': () => 'Comparisons do not chain: compare two at a time.',
  'too-deep': ({ deepest }: { deepest: number }) =>
    `This is nested more than ${deepest} deep: give a name to a part of it on a line of its own.`,
  'statement-expected': ({ text }: Written) =>
    `\`${shorten(text)}\` is no statement: write \`name = formula\`, \`parameters\`, \`check\` or \`for each step:\`.`,
  'missing-equals': ({ name }: Named) => `After \`${name}\` an \`=\` and its value are expected.`,
  'equals-expected': ({ found }: { found: string }) => `To give a value write \`=\`, not \`${found}\`.`,
  'compound-assignment': ({ sign }: { sign: string }) =>
    `\`${sign}\` is not part of the language: write out what the new value is.`,
  'call-of-step': ({ text }: Written) =>
    `\`${shorten(text)}\` is not needed: the gradients are worked out and the steps taken without being asked for.`,
  'two-statements': () => 'Another statement begins here: every statement has a line of its own.',
  'starts-without-keyword': () =>
    'Several values on one line are starts of parameters: write `parameters` before them.',
  'missing-start': ({ name, start }: { name: string; start: string }) =>
    `The parameter \`${name}\` needs a start: write \`${name} = ${shorten(start)}\`.`,
  'block-head': ({ text }: Written) =>
    `The block begins with \`for each step:\`, not with \`${shorten(text)}\`.`,
  'line-after-head': () => 'The lines of the block stand below `for each step:`, indented.',
  'block-empty': () => '`for each step:` needs indented lines below it, one of which assigns `parameter`.',
  'line-not-indented': () => 'The lines of `for each step:` are indented deeper than it.',
  'not-in-block': ({ text }: Written) =>
    `Inside \`for each step:\` only lines \`name = formula\` stand: \`${shorten(text)}\` belongs outside.`,
  'two-blocks': ({ line }: { line: number }) =>
    `There is a \`for each step:\` already, on line ${line}: a cell has one.`,

  // Names.
  'column-defined': ({ column }: { column: string }) =>
    `\`${column}\` in backticks is a column of the data; a name of your own is written without them.`,
  'duplicate-name': ({
    name,
    line,
    as,
  }: {
    name: string;
    line: number;
    as: 'update' | 'setting' | 'name';
  }) => {
    const remedies = {
      update: 'write its update into `for each step:`',
      setting: 'keep one of them',
      name: 'keep one of them, or choose another name',
    };
    return `\`${name}\` is given already, on line ${line}: ${remedies[as]}.`;
  },
  'reserved-name': ({ name }: Named) => `\`${name}\` is a word of the language: choose another name.`,
  'update-outside-block': ({ name }: Named) => `\`${name}\` can be assigned only inside \`for each step:\`.`,
  'parameter-assigned': ({ name }: Named) =>
    `The block runs once for each parameter: assign \`parameter\`, not \`${name}\`.`,
  'setting-in-block': ({ name, isSchedule }: { name: string; isSchedule: boolean }) =>
    isSchedule
      ? 'A learning rate that changes is a formula of `step`, outside of the block: `learning_rate = 0.1 * 0.9^step`.'
      : `\`${name}\` is a setting of the whole run: it stands outside of \`for each step:\`.`,
  'column-clash': ({ name }: Named) => `The data has a column \`${name}\`: give this another name.`,
  'self-dependency': (details: { names: readonly string[]; column: 'rename' | 'backticks' | undefined }) =>
    details.names.length > 2
      ? `\`${details.names[0] ?? ''}\` depends on itself: ${details.names.slice(0, 8).join(' needs ')}${details.names.length > 8 ? ' ...' : ''}.`
      : `\`${details.names[0] ?? ''}\` depends on itself${columnRemedy(details.column)}.`,
  'unknown-name': (details: {
    name: string;
    suggestion: string | undefined;
    columns: readonly string[];
    parameters: readonly string[];
  }) =>
    `There is no \`${details.name}\`${didYouMean(details.suggestion)}${inventory(details.columns, details.parameters)}`,
  'unknown-column': (details: {
    column: string;
    suggestion: string | undefined;
    columns: readonly string[];
  }) =>
    details.columns.length === 0
      ? `There is no column \`${details.column}\`: this cell has no data.`
      : `There is no column \`${details.column}\`${didYouMean(details.suggestion)}${inventory(details.columns, [])}`,
  'unknown-function': (details: { name: string; suggestion: string | undefined; power: boolean }) =>
    details.power
      ? `There is no function \`${details.name}\`: powers are written with \`^\`.`
      : `There is no function \`${details.name}\`${didYouMean(details.suggestion)}`,
  'function-without-brackets': ({ name }: Named) =>
    `\`${name}\` is a function: it needs brackets, \`${name}(...)\`.`,
  'not-a-function': ({ name, isSlope }: { name: string; isSlope: boolean }) =>
    `\`${name}\` is not a function: ${isSlope ? 'the derivatives of the loss are `slope(loss)`' : 'a product is written with `*`'}.`,
  'argument-count': (details: {
    signature: string;
    name: string;
    count: number;
    least: number;
    most: number;
  }) => `\`${details.signature}\` takes ${argumentRange(details.least, details.most)}, not ${details.count}.`,
  'setting-in-formula': ({ name }: Named) => `\`${name}\` is a setting, and has no value in formulas.`,
  'undefined-setting': ({ name }: Named) =>
    `This cell does not say what \`${name}\` is: write \`${name} = formula\`.`,
  'no-value-here': ({ name, places }: { name: string; places: readonly Place[] }) =>
    `\`${name}\` has no value here, only in ${places.map((place) => placeNames[place]).join(' and in ')}.`,
  'no-validation': ({ hasData }: { hasData: boolean }) =>
    hasData
      ? '`validation_loss` has no value, because no rows are kept for it: write `validation = 0.2`.'
      : '`validation_loss` has no value: this cell has no data of which rows could be kept for it.',
  'hidden-time': ({ name }: Named) => `\`${name}\` changes from step to step, and has no value here.`,
  'unused-name': (details: { name: string; suggestion: string | undefined; setting: string | undefined }) =>
    `Nothing uses \`${details.name}\`${details.setting === undefined ? didYouMean(details.suggestion) : wordRemedy(details.setting)}`,
  'unused-parameter': ({ name }: Named) =>
    `The loss does not depend on \`${name}\`: training will not move it.`,

  // Formulas.
  'text-in-formula': () => 'A text in quotes cannot stand here.',
  'list-inside': () =>
    'A list must be the whole right side of a setting, a name or a start, where it makes a sweep.',
  'draw-outside-start': ({ name }: Named) =>
    `\`${name}(...)\` draws a start: it must be the whole start of a parameter.`,
  'slope-outside-update': () => '`slope(loss)` stands in `for each step:` only.',
  'slope-of-other': () => 'Only the loss is differentiated: write `slope(loss)`.',
  'loss-not-one-number': () => 'The loss must be one number: wrap it in mean(...).',
  'not-one-number': ({ use }: { use: Use }) =>
    `${use === 'start' ? 'A start' : 'A side of a check'} must be one number: wrap it in mean(...).`,
  'list-in-block': ({ above }: { above: string | undefined }) =>
    `A list makes a sweep only outside of \`for each step:\`: ${above === undefined ? 'give it a name of its own' : `define \`${above}\``} above the block, and use that here.`,
  'values-in-update': ({ name, above }: { name: string; above: string | undefined }) =>
    `\`${name}\` has one value an example, and the update works with \`gradient\` and other single numbers: define ${above === undefined ? 'the number that is made of it' : `\`${above}\``} above the block, and use that here.`,
  'time-in-loss': ({ name, root }: { name: string; root: string }) =>
    `\`${root}\` may not use \`${name}\`: what is learnt must stay the same from step to step.`,
  'parameter-in-start': ({ name }: Named) =>
    `A start cannot use \`${name}\`, which depends on parameters that have not started yet.`,
  'update-without-parameter': () => 'No line of the block assigns `parameter`: nothing would be learnt.',
  'memory-not-constant': ({ name }: Named) =>
    `\`${name}\` is a memory of the update: it must start at a constant, without data or parameters.`,
  'check-not-comparison': () => 'A check is a comparison, such as `check loss < 7100`.',

  // Settings.
  'missing-loss': () => 'This cell has no `loss`: say what training is to make small.',
  'missing-parameters': () => 'This cell has no `parameters`: say which numbers training may change.',
  'missing-learning-rate': () => 'This cell has no `learning_rate`: say how far each step goes.',
  'too-many-parameters': (details: { count: number; most: number }) =>
    `A cell can have ${grouped(details.most)} parameters; these are ${grouped(details.count)}.`,
  'steps-and-epochs': () => '`steps` and `epochs` both say how long to train: keep one of them.',
  'block-and-optimizer': () => '`optimizer` and `for each step:` both say how to step: keep one of them.',
  'needs-data': ({ name }: Named) => `\`${name}\` does nothing here, because this cell has no data.`,
  'rate-depends': ({ name }: Named) =>
    `The learning rate cannot use \`${name}\`: it is a number, or a formula of \`step\`, \`epoch\`, \`steps\`, \`epochs\`, \`batch_size\` and constants.`,
  'rate-not-positive': ({ value }: { value: number }) =>
    value === 0
      ? 'With a learning rate of 0 nothing moves.'
      : 'With a negative learning rate the nudge goes uphill: the loss will grow.',
  'rate-not-finite': ({ value }: { value: number }) =>
    Number.isNaN(value)
      ? 'This learning rate is not a number, and the first step would make every parameter that: write a number above 0.'
      : 'This learning rate is infinite, and the first step would lose every parameter: write a number above 0.',
  'not-constant': ({ name }: Named) =>
    `\`${name}\` must be known before the run: use numbers and constants only.`,
  'not-whole': ({ name, value }: { name: string; value: number }) =>
    `\`${name}\` must be a whole number, and ${value} is not.`,
  'out-of-range': (details: { name: string; value: number; least: number; most: number }) =>
    `\`${details.name}\` takes whole numbers from ${details.least} to ${grouped(details.most)}, not ${details.value}.`,
  'not-a-share': ({ value }: { value: number }) =>
    `\`validation\` is a share of the rows, more than 0 and less than 1, such as 0.2; ${value} is not.`,
  'batch-above-rows': (details: { value: number; rows: number; areSplit: boolean }) =>
    `The data has ${countOf(details.rows, 'row')}${details.areSplit ? ' for training' : ''}: a batch of ${grouped(details.value)} is all of them.`,
  'word-expected': (details: { name: string; words: readonly string[]; suggestion: string | undefined }) =>
    `\`${details.name}\` takes one of ${details.words.join(', ')}${didYouMean(details.suggestion, ';')}`,
  'word-without-brackets': ({ word }: { word: string }) =>
    `\`${word}\` takes nothing in brackets: to change how it steps, spell it out with \`for each step:\`.`,
  'word-in-quotes': ({ word }: { word: string }) => `\`${word}\` is written without quotes.`,
  'empty-list': () => 'This list is empty: a sweep needs a value for each run.',
  'too-many-items': (details: { count: number; most: number; column: string | undefined }) =>
    `A sweep can have ${details.most} runs; this list has ${details.count} items${details.column === undefined ? '.' : `: data go into a table, \`data = table(${details.column}: [...])\`.`}`,
  'list-lengths': (details: { name: string; count: number; first: string; items: number }) =>
    `All lists of a cell go together, first with first: \`${details.name}\` has ${details.count} items, but \`${details.first}\` has ${details.items}.`,
  'axes-expected': () => '`landscape` takes one or two parameters in square brackets, such as `[w, b]`.',
  'axes-count': (details: { count: number }) => `A landscape has one or two axes, not ${details.count}.`,
  'axis-unknown': (details: {
    name: string;
    suggestion: string | undefined;
    parameters: readonly string[];
  }) =>
    `\`${details.name}\` is not a parameter${didYouMean(details.suggestion)}${inventory([], details.parameters)}`,
  'axis-twice': ({ name }: Named) => `\`${name}\` is both axes: choose another parameter for one of them.`,
  'range-expected': () => 'A window has two ends, such as `-50..300`.',
  'range-empty': ({ low, high }: { low: number; high: number }) =>
    `A window goes from its lower to its higher end; ${low}..${high} does not.`,
  'range-varies': ({ first, other }: { first: number; other: number }) =>
    `This end of the window is ${first} in one run and ${other} in another, but all runs share one landscape: write an end that is the same in all of them.`,
  'training-log-alone': () =>
    'A cell with a `training_log` shows a run that was made elsewhere: nothing else stands in it.',

  // Data.
  'file-name-quotes': () => 'A file name stands in quotes.',
  'file-expected': ({ name }: Named) =>
    name === 'data'
      ? '`data` takes a file name in quotes, such as `"houses.csv"`, or a table: `table(size: [1, 2], price: [2, 4])`.'
      : `\`${name}\` takes a file name in quotes, such as \`"trainer_state.json"\`.`,
  'file-name-empty': () => 'The file name is missing between the quotes.',
  'file-name-backslash': () => 'Folders in a file name are parted by `/`.',
  'file-out-of-reach': ({ text }: Written) =>
    `\`${shorten(text)}\` is out of reach: the file must lie beside the notebook or below it, so the name has no \`..\`, drive or address.`,
  'table-empty': () => 'This table has no column: write `table(size: [1, 2, 3], price: [2, 4, 6])`.',
  'table-colon': () => 'A column of a table is written with a colon: `size: [1, 2, 3]`.',
  'column-without-backticks': ({ column }: { column: string }) =>
    `The name of the column \`${shorten(column)}\` has spaces: write it in backticks.`,
  'column-in-quotes': ({ instead }: { instead: string }) =>
    `A column is not named in quotes: write ${instead.startsWith('`') ? `${instead}, in backticks` : `\`${instead}\``}.`,
  'table-values': ({ column }: { column: string }) =>
    `The column \`${column}\` needs its values: \`${column}: [1, 2, 3]\`.`,
  'table-number': ({ text }: Written) => `A table holds plain numbers, and \`${shorten(text)}\` is none.`,
  'table-column-twice': ({ column }: { column: string }) => `The table has two columns \`${column}\`.`,
  'table-lengths': (details: { column: string; count: number; first: string; rows: number }) =>
    `All columns have one length: \`${details.column}\` has ${details.count} values, but \`${details.first}\` has ${details.rows}.`,
};

/** Names the kind of a problem, for tests and for the editor. */
export type ProblemCode = keyof typeof messages;

/** Every problem that is not here is an error. */
export const severities: ReadonlyMap<ProblemCode, Severity> = new Map<ProblemCode, Severity>([
  ['unused-parameter', 'warning'],
  ['rate-not-positive', 'warning'],
  ['rate-not-finite', 'warning'],
  ['needs-data', 'warning'],
  ['batch-above-rows', 'hint'],
  ['unused-name', 'hint'],
]);

const placeNames: Readonly<Record<Place, string>> = {
  schedule: '`learning_rate`',
  update: '`for each step:`',
  check: '`check`',
};
