import type { Span } from '../kernel/index.ts';
import { isSign, partIntoLines, type Line } from './layout.ts';
import { parseStatements } from './parse-statement.ts';
import { insertAt, replaceBy, type Problems } from './problems.ts';
import { moveBehind } from './text-lines.ts';
import { scan, type Token } from './scanner.ts';
import type { Assignment, Statement } from './syntax.ts';

/** A cell as a tree of statements; what cannot be read is left out of it and reported. */
export interface Tree {
  readonly source: string;
  readonly tokens: readonly Token[];
  readonly statements: readonly Statement[];
  /** Where each text line begins. */
  readonly lineStarts: readonly number[];
  /** Every name, column and word that stands in the cell. */
  readonly names: ReadonlySet<string>;
}

/** Parses a cell. Every text has a tree; time is linear in the length of the text. */
export function parse(source: string, problems: Problems): Tree {
  const tokens = scan(source);
  const statements: Statement[] = [];
  const lines = partIntoLines(source, tokens);
  reportMistakenLineEnds(tokens, problems);
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index];
    if (line === undefined) break;
    if (!isBlockHead(line)) {
      statements.push(...parseStatements(source, line, problems));
      continue;
    }
    const { inside, taken } = linesInside(lines, index, problems);
    statements.push(...parseBlock(source, line, inside, problems));
    index += taken;
  }
  const lineStarts = [0, ...tokens.filter(endsTextLine).map((token) => token.end)];
  const names = new Set(tokens.filter((token) => token.kind !== 'comment').map((token) => token.text));
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
function reportMistakenLineEnds(tokens: readonly Token[], problems: Problems): void {
  for (const token of tokens) {
    if (token.flaw === undefined) continue;
    if (token.kind === 'newline') {
      problems.add('unexpected-character', token, { text: ';' }, [
        replaceBy(token, '\n', 'Begin a new line'),
      ]);
    } else if (token.kind === 'comment') {
      const place = { start: token.start, end: token.start + 2 };
      problems.add('unexpected-character', place, { text: '//' }, [replaceBy(place, '#', 'Write `#`')]);
    }
  }
}

function isBlockHead(line: Line): boolean {
  const [first, second] = line.tokens;
  return first.kind === 'name' && first.text === 'for' && !isSign(second, '=');
}

/**
 * The lines inside a block: what stands behind its colon, those indented deeper than its head, and where there are
 * none of these the assignments below it that can stand nowhere else. `taken` counts those after the head.
 */
function linesInside(
  lines: readonly Line[],
  head: number,
  problems: Problems,
): { inside: Line[]; taken: number } {
  const own = lines[head];
  const inside: Line[] = [];
  const below = (place: number) => lines[head + 1 + place];
  for (let line = below(inside.length); line !== undefined; line = below(inside.length)) {
    if (line.indent <= (own?.indent ?? 0)) break;
    inside.push(line);
  }
  for (let line = below(inside.length); line !== undefined; line = below(inside.length)) {
    const isDeeper = inside.some(({ indent }) => indent > (own?.indent ?? 0));
    if (isDeeper || !updateTargets.has(line.tokens[0].text) || !isSign(line.tokens[1], '=')) break;
    problems.add('line-not-indented', line, {}, [insertAt(line.start, '    ', 'Indent the line')]);
    inside.push(line);
  }
  const taken = inside.length;
  const behindColon = own && restOfHead(own);
  return { inside: behindColon === undefined ? inside : [behindColon, ...inside], taken };
}

const updateTargets: ReadonlySet<string> = new Set(['parameter', 'gradient']);

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
    const statements = isBlockHead(line) ? [] : parseStatements(source, line, problems);
    for (const statement of statements) {
      if (statement.kind === 'assignment') lines.push(statement);
      else strays.push(statement);
    }
    if (statements.some((statement) => statement.kind === 'assignment' || statement.kind === 'unreadable'))
      continue;
    const fix = () => [moveBehind(source, line, end, 'Take it out of the block')];
    problems.add('not-in-block', line, { text: line.tokens[0].text }, fix);
  }
  if (inside.length === 0) {
    const fix = insertAt(
      head.end,
      '\n    parameter = parameter - learning_rate * gradient',
      'Write the nudge',
    );
    problems.add('block-empty', headSpan, {}, [fix]);
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
    problems.add('block-head', span, { text: source.slice(span.start, span.end) }, [
      replaceBy(span, 'for each step:', 'Write `for each step:`'),
    ]);
  } else if (colon === -1) {
    problems.add('block-head', span, { text: source.slice(span.start, span.end) }, [
      insertAt(span.end, ':', 'Insert `:`'),
    ]);
  }
  const rest = colon === -1 ? undefined : tokens[colon + 1];
  if (rest !== undefined) {
    const place = { start: rest.start, end: head.end };
    problems.add('line-after-head', place, {}, [
      replaceBy({ start: span.end, end: rest.start }, '\n    ', 'Begin an indented line'),
    ]);
  }
  return span;
}
