import type { Span } from '../kernel/index.ts';
import { assigns, type Cell } from './cell.ts';
import { backticksFix, columnText } from './columns.ts';
import { insertAt, replaceBy, type Fix, type Problems } from './problems.ts';
import { isName } from './scanner.ts';
import { nearest } from './suggest.ts';
import {
  partsOf,
  unwrap,
  type CallNode,
  type ColumnNode,
  type Expression,
  type NameNode,
  type PowerNode,
} from './syntax.ts';
import { appendLine } from './text-lines.ts';
import type { FunctionWord, Place } from './words/word.ts';
import { functionsByName, isFormulaSetting, reservedByName, settingsByName } from './words/words.ts';

/** What a formula is used for, which decides the names it may use. */
export type Use = 'definition' | 'schedule' | 'start' | 'update' | 'check' | 'constant';

/** What a name in a formula means. */
export type Meaning =
  'memory' | 'parameter' | 'definition' | 'reserved' | 'setting' | 'column' | 'function' | 'unknown';

/** The meaning of a name that does not stand before a bracket. */
export function meaningOf(cell: Cell, name: string, use: Use): Meaning {
  if (use === 'update' && cell.memories.has(name)) return 'memory';
  if (cell.parameters.has(name)) return 'parameter';
  if (cell.definitions.has(name)) return 'definition';
  if (reservedByName.has(name)) return 'reserved';
  if (settingsByName.has(name)) return 'setting';
  if (functionsByName.has(name)) return 'function';
  if (cell.columns.names.has(name)) return 'column';
  // Nothing in the update has one value an example, so that a name there is no column by default.
  return cell.columns.kind === 'assumed' && use !== 'update' ? 'column' : 'unknown';
}

/** True where a word with places of its own has a value for this use. */
function hasValueIn(places: readonly Place[], use: Use): boolean {
  if (places.length === 0) return true;
  if (use === 'start' || use === 'constant') return false;
  return places.includes(use === 'definition' ? 'schedule' : use);
}

/** The names that a formula of this use may hold, besides columns. */
export function ownNamesFor(cell: Cell, use: Use): string[] {
  const words = [...reservedByName.values(), ...settingsByName.values()]
    .filter((word) => word.places !== undefined && hasValueIn(word.places, use))
    .map((word) => word.name);
  const memories = use === 'update' ? cell.memories : [];
  return [...new Set([...memories, ...cell.parameters.keys(), ...cell.definitions.keys(), ...words])];
}

/** The names that a formula of this use may hold, as far as they are known. */
function namesFor(cell: Cell, use: Use): string[] {
  return [...ownNamesFor(cell, use), ...(use === 'update' ? [] : cell.columns.names.keys())];
}

/** Reports every name, function and form in a formula that its use does not allow. */
export function checkFormula(formula: Expression, use: Use, cell: Cell, problems: Problems): void {
  if (problems.isFull) return;
  switch (formula.kind) {
    case 'name':
      checkName(formula, use, cell, problems);
      break;
    case 'column':
      checkColumn(formula, use, cell, problems);
      break;
    case 'text':
      problems.add('text-in-formula', formula, {}, [unquoted(cell, formula, formula.text)]);
      break;
    case 'list':
      problems.add('list-inside', formula, {});
      break;
    case 'call':
      checkCall(formula, use, cell, problems);
      break;
    case 'power':
      checkPower(formula, use, cell, problems);
      break;
    default:
      break;
  }
  for (const part of partsOf(formula)) checkFormula(part, use, cell, problems);
}

function unquoted({ columns }: Cell, place: Span, text: string): Fix | undefined {
  const value = text.trim();
  if (columns.names.has(value) && columnText(value) !== value) return backticksFix(place, value);
  const isNumber = /^-?[\d.]+(?:[eE][-+]?\d+)?$/.test(value) && Number.isFinite(Number(value));
  return isNumber || isName(value) ? replaceBy(place, value, 'Remove the quotes') : undefined;
}

function checkName(node: NameNode, use: Use, cell: Cell, problems: Problems): void {
  const { name } = node;
  if (cell.refused.has(name)) return;
  switch (meaningOf(cell, name, use)) {
    case 'reserved':
    case 'setting':
      checkWord(node, use, cell, problems);
      break;
    case 'function':
      problems.add('function-without-brackets', node, { name }, [
        cell.columns.names.has(name) ? replaceBy(node, `\`${name}\``, 'Mean the column') : undefined,
      ]);
      break;
    case 'unknown':
      reportUnknown(node, use, cell, problems);
      break;
    case 'column':
    case 'definition':
    case 'memory':
    case 'parameter':
      break;
  }
}

function checkWord(node: NameNode, use: Use, cell: Cell, problems: Problems): void {
  const { name } = node;
  const places = reservedByName.get(name)?.places ?? settingsByName.get(name)?.places;
  const backticks = cell.columns.names.has(name)
    ? replaceBy(node, `\`${name}\``, 'Mean the column')
    : undefined;
  if (isFormulaSetting(name)) {
    // A missing loss is reported once for the cell.
    if (name === 'loss') return;
    const line = name === 'prediction' ? exampleModel(cell) : undefined;
    const fix = line === undefined ? undefined : appendLine(cell.tree.source, line, `Insert \`${line}\``);
    problems.add('undefined-setting', node, { name }, [backticks, fix]);
  } else if (places === undefined) {
    problems.add('setting-in-formula', node, { name }, [backticks]);
  } else if (!hasValueIn(places, use)) {
    problems.add('no-value-here', node, { name, places }, [backticks]);
  } else if (name === 'validation_loss' && !assigns(cell.tree, 'validation')) {
    const hasData = cell.columns.kind !== 'none';
    const line = 'validation = 0.2';
    problems.add('no-validation', node, { hasData }, [
      backticks,
      hasData ? appendLine(cell.tree.source, line, `Insert \`${line}\``) : undefined,
    ]);
  }
}

/** A line through the first column, in the first two parameters. */
function exampleModel(cell: Cell): string | undefined {
  const [slope, offset] = cell.parameters.keys();
  const [column] = cell.columns.names.keys();
  if (slope === undefined || column === undefined) return undefined;
  return `prediction = ${slope} * ${columnText(column)}${offset === undefined ? '' : ` + ${offset}`}`;
}

function reportUnknown(node: NameNode, use: Use, cell: Cell, problems: Problems): void {
  const suggestion = problems.isCrowded ? undefined : nearest(node.name, namesFor(cell, use));
  const details = {
    name: node.name,
    suggestion,
    columns: use === 'update' ? [] : [...cell.columns.names.keys()],
    parameters: [...cell.parameters.keys()],
  };
  problems.add('unknown-name', node, details, () => {
    if (suggestion === undefined) return [];
    const text = cell.columns.names.has(suggestion) ? columnText(suggestion) : suggestion;
    return [replaceBy(node, text, `Change to \`${suggestion}\``)];
  });
}

/** Reports `e^x`, with `exp(x)` for it, where `e` is nothing else. */
function checkPower(
  { base, exponent, start, end }: PowerNode,
  use: Use,
  cell: Cell,
  problems: Problems,
): void {
  if (base.kind !== 'name' || base.name !== 'e' || meaningOf(cell, 'e', use) !== 'unknown') return;
  const inner = unwrap(exponent);
  const text = cell.tree.source.slice(inner.start, inner.end);
  const fix =
    inner.kind === 'missing' ? undefined : replaceBy({ start, end }, `exp(${text})`, 'Write `exp(...)`');
  const details = { name: 'e', suggestion: 'exp(...)', columns: [], parameters: [] };
  problems.add('unknown-name', base, details, [fix]);
}

function checkColumn(node: ColumnNode, use: Use, cell: Cell, problems: Problems): void {
  const { column } = node;
  // In an update a column is at fault for what it is.
  if (use === 'update') return;
  if (cell.columns.kind !== 'assumed' && !cell.columns.names.has(column)) {
    const columns = [...cell.columns.names.keys()];
    const suggestion = problems.isCrowded ? undefined : nearest(column, columns);
    problems.add('unknown-column', node, { column, suggestion, columns }, [
      suggestion === undefined
        ? undefined
        : replaceBy(node, `\`${suggestion}\``, `Change to \`${suggestion}\``),
    ]);
  }
}

function checkCall(node: CallNode, use: Use, cell: Cell, problems: Problems): void {
  const word = functionsByName.get(node.name.name);
  if (word === undefined) {
    reportNoFunction(node, use, cell, problems);
    return;
  }
  checkCount(node, word, problems);
  if (word.shape === 'draw') problems.add('draw-outside-start', node, { name: word.name });
  if (word.shape === 'slope') checkSlope(node, use, problems);
}

/** Reports a call with too few or too many arguments. */
export function checkCount(node: CallNode, word: FunctionWord, problems: Problems): void {
  const count = node.arguments.length;
  const most = word.variadic ? Infinity : word.parameters.length;
  if (count >= word.required && count <= most) return;
  const { name, signature } = word;
  const fix = word.shape === 'slope' ? replaceBy(node, 'slope(loss)', 'Write `slope(loss)`') : undefined;
  problems.add('argument-count', node, { name, signature, count, least: word.required, most }, [fix]);
}

function checkSlope(node: CallNode, use: Use, problems: Problems): void {
  const [argument] = node.arguments;
  if (use !== 'update') {
    problems.add('slope-outside-update', node, {});
  } else if (argument !== undefined) {
    if (unwrap(argument).kind === 'missing' || isLoss(argument)) return;
    problems.add('slope-of-other', argument, {}, [replaceBy(argument, 'loss', 'Write `slope(loss)`')]);
  }
}

function isLoss(argument: Expression): boolean {
  const inner = unwrap(argument);
  return inner.kind === 'name' && inner.name === 'loss';
}

function reportNoFunction(node: CallNode, use: Use, cell: Cell, problems: Problems): void {
  const { name } = node;
  const meaning = meaningOf(cell, name.name, use);
  const known = meaning !== 'unknown' && (meaning !== 'column' || cell.columns.names.has(name.name));
  if (known) {
    const [argument] = node.arguments;
    const isSlope =
      use === 'update' && name.name === 'gradient' && argument !== undefined && isLoss(argument);
    problems.add('not-a-function', name, { name: name.name, isSlope }, [
      isSlope ? replaceBy(name, 'slope', 'Write `slope(loss)`') : insertAt(name.end, ' *', 'Insert `*`'),
    ]);
    return;
  }
  const power = powerOf(node, cell.tree.source);
  const suggestion = nearest(name.name, functionsByName.keys());
  problems.add('unknown-function', name, { name: name.name, suggestion, power: power !== undefined }, () => [
    suggestion === undefined ? undefined : replaceBy(name, suggestion, `Change to \`${suggestion}\``),
    power,
  ]);
}

/** The modules before a function are looked for in so many characters. */
const longestModules = 40;

/** Writes with `^` what other languages have a function for: `pow(x, 3)`, `np.square(x)`. */
function powerOf(node: CallNode, source: string): Fix | undefined {
  const [base, exponent, ...others] = node.arguments.map((part) => asOperand(part, source));
  const { name } = node.name;
  const isSquare = name === 'square' && exponent === undefined;
  const isPower = /^pow(?:er)?$/.test(name) && exponent !== undefined && others.length === 0;
  if (base === undefined || !(isSquare || isPower)) return undefined;
  const before = source.slice(Math.max(0, node.start - longestModules), node.start);
  const modules = /(?:\w+\.)*$/.exec(before)?.[0] ?? '';
  return replaceBy(
    { start: node.start - modules.length, end: node.end },
    `${base}^${exponent ?? '2'}`,
    'Write it with `^`',
  );
}

/** The text of a formula as it may stand on either side of a sign. */
function asOperand(formula: Expression, source: string): string {
  const text = source.slice(formula.start, formula.end);
  return ['number', 'name', 'column', 'group', 'call'].includes(formula.kind) ? text : `(${text})`;
}
