import { skipCommaInNumber } from './comma-in-number.ts';
import { backticksFix } from './columns.ts';
import { Cursor } from './cursor.ts';
import { isSign, type Line } from './layout.ts';
import { parseStarts } from './parse-parameters.ts';
import { insertAt, replaceBy, type Fix } from './problems.ts';
import { isName, type Token } from './scanner.ts';
import type { Statement } from './syntax.ts';
import { textLinesOf } from './text-lines.ts';
import { isReserved } from './words/words.ts';

/** Reports what a statement is followed by and no statement has there, and returns what was probably meant. */
export function reportRest(cursor: Cursor, statement: Statement, line: Line): Statement {
  const rest = cursor.peek();
  if (rest === undefined || statement.kind === 'unreadable' || cursor.atStatement()) return statement;
  const { problems } = cursor;
  if (cursor.isAt(')', ']')) {
    problems.add('unexpected-bracket', rest, { found: rest.text }, [
      replaceBy(rest, '', `Remove \`${rest.text}\``),
    ]);
  } else if (statement.kind === 'assignment' && cursor.isAt(',') && cursor.atStatement(1)) {
    const fix = insertAt(statement.start, 'parameters ', 'Write `parameters` before them');
    problems.add('starts-without-keyword', rest, {}, [fix]);
    return parseStarts(new Cursor(cursor.source, line, problems), { start: line.start, end: line.start });
  } else if (skipCommaInNumber(cursor)) {
    return withoutValue(cursor, statement);
  } else if (rest.kind !== 'unknown') {
    const isTrailingComma = isSign(rest, ',') && cursor.peek(1) === undefined;
    const place = { start: rest.start, end: cursor.skipRest() };
    problems.add('unexpected-text', place, cursor.textOf(place), [
      isTrailingComma ? replaceBy(rest, '', 'Remove the comma') : undefined,
    ]);
  }
  return statement;
}

function withoutValue(cursor: Cursor, statement: Statement): Statement {
  return statement.kind === 'assignment' ? { ...statement, value: cursor.hole() } : statement;
}

/** Reports the characters of a statement that the scanner could not take as they are. */
export function reportFlaws(cursor: Cursor, tokens: readonly Token[]): void {
  const bars = tokens.filter((token) => token.text === '|' && token.kind === 'unknown');
  const absolute = absoluteFix(bars);
  for (const token of tokens) {
    const { flaw } = token;
    if (flaw === undefined || cursor.absorbed.has(token)) continue;
    reportFlaw(cursor, token, flaw, bars.includes(token) ? absolute : undefined);
  }
}

/** `|x|` as `abs(x)`. */
function absoluteFix(bars: readonly Token[]): Fix | undefined {
  const [first, second, ...others] = bars;
  if (first === undefined || second === undefined || others.length > 0) return undefined;
  const edits = [
    { start: first.start, end: first.end, text: 'abs(' },
    { start: second.start, end: second.end, text: ')' },
  ];
  return { title: 'Write `abs(...)`', edits };
}

function reportFlaw(
  cursor: Cursor,
  token: Token,
  flaw: NonNullable<Token['flaw']>,
  fix: Fix | undefined,
): void {
  const written = cursor.textOf(token);
  switch (flaw.kind) {
    case 'character':
      cursor.problems.add('unexpected-character', token, written, () => [
        written.text === '//' ? commentFix(cursor.source, token) : undefined,
        fix ?? replacementFix(written.text, token, flaw),
      ]);
      break;
    case 'unclosed':
      cursor.problems.add('missing-quote', token, { quote: flaw.closer }, [
        insertAt(token.end, flaw.closer, `Insert \`${flaw.closer}\``),
      ]);
      break;
    case 'overflow':
      cursor.problems.add('number-overflow', token, written);
      break;
    case 'bare':
      cursor.problems.add('column-without-backticks', token, { column: token.text }, [
        backticksFix(token, token.text),
      ]);
      break;
    case 'reported':
      break;
  }
}

function replacementFix(
  written: string,
  place: Token,
  { replacement }: { replacement?: string },
): Fix | undefined {
  if (replacement === undefined) return undefined;
  const title = replacement === '' ? `Remove \`${written}\`` : `Write \`${replacement.trim()}\``;
  return replaceBy(place, replacement, title);
}

/** Two slashes as a comment, where they stand before a last word that the cell has nowhere else. */
function commentFix(source: string, { start, end }: Token): Fix | undefined {
  const { end: lineEnd } = textLinesOf(source, { start, end });
  const rest = source.slice(end, lineEnd).trim();
  const isUnknown = isName(rest) && !isReserved(rest) && source.indexOf(rest) === source.lastIndexOf(rest);
  return isUnknown ? replaceBy({ start, end }, '#', 'Write `#`') : undefined;
}
