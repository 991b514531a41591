import type { Span } from '../kernel/index.ts';
import { writeDuration } from './counted-loop.ts';
import { joinColumns } from './join-columns.ts';
import { joinFormulas } from './join-formulas.ts';
import { joinStarts } from './join-starts.ts';
import { beginsBlock, isSign, partIntoLines, type Line } from './layout.ts';
import { givesStarts, parseStatements } from './parse-statement.ts';
import { mostLines, nudge, spaceBelow } from './into-block.ts';
import { insertAt, replaceBy, type Fix, type Problems } from './problems.ts';
import { beginLine, indentationAt, lineEndOf, moveBehind, removeStatement } from './text-lines.ts';
import { scan, type Token } from './scanner.ts';
import type { Assignment, Statement } from './syntax.ts';
import { updateTargets } from './words/reserved.ts';
import { isFormulaSetting, isSetting, keywordsByName } from './words/words.ts';

/** A cell as a tree of statements; what cannot be read is left out of it and reported. */
export interface Tree {
  readonly source: string;
  readonly tokens: readonly Token[];
  readonly statements: readonly Statement[];
  /** Where each text line begins. */
  readonly lineStarts: readonly number[];
  /** Every name, column and word that stands in the cell, and every column of its data file. */
  readonly names: ReadonlySet<string>;
}

/**
 * Parses a cell. Every text has a tree; time is linear in the length of the text.
 *
 * @param columns the columns of the data file, where they are known
 */
export function parse(source: string, problems: Problems, columns: readonly string[] = []): Tree {
  const known = columns.map((column) => column.normalize('NFC'));
  const tokens = joinColumns(source, scan(source), known);
  const statements: Statement[] = [];
  const lines = joinStarts(source, joinFormulas(source, partIntoLines(source, tokens), problems), problems);
  reportMistakenLineEnds(source, tokens, problems);
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index];
    if (line === undefined) break;
    if (!isBlockHead(line)) {
      statements.push(...parseStatements(source, line, problems));
      continue;
    }
    const { inside, taken } = linesInside(source, lines, index, problems);
    statements.push(...parseBlock(source, line, inside, problems));
    index += taken;
  }
  const lineStarts = [0, ...tokens.filter(endsTextLine).map((token) => token.end)];
  const words = tokens.filter((token) => token.kind !== 'comment').map((token) => token.text);
  const names = new Set([...words, ...known]);
  return { source, tokens, statements, lineStarts, names };
}

function endsTextLine(token: Token): boolean {
  return token.kind === 'newline' && token.flaw === undefined;
}

/** The number of the text line that an offset is on, counted from 1. */
export function lineNumber(tree: Tree, offset: number): number {
  let first = 0;
  let behind = tree.lineStarts.length;
  while (first < behind) {
    const middle = (first + behind) >> 1;
    if ((tree.lineStarts[middle] ?? 0) <= offset) first = middle + 1;
    else behind = middle;
  }
  return first;
}

/** Reports what the scanner took for a line end or a comment. */
function reportMistakenLineEnds(source: string, tokens: readonly Token[], problems: Problems): void {
  let isBehindHead = false;
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1];
    if (endsTextLine(token)) isBehindHead = false;
    else if (beginsBlock(tokens, index)) isBehindHead = true;
    if (token.flaw === undefined) continue;
    if (token.kind === 'newline') {
      const fix = () => [newLineFix(source, token, next, isBehindHead)];
      problems.add('unexpected-character', token, { text: ';' }, fix);
    } else if (token.kind === 'comment') {
      const place = { start: token.start, end: token.start + 2 };
      problems.add('unexpected-character', place, { text: '//' }, [replaceBy(place, '#', 'Write `#`')]);
    }
  }
}

/** Puts what stands behind a `;` on a line of its own, where it means what it was read as. */
function newLineFix(source: string, sign: Token, next: Token | undefined, isBehindHead: boolean): Fix {
  if (next === undefined || next.kind === 'newline' || next.kind === 'comment')
    return replaceBy(sign, '', 'Remove `;`');
  const goesInside = isBehindHead && next.kind === 'name' && !belongsOutside(next.text);
  const space = goesInside ? spaceBelow(source, sign.start) : indentationAt(source, sign.start);
  return replaceBy({ start: sign.start, end: next.start }, lineEndOf(source) + space, 'Begin a new line');
}

function belongsOutside(word: string): boolean {
  return keywordsByName.has(word) || (isSetting(word) && !isFormulaSetting(word));
}

function isBlockHead({ tokens }: Line): boolean {
  return beginsBlock(tokens, 0);
}

/**
 * The lines inside a block: what stands behind its colon, those indented deeper than its head, and where there are
 * none of these below it, the lines there that an update is made of. `taken` counts those after the head.
 */
function linesInside(
  source: string,
  lines: readonly Line[],
  head: number,
  problems: Problems,
): { inside: Line[]; taken: number } {
  const own = lines[head];
  if (own === undefined) return { inside: [], taken: 0 };
  let inside = indentedLines(lines, head);
  if (inside.length === 0) {
    inside = updateBelow(lines.slice(head + 1, head + 1 + mostLines));
    const outside = inside.filter(({ indent }) => indent <= own.indent);
    reportNotIndented(source, outside, own.start, problems);
  }
  const taken = inside.length;
  const behindColon = restOfHead(own);
  return { inside: behindColon === undefined ? inside : [behindColon, ...inside], taken };
}

function indentedLines(lines: readonly Line[], head: number): Line[] {
  const inside: Line[] = [];
  const indent = lines[head]?.indent ?? 0;
  for (let next = lines[head + 1]; next !== undefined && next.indent > indent;) {
    inside.push(next);
    next = lines[head + 1 + inside.length];
  }
  return inside;
}

/** The assignments that lines begin with, up to the last one that nothing but an update can say. */
function updateBelow(lines: readonly Line[]): Line[] {
  const end = lines.findIndex((line) => !isAssignment(line) || isSetting(line.tokens[0].text));
  const assignments = end === -1 ? lines : lines.slice(0, end);
  const isOfUpdate = ({ tokens }: Line) =>
    tokens.some(({ text }) => updateTargets.has(text) || text === 'slope');
  return assignments.slice(0, assignments.findLastIndex(isOfUpdate) + 1);
}

function isAssignment(line: Line): boolean {
  const [name, sign] = line.tokens;
  return (
    name.kind === 'name' && sign?.kind === 'operator' && /^[-+*/]?=$/.test(sign.text) && !givesStarts(line)
  );
}

function reportNotIndented(source: string, lines: readonly Line[], head: number, problems: Problems): void {
  const [first] = lines;
  if (first === undefined) return;
  const title = lines.length === 1 ? 'Indent the line' : 'Indent the lines';
  const place = { start: first.start, end: lines.at(-1)?.end ?? first.end };
  problems.add('line-not-indented', place, {}, () => [
    { title, edits: lines.map((line) => beginLine(source, line, spaceBelow(source, head))) },
  ]);
}

/** What stands behind the colon of a block's head. */
function restOfHead(head: Line): Line | undefined {
  const colon = head.tokens.findIndex((token) => isSign(token, ':'));
  const [first, ...others] = colon === -1 ? [] : head.tokens.slice(colon + 1);
  return first && { ...head, tokens: [first, ...others], start: first.start };
}

/** The block, and behind it the statements that stand in it but belong outside. */
function parseBlock(source: string, head: Line, inside: readonly Line[], problems: Problems): Statement[] {
  const headSpan = checkHead(source, head, problems);
  const end = inside.at(-1)?.end ?? head.end;
  const lines: Assignment[] = [];
  const strays: Statement[] = [];
  for (const line of inside) {
    const isBehindHead = line.start < head.end;
    const statements = isBlockHead(line) ? [] : parseStatements(source, line, problems, isBehindHead);
    for (const statement of statements) {
      if (statement.kind === 'assignment') lines.push(statement);
      else strays.push(statement);
    }
    if (statements.some((statement) => statement.kind === 'assignment' || statement.kind === 'unreadable'))
      continue;
    const isEmptyHead = isBlockHead(line) && restOfHead(line) === undefined;
    const fix = () => [
      isEmptyHead ? removeStatement(source, line, 'Delete this line') : undefined,
      isEmptyHead || isBehindHead ? undefined : moveBehind(source, line, end, 'Take it out of the block'),
    ];
    problems.add('not-in-block', line, { text: line.tokens[0].text }, fix);
  }
  if (inside.length === 0) {
    const line = () => lineEndOf(source) + spaceBelow(source, head.start) + nudge;
    problems.add('block-empty', headSpan, {}, () => [insertAt(head.end, line(), 'Write the nudge')]);
  }
  return [{ kind: 'block', head: headSpan, lines, start: head.start, end }, ...strays];
}

/** The head must be `for each step:` and nothing after it. */
function checkHead(source: string, head: Line, problems: Problems): Span {
  const { tokens } = head;
  const colon = tokens.findIndex((token) => isSign(token, ':'));
  const words = tokens.slice(0, colon === -1 ? tokens.length : colon);
  const span = { start: head.start, end: tokens[colon === -1 ? tokens.length - 1 : colon]?.end ?? head.end };
  const wellWorded = words.map((token) => token.text).join(' ') === 'for each step';
  if (!wellWorded) {
    problems.add('block-head', span, { text: source.slice(span.start, span.end) }, () => [
      writeDuration(source, span) ?? replaceBy(span, 'for each step:', 'Write `for each step:`'),
    ]);
  } else if (colon === -1) {
    problems.add('block-head', span, { text: source.slice(span.start, span.end) }, [
      insertAt(span.end, ':', 'Insert `:`'),
    ]);
  }
  const rest = colon === -1 ? undefined : tokens[colon + 1];
  if (rest !== undefined) {
    const place = { start: rest.start, end: head.end };
    const gap = { start: span.end, end: rest.start };
    const lineStart = lineEndOf(source) + spaceBelow(source, head.start);
    // A bracket that was left open in the head takes the line below into it.
    const isBelow = /[\r\n]/.test(source.slice(gap.start, gap.end));
    problems.add('line-after-head', place, {}, [
      isBelow ? undefined : replaceBy(gap, lineStart, 'Begin an indented line'),
    ]);
  }
  return span;
}
