import type { Span } from '../../kernel/index.ts';
import { parse, type Tree } from '../parse.ts';
import { Problems } from '../problems.ts';
import { spanOf, type Statement } from '../syntax.ts';
import { isSetting } from '../words/words.ts';

/** An entry of a cell's outline. */
export interface OutlineEntry extends Span {
  readonly name: string;
  /** What it is given, as the cell has it. */
  readonly detail: string;
  readonly kind: 'setting' | 'definition' | 'parameter' | 'block' | 'check';
  /** The part of the statement that names it. */
  readonly selection: Span;
  readonly children: readonly OutlineEntry[];
}

/** A part of a cell that can be folded, by its first and its last character. */
export interface FoldingRange extends Span {
  readonly kind: 'comment' | 'region';
}

const longestDetail = 60;

/** The statements of a cell, for an outline. */
export function outline(source: string): OutlineEntry[] {
  const tree = parse(source, new Problems());
  return tree.statements.flatMap((statement) => entriesOf(statement, source));
}

function entriesOf(statement: Statement, source: string): OutlineEntry[] {
  const detailOf = ({ start, end }: Span) => {
    const text = source.slice(start, end).replace(/\s+/g, ' ');
    return text.length <= longestDetail ? text : `${text.slice(0, longestDetail)}...`;
  };
  const place = { start: statement.start, end: statement.end };
  switch (statement.kind) {
    case 'assignment': {
      const { name, value } = statement;
      const kind = isSetting(name.name) ? 'setting' : 'definition';
      return [
        { name: name.name, detail: detailOf(value), kind, selection: spanOf(name), children: [], ...place },
      ];
    }
    case 'parameters':
      return statement.starts.map(({ name, value, start, end }) => ({
        name: name.name,
        detail: detailOf(value),
        kind: 'parameter',
        selection: spanOf(name),
        children: [],
        start,
        end,
      }));
    case 'check': {
      const name = statement.comment?.text.replace(/^#+/, '').trim() ?? '';
      const detail = detailOf(statement.formula);
      const selection = spanOf(statement.keyword);
      return [
        { name: name === '' ? 'check' : name, detail, kind: 'check', selection, children: [], ...place },
      ];
    }
    case 'block': {
      const children = statement.lines.flatMap((line) => entriesOf(line, source));
      const selection = spanOf(statement.head);
      return [{ name: 'for each step', detail: '', kind: 'block', selection, children, ...place }];
    }
    case 'unreadable':
      return [];
  }
}

/** What can be folded in a cell: the block, statements over several lines, and comments of several lines. */
export function foldingRanges(source: string): FoldingRange[] {
  const tree = parse(source, new Problems());
  const regions = tree.statements
    .filter(({ kind, start, end }) => kind !== 'unreadable' && /[\r\n]/.test(source.slice(start, end)))
    .map(({ start, end }): FoldingRange => ({ kind: 'region', start, end }));
  return [...regions, ...commentRuns(tree)].sort((a, b) => a.start - b.start);
}

/** Comments on lines of their own that follow each other. */
function commentRuns({ tokens }: Tree): FoldingRange[] {
  const runs: { start: number; end: number; lines: number }[] = [];
  let open = false;
  let freshLine = true;
  for (const token of tokens) {
    if (token.kind === 'newline') {
      if (freshLine) open = false;
      freshLine = true;
      continue;
    }
    const run = runs.at(-1);
    if (token.kind === 'comment' && freshLine && open && run !== undefined) {
      run.end = token.end;
      run.lines += 1;
    } else if (token.kind === 'comment' && freshLine) {
      runs.push({ start: token.start, end: token.end, lines: 1 });
      open = true;
    } else {
      open = false;
    }
    freshLine = false;
  }
  return runs.filter((run) => run.lines > 1).map(({ start, end }) => ({ kind: 'comment', start, end }));
}
