import type { Span } from '../../kernel/index.ts';
import { parse } from '../parse.ts';
import { Problems } from '../problems.ts';
import { isExpression, walk, type CallNode, type Statement, type Value } from '../syntax.ts';
import { textLinesOf } from '../text-lines.ts';
import { functionsByName } from '../words/words.ts';

/** What a function takes, and which of it is being written. */
export interface SignatureHelp {
  /** `huber(prediction, truth, delta)` */
  readonly label: string;
  readonly documentation: string;
  /** Each argument as a range of the label. */
  readonly parameters: readonly (Span & { readonly documentation: string })[];
  readonly activeParameter: number;
}

/** Help for the innermost call around an offset; `undefined` where there is none. */
export function signatureHelp(source: string, offset: number): SignatureHelp | undefined {
  const { statements } = parse(source, new Problems());
  const values = statements.flatMap(valuesOf);
  let innermost: CallNode | undefined;
  for (const value of values) {
    if (!isExpression(value)) continue;
    walk(value, (part) => {
      if (part.kind === 'call' && isInside(source, part, offset)) innermost = part;
    });
  }
  return innermost && helpFor(innermost, offset);
}

function valuesOf(statement: Statement): Value[] {
  switch (statement.kind) {
    case 'assignment':
      return [statement.value];
    case 'parameters':
      return statement.starts.map((start) => start.value);
    case 'check':
      return [statement.formula];
    case 'block':
      return statement.lines.map((line) => line.value);
    case 'unreadable':
      return [];
  }
}

/** A call without its closing bracket goes on to the end of its text line. */
function isInside(source: string, call: CallNode, offset: number): boolean {
  const isClosed = call.end > call.inside.end;
  const end = isClosed ? call.inside.end : textLinesOf(source, call).end;
  return call.inside.start <= offset && offset <= end;
}

function helpFor(call: CallNode, offset: number): SignatureHelp | undefined {
  const word = functionsByName.get(call.name.name);
  if (word === undefined) return undefined;
  let from = word.name.length + 1;
  const parameters = word.parameters.map(({ name, documentation }) => {
    const start = from;
    from += name.length + 2;
    return { start, end: start + name.length, documentation };
  });
  const commas = call.commas.filter((comma) => comma < offset).length;
  const activeParameter = word.variadic ? Math.min(commas, parameters.length - 1) : commas;
  return { label: word.signature, documentation: word.documentation, parameters, activeParameter };
}
