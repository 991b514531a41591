import type { Span } from '../../kernel/index.ts';
import type { Cell, Definition } from '../cell.ts';
import type { Facts } from '../facts.ts';
import { analyse, type Analysis } from '../read.ts';
import { scan, type Token } from '../scanner.ts';
import { blockOf } from '../update-text.ts';
import type { FunctionWord, Setting, Word } from '../words/word.ts';
import {
  functionsByName,
  keywordsByName,
  optimizersByName,
  reservedByName,
  settingsByName,
} from '../words/words.ts';
import { occurrenceAt, occurrencesIn, type Occurrence } from './occurrences.ts';

/** What an editor shows at a place: Markdown, whose fences are in the language `gd`. */
export interface Hover extends Span {
  readonly markdown: string;
}

/** What the word, name or sign at an offset means. */
export function hover(source: string, offset: number, columns?: readonly string[]): Hover | undefined {
  const occurrence = occurrenceAt(occurrencesIn(source, columns), offset);
  if (occurrence !== undefined) {
    const markdown = describeName(occurrence, analyse(source, columns));
    return markdown === undefined ? undefined : { markdown, start: occurrence.start, end: occurrence.end };
  }
  const token = scan(source).find(({ start, end }) => start <= offset && offset < end);
  const markdown = token && describeToken(token);
  return token && markdown !== undefined ? { markdown, start: token.start, end: token.end } : undefined;
}

function fence(code: string): string {
  return `\`\`\`gd\n${code}\n\`\`\``;
}

/** A word's signature, documentation, and what else its kind has to say. */
export function describeWord(word: Word | Setting | FunctionWord): string {
  const parts = [fence(word.signature), word.documentation];
  if ('whenLeftOut' in word && word.whenLeftOut !== '') parts.push(`Left out: ${word.whenLeftOut}.`);
  if ('parameters' in word) {
    parts.push(
      word.parameters.map(({ name, documentation }) => `- \`${name}\`: ${documentation}`).join('\n'),
    );
  }
  return parts.join('\n\n');
}

/** An optimizer with the update that it stands for. */
export function describeOptimizer(name: string): string | undefined {
  const word = optimizersByName.get(name);
  if (word === undefined) return undefined;
  const block = blockOf(word.update).join('\n');
  return [fence(word.signature), word.documentation, 'It stands for', fence(block)].join('\n\n');
}

function describeName({ name, meaning }: Occurrence, { cell, facts }: Analysis): string | undefined {
  switch (meaning) {
    case 'setting':
    case 'reserved':
    case 'function': {
      const word = settingsByName.get(name) ?? reservedByName.get(name) ?? functionsByName.get(name);
      return word && describeWord(word);
    }
    case 'word':
      return describeOptimizer(name) ?? otherWords.get(name);
    case 'parameter':
      return describeParameter(cell, name);
    case 'definition':
      return describeDefinition(cell, name, facts);
    case 'memory':
      return `A memory of the update: every parameter has its own \`${name}\`, which lasts from step to step.`;
    case 'column':
      return `The column \`${name}\` of the data: one value an example.`;
    case 'unknown':
      return undefined;
  }
}

const otherWords: ReadonlyMap<string, string> = new Map([
  ['all', 'All training examples in every step: the exact gradient.'],
  ['float64', 'Numbers of about 16 digits, up to 1.8e308.'],
  ['float32', 'Numbers of about 7 digits, up to 3.4e38, as most large models are trained.'],
]);

function describeParameter({ tree, parameters }: Cell, name: string): string | undefined {
  const entry = parameters.get(name);
  if (entry === undefined) return undefined;
  const text = tree.source.slice(entry.value.start, entry.value.end);
  return `${fence(`parameters ${name} = ${text}`)}\n\nA parameter: training changes it, from this start on.`;
}

function describeDefinition(cell: Cell, name: string, facts: ReadonlyMap<string, Facts>): string | undefined {
  const definition = cell.definitions.get(name);
  if (definition === undefined) return undefined;
  const { source } = cell.tree;
  const text = fence(`${name} = ${source.slice(definition.value.start, definition.value.end)}`);
  const word = settingsByName.get(name);
  return [text, shapeOf(definition, facts.get(name)), word?.documentation ?? ''].filter(Boolean).join('\n\n');
}

function shapeOf({ list }: Definition, facts: Facts | undefined): string {
  if (facts === undefined || facts.broken) return '';
  const each = list === undefined ? '' : ', another formula for each run';
  return facts.rows ? `One value an example${each}.` : `One number${each}.`;
}

function describeToken({ kind, text }: Token): string | undefined {
  if (kind === 'name') {
    const keyword = keywordsByName.get(text === 'each' || text === 'step' ? 'for' : text);
    return keyword && describeWord(keyword);
  }
  return kind === 'operator' ? signs.get(text) : undefined;
}

const comparison =
  'A comparison: 1 where it holds, else 0. Its derivative is 0. It binds weaker than all other signs.';

const signs: ReadonlyMap<string, string> = new Map([
  [
    '^',
    'To the power of, also written `**` as in Python. It binds tighter than a sign before it, `-x^2` is `-(x^2)`, and groups from the right, `2^3^2` is `2^9`.',
  ],
  ['..', 'From the one to the other: the window of an axis.'],
  ...['<', '<=', '>', '>=', '==', '!='].map((sign): [string, string] => [sign, comparison]),
]);
