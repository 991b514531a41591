import type { Span } from '../../kernel/index.ts';
import type { Cell } from '../cell.ts';
import { columnText } from '../columns.ts';
import { factsOf } from '../facts.ts';
import { ownNamesFor, type Use } from '../names.ts';
import { analyse, type Analysis } from '../read.ts';
import type { Expression } from '../syntax.ts';
import type { FunctionWord, Setting } from '../words/word.ts';
import { functionsByName, keywordsByName, optimizersByName, settingsByName } from '../words/words.ts';
import { reservedByName } from '../words/words.ts';
import { contextAt, type CompletionContext } from './completion-context.ts';
import { describeOptimizer, describeWord } from './hover.ts';

export type CompletionKind =
  | 'setting'
  | 'keyword'
  | 'function'
  | 'parameter'
  | 'definition'
  | 'column'
  | 'word'
  | 'optimizer'
  | 'file'
  | 'line';

/** Something that may be written at a place. */
export interface Completion {
  readonly label: string;
  readonly kind: CompletionKind;
  readonly detail: string;
  /** Markdown. */
  readonly documentation: string;
  /** What is written in place of `replaces`; with `${1:...}` places to fill in where `isSnippet`. */
  readonly text: string;
  readonly isSnippet: boolean;
  readonly replaces: Span;
}

type Draft = Omit<Completion, 'replaces'>;

/**
 * What may be written at an offset of a cell, the likeliest first.
 *
 * @param columns the columns of the data file, where they are known
 * @param files the data files and logs beside and below the notebook
 */
export function completions(
  source: string,
  offset: number,
  columns?: readonly string[],
  files: readonly string[] = [],
): Completion[] {
  const context = contextAt(source, offset);
  const { start, end } = context.replaces;
  return draftsFor(context, analyse(source, columns), files).map((draft) => ({
    ...draft,
    replaces: { start, end },
  }));
}

function draftsFor(context: CompletionContext, analysis: Analysis, files: readonly string[]): Draft[] {
  const { slot } = context;
  const { cell } = analysis;
  switch (slot.kind) {
    case 'nothing':
      return [];
    case 'statement':
      return statements(cell, context.equalsFollows);
    case 'update line':
      return updateLines(cell, context.equalsFollows);
    case 'block head':
      return [draft('each step:', 'keyword', '', keywordDocumentation('for'))];
    case 'word':
      return words(slot.setting);
    case 'batch size':
      return [
        draft('all', 'word', 'all training examples', 'The exact gradient in every step.'),
        ...formula(analysis, 'constant', ''),
      ];
    case 'data':
      return [...fileNames(files, 'data'), tableDraft];
    case 'file':
      return fileNames(files, slot.setting);
    case 'axis':
      return [...cell.parameters.keys()].map((name) => draft(name, 'parameter', 'parameter', ''));
    case 'formula':
      return formula(analysis, slot.use, slot.target);
    case 'column in backticks':
      return [...cell.columns.names.keys()].map((name) => ({ ...columnDraft(name), text: `\`${name}\`` }));
  }
}

function draft(
  label: string,
  kind: CompletionKind,
  detail: string,
  documentation: string,
  snippet?: string,
): Draft {
  return { label, kind, detail, documentation, text: snippet ?? label, isSnippet: snippet !== undefined };
}

function keywordDocumentation(name: string): string {
  const word = keywordsByName.get(name);
  return word === undefined ? '' : describeWord(word);
}

/** What a line may begin with; settings that are given already are left out. */
function statements(cell: Cell, equalsFollows: boolean): Draft[] {
  const free = [...settingsByName.values()].filter(
    ({ name }) => !cell.settings.has(name) && !cell.definitions.has(name),
  );
  const settings = free
    .filter(({ name }) => isSensible(cell, name))
    .map((setting) => settingDraft(setting, equalsFollows));
  if (equalsFollows) return settings;
  const block =
    'for each step:\n    gradient  = slope(loss)\n    parameter = parameter - learning_rate * gradient';
  const mayHaveBlock = cell.block === undefined && !cell.settings.has('optimizer');
  return [
    ...settings,
    draft(
      'parameters',
      'keyword',
      'name = start, ...',
      keywordDocumentation('parameters'),
      'parameters ${1:w} = ${2:0}',
    ),
    draft('check', 'keyword', 'comparison', keywordDocumentation('check'), 'check loss < ${1:1}'),
    ...(mayHaveBlock
      ? [draft('for each step:', 'keyword', 'the update', keywordDocumentation('for'), block)]
      : []),
  ];
}

function isSensible(cell: Cell, name: string): boolean {
  if (name === 'steps' || name === 'epochs')
    return !cell.settings.has('steps') && !cell.settings.has('epochs');
  if (name === 'optimizer') return cell.block === undefined;
  if (name === 'batch_size' || name === 'validation') return cell.columns.kind !== 'none';
  return name !== 'training_log' || cell.tree.statements.length <= 1;
}

function settingDraft(setting: Setting, equalsFollows: boolean): Draft {
  const { name, signature, suggestion } = setting;
  const snippet = equalsFollows ? undefined : `${name} = ${suggestion}`;
  return draft(name, 'setting', signature.slice(name.length + 3), describeWord(setting), snippet);
}

function updateLines(cell: Cell, equalsFollows: boolean): Draft[] {
  const line = (name: string, text: string) =>
    draft(name, 'line', text, wordDocumentation(name), equalsFollows ? undefined : `${name} = ${text}`);
  const own = [
    line('parameter', 'parameter - learning_rate * gradient'),
    line('gradient', 'slope(loss)'),
    ...['prediction', 'loss'].filter((name) => !cell.definitions.has(name)).map((name) => line(name, '$0')),
  ];
  return [...own, ...[...cell.memories].map((name) => draft(name, 'definition', 'memory', ''))];
}

function wordDocumentation(name: string): string {
  const word = reservedByName.get(name) ?? settingsByName.get(name);
  return word === undefined ? '' : describeWord(word);
}

function words(setting: string): Draft[] {
  return (settingsByName.get(setting)?.words ?? []).map((name) =>
    optimizersByName.has(name)
      ? draft(name, 'optimizer', 'optimizer', describeOptimizer(name) ?? '')
      : draft(name, 'word', setting, ''),
  );
}

const tableDraft = draft(
  'table(...)',
  'keyword',
  'data in the cell',
  'A small table: columns of one length, each with its numbers.',
  'table(${1:x}: [${2:1, 2, 3}], ${3:y}: [${4:2, 4, 6}])',
);

/** Files that are logs by their name alone are no tables; a table may be a log. */
function fileNames(files: readonly string[], setting: 'data' | 'training_log'): Draft[] {
  const [logs, others] = [true, false].map((wanted) =>
    files.filter((file) => /\.(json|jsonl|log|out)$/i.test(file) === wanted),
  );
  const offered = setting === 'data' ? (others ?? []) : [...(logs ?? []), ...(others ?? [])];
  return offered.map((file) => ({ ...draft(file, 'file', '', ''), text: `"${file}"` }));
}

/** The names, functions and words that a formula of this use may hold. */
function formula(analysis: Analysis, use: Use, target: string): Draft[] {
  const { cell } = analysis;
  const isItself = (name: string) => use === 'definition' && name === target;
  const names = ownNamesFor(cell, use).filter((name) => !isItself(name) && isUsable(analysis, name, use));
  const takesColumns = use === 'definition' || use === 'start' || use === 'check';
  const columns = takesColumns ? [...cell.columns.names.keys()] : [];
  const functions = [...functionsByName.values()].filter((word) => isCallable(word, use));
  return [
    ...names.map((name) => nameDraft(analysis, name)),
    ...columns.map(columnDraft),
    ...functions.map(functionDraft),
  ];
}

/** Leaves out what would be a problem right away: data in a schedule, parameters in a start ... */
function isUsable({ cell, facts }: Analysis, name: string, use: Use): boolean {
  const node: Expression = { kind: 'name', name, start: 0, end: 0 };
  const { rows, usesData, usesParameters, usesTime } = factsOf(node, cell, facts);
  switch (use) {
    case 'schedule':
      return !usesData && !usesParameters;
    case 'constant':
      return !usesData && !usesParameters && !usesTime;
    case 'start':
      return !usesParameters && !usesTime;
    case 'update':
      return !rows && name !== 'prediction';
    case 'check':
      return !usesTime;
    case 'definition':
      return true;
  }
}

function isCallable({ shape }: FunctionWord, use: Use): boolean {
  if (shape === 'draw') return use === 'start';
  if (shape === 'slope') return use === 'update';
  const needsData = shape === 'reduction' || shape === 'loss';
  return !needsData || use === 'definition' || use === 'check' || use === 'start';
}

function functionDraft(word: FunctionWord): Draft {
  const fields = word.parameters
    .slice(0, word.required)
    .map((parameter, index) => `\${${index + 1}:${parameter.name}}`);
  const snippet = word.shape === 'slope' ? 'slope(loss)' : `${word.name}(${fields.join(', ')})`;
  return draft(word.name, 'function', word.signature, describeWord(word), snippet);
}

function nameDraft({ cell }: Analysis, name: string): Draft {
  if (cell.parameters.has(name)) return draft(name, 'parameter', 'parameter', '');
  const definition = cell.definitions.get(name);
  if (definition !== undefined) {
    const { start, end } = definition.value;
    return draft(name, 'definition', cell.tree.source.slice(start, end), wordDocumentation(name));
  }
  if (cell.memories.has(name)) return draft(name, 'definition', 'memory', '');
  if (reservedByName.has(name) || settingsByName.has(name))
    return draft(name, 'word', '', wordDocumentation(name));
  return columnDraft(name);
}

/** A column, in backticks where its name alone would not mean it. */
function columnDraft(name: string): Draft {
  return { ...draft(name, 'column', 'column', ''), text: columnText(name) };
}
