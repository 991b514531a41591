import type { Span } from '../kernel/index.ts';
import { isCloser, isOpener, isSign, type Line } from './layout.ts';
import { insertAt, replaceBy, type Problems } from './problems.ts';
import type { Token } from './scanner.ts';
import type { Expected, MissingNode } from './syntax.ts';

/** How deep brackets may be nested, and exponents of exponents. */
const deepest = 200;

type Nesting = 'bracket' | 'exponent';

const closers = new Map([
  ['(', ')'],
  ['[', ']'],
]);

/** A place in the tokens of one line, moved on by the parser. Reports each place of confusion once. */
export class Cursor {
  readonly source: string;
  readonly problems: Problems;
  private tokens: readonly Token[];
  private index = 0;
  private readonly depth = { bracket: 0, exponent: 0 };
  private readonly open: string[] = [];
  /** The closing brackets that what was skipped up to the end of the line lacks, the outermost first. */
  private skippedOpen: readonly string[] = [];
  private gaveUp = false;
  /** Tokens that are part of something whose characters do not matter. */
  readonly absorbed = new Set<Token>();

  private oneBar: boolean | undefined;

  constructor(source: string, line: Line, problems: Problems) {
    this.source = source;
    this.tokens = line.tokens;
    this.problems = problems;
  }

  peek(ahead = 0): Token | undefined {
    return this.tokens[this.index + ahead];
  }

  next(): Token | undefined {
    const token = this.tokens[this.index];
    if (token !== undefined) this.index += 1;
    return token;
  }

  isAt(...signs: string[]): boolean {
    const token = this.peek();
    return token?.kind === 'operator' && signs.includes(token.text);
  }

  accept(sign: string): Token | undefined {
    return this.isAt(sign) ? this.next() : undefined;
  }

  /** True where the line has a single `|`. */
  get hasOneBar(): boolean {
    this.oneBar ??= this.tokens.filter(({ text, kind }) => text === '|' && kind === 'unknown').length === 1;
    return this.oneBar;
  }

  /** The empty place behind the token before this one. */
  here(): Span {
    const end = this.end();
    return { start: end, end };
  }

  /** Where the token before this one ends. */
  end(): number {
    return this.tokens[this.index - 1]?.end ?? this.tokens[0]?.start ?? 0;
  }

  atEnd(): boolean {
    return this.index >= this.tokens.length;
  }

  /** True where another statement begins on the same line, so many tokens ahead. */
  atStatement(ahead = 0): boolean {
    const first = this.peek(ahead);
    const second = this.peek(ahead + 1);
    if (this.open.length > 0 || first?.kind !== 'name') return false;
    if (isSign(second, '=')) return true;
    if (first.text === 'parameters') return second?.kind === 'name';
    return first.text === 'check' && beginsOperand(second);
  }

  /** What is left of the line, as a line of its own; the cursor is then at the end of the part before it. */
  restOfLine(line: Line): Line | undefined {
    const [first, ...others] = this.tokens.slice(this.index);
    if (first === undefined) return undefined;
    this.tokens = this.tokens.slice(0, this.index);
    return { ...line, tokens: [first, ...others], start: first.start };
  }

  /** A hole in the tree at this place, and a report of it. */
  missing(expected: Expected): MissingNode {
    const place = this.here();
    if (!this.gaveUp) {
      const found = this.peek();
      const foundText = found === undefined ? undefined : this.source.slice(found.start, found.end);
      this.problems.add('missing-value', place, { expected, found: foundText });
    }
    return this.hole();
  }

  /** A hole of which something else was already said. */
  hole(): MissingNode {
    return { kind: 'missing', ...this.here() };
  }

  /** Goes one level deeper; false (and the rest of the line given up) where that is deeper than allowed. */
  enter(nesting: Nesting, place: Span): boolean {
    this.depth[nesting] += 1;
    return this.allows(this.depth[nesting], place);
  }

  /** Whether a formula may be so deep; where not, that is reported and the rest of the line given up. */
  allows(depth: number, place: Span): boolean {
    if (depth <= deepest) return true;
    if (!this.gaveUp) this.problems.add('too-deep', place, { deepest });
    this.giveUp();
    return false;
  }

  leave(nesting: Nesting): void {
    this.depth[nesting] -= 1;
  }

  /** Skips the rest of the line without further complaints. */
  giveUp(): void {
    this.gaveUp = true;
    this.index = this.tokens.length;
  }

  /** True directly inside `[ ]`. */
  isInsideList(): boolean {
    return this.open.at(-1) === ']';
  }

  /** Takes the rest of the line as one piece, whatever it holds, and returns where it ends. */
  absorbRest(): number {
    for (let token = this.next(); token !== undefined; token = this.next()) this.absorbed.add(token);
    return this.end();
  }

  /** Passes over the rest of the line, and returns where it ends. */
  skipRest(): number {
    this.index = this.tokens.length;
    return this.end();
  }

  /** Takes an opening bracket, which `closeBracket` must follow. */
  openBracket(): void {
    const bracket = this.next();
    if (bracket !== undefined) this.open.push(closers.get(bracket.text) ?? ')');
  }

  /** Takes the closing bracket of the innermost open one, reporting what stands in its place. */
  closeBracket(opened: Span): Span {
    const closer = this.open.at(-1) ?? ')';
    if (this.isAt(',') && this.open.length > 1) {
      this.open.pop();
      this.reportMissing(closer);
      return this.here();
    }
    if (!this.isAt(closer) && !this.atEnd()) this.skipToCloser();
    this.open.pop();
    const token = this.accept(closer);
    if (token !== undefined) return token;
    if (this.atEnd()) this.reportUnclosedAtEnd(opened, closer);
    else this.reportWrongCloser(closer);
    return this.here();
  }

  /** Reports what the cursor is at as out of place, and passes over it, up to a comma or the bracket's end. */
  skipToNext(): void {
    this.skip((token) => isSign(token, ',') || isCloser(token));
  }

  private skipToCloser(): void {
    if (this.isAt(')', ']')) return;
    this.skip(isCloser);
  }

  private skip(stops: (token: Token) => boolean): void {
    const first = this.peek();
    if (first === undefined || stops(first)) return;
    const behind = this.peek(1);
    const nested: string[] = [];
    for (let token = this.peek(); token !== undefined; token = this.peek()) {
      if (nested.length === 0 && stops(token)) break;
      if (isOpener(token)) nested.push(closers.get(token.text) ?? ')');
      if (isCloser(token)) nested.pop();
      this.next();
    }
    this.skippedOpen = nested;
    if (first.text === '=') {
      const compares = beginsOperand(behind) || isSign(behind, '-') || isSign(behind, '+');
      const fix = compares ? replaceBy(first, '==', 'Compare with `==`') : undefined;
      this.problems.add('equals-inside', first, {}, [fix]);
    } else if (first.kind !== 'unknown') {
      this.problems.add(
        'unexpected-text',
        { start: first.start, end: this.end() },
        this.textOf(first, this.end()),
      );
    }
  }

  textOf(from: Span, end: number = from.end): { text: string } {
    return { text: this.source.slice(from.start, end) };
  }

  /** One report for all the brackets that are still open where the line ends. */
  private reportUnclosedAtEnd(opened: Span, closer: string): void {
    if (this.gaveUp) return;
    this.gaveUp = true;
    const missing = this.skippedOpen.toReversed().join('') + closer + this.open.toReversed().join('');
    const title =
      missing.length === 1 ? `Insert \`${missing}\`` : `Insert the ${missing.length} missing brackets`;
    const fix = insertAt(this.end(), missing, title);
    this.problems.add('missing-bracket', opened, { closer }, [fix]);
  }

  private reportMissing(closer: string): void {
    this.problems.add('missing-bracket', this.here(), { closer }, [
      insertAt(this.end(), closer, `Insert \`${closer}\``),
    ]);
  }

  private reportWrongCloser(closer: string): void {
    const found = this.peek();
    if (found === undefined) return;
    if (this.open.includes(found.text)) {
      this.reportMissing(closer);
      return;
    }
    this.next();
    this.problems.add('wrong-bracket', found, { closer, found: found.text }, [
      replaceBy(found, closer, `Replace it with \`${closer}\``),
    ]);
  }
}

/** True for a token with which an operand begins that has no sign before it. */
export function beginsOperand(token: Token | undefined): boolean {
  return token?.kind === 'number' || token?.kind === 'name' || token?.kind === 'column' || isSign(token, '(');
}
