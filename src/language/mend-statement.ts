import type { Cursor } from './cursor.ts';
import { isSign, type Line } from './layout.ts';
import { parseFormula } from './parse-formula.ts';
import { parseParameters } from './parse-parameters.ts';
import { parseValue } from './parse-value.ts';
import { insertAt, replaceBy } from './problems.ts';
import type { Token } from './scanner.ts';
import { nearest } from './suggest.ts';
import type { Assignment, Expression, Statement } from './syntax.ts';
import { removeStatement } from './text-lines.ts';
import { isFormulaSetting, isSetting } from './words/words.ts';

/** `name -= value`, read as `name = name - value`. */
export function parseCompound(cursor: Cursor, name: Assignment['name'], sign: Token): Assignment {
  cursor.next();
  const value = parseFormula(cursor);
  const operator = sign.text.charAt(0);
  const { text } = cursor.textOf(value);
  const operand = needsBrackets(operator, value) ? `(${text})` : text;
  const whole = `${name.name} = ${name.name} ${operator} ${operand}`;
  const span = { start: name.start, end: value.end };
  // A setting has no value before its own line that it could be made of.
  const isOfSetting = isSetting(name.name) && !isFormulaSetting(name.name);
  const fix = isOfSetting ? undefined : replaceBy(span, whole, `Write \`${whole}\``);
  cursor.problems.add('compound-assignment', sign, { sign: sign.text }, [fix]);
  const read = {
    kind: 'sum',
    terms: [
      { negative: false, operand: name },
      { negative: operator === '-', operand: value },
    ],
  } as const;
  return { kind: 'assignment', name, value: { ...read, ...span }, ...span };
}

/** True where a value behind a sign would be another one without brackets around it. */
function needsBrackets(operator: string, value: Expression): boolean {
  switch (value.kind) {
    case 'sum':
    case 'comparison':
    case 'negation':
      return true;
    case 'product':
      return value.isWordChain === true || operator === '*' || operator === '/';
    default:
      return false;
  }
}

/** What other tools call on a loss, an optimizer or a gradient to have it do its part of a step. */
const callsOfStep: ReadonlySet<string> = new Set(['backward', 'step', 'zero_grad', 'zero_']);

/** `loss.backward()`, which no line here needs to say. */
export function parseCallOfStep(cursor: Cursor, { tokens, start, end }: Line): Statement | undefined {
  const [object, dot] = tokens;
  if (object.kind !== 'name' || dot?.text !== '.' || dot.start !== object.end) return undefined;
  const bracket = tokens.findIndex((token) => isSign(token, '('));
  const name = tokens[bracket - 1];
  if (name?.kind !== 'name' || !callsOfStep.has(name.text) || !isSign(tokens.at(-1), ')')) return undefined;
  cursor.absorbRest();
  cursor.problems.add('call-of-step', { start, end }, cursor.textOf({ start, end }), () => [
    removeStatement(cursor.source, { start, end }, 'Delete this statement'),
  ]);
  return { kind: 'unreadable', start, end };
}

/** A line that begins nearly like a statement, read as that statement. */
export function parseMended(cursor: Cursor, line: Line): Statement | undefined {
  const { tokens } = line;
  const [first, second] = tokens;
  const equals = tokens.findIndex((token) => isSign(token, '='));
  const words = tokens.slice(0, Math.max(1, equals));
  // `learning-rate` is meant as one name, too.
  const name = words.flatMap((token) => (isSign(token, '-') ? [] : [token.text])).join('_');
  if (first.kind !== 'name' || second === undefined) return undefined;
  if (equals === 2 && isNearlyParameters(first.text)) {
    const fix = replaceBy(first, 'parameters', 'Write `parameters`');
    cursor.problems.add('statement-expected', first, cursor.textOf(first), [fix]);
    return parseParameters(cursor, first);
  }
  const isHyphened = isSign(second, '-') && equals > 2;
  if (!isSetting(name) || (second.kind === 'operator' && !isHyphened)) return undefined;
  const place = { start: first.start, end: words.at(-1)?.end ?? first.end };
  if (equals === -1) {
    cursor.problems.add('missing-equals', first, { name }, [insertAt(first.end, ' =', 'Insert `=`')]);
    cursor.next();
  } else {
    const fix = replaceBy(place, name, `Write \`${name}\``);
    cursor.problems.add('statement-expected', place, cursor.textOf(place), [fix]);
    for (let count = 0; count <= equals; count += 1) cursor.next();
  }
  const value = parseValue(cursor, name);
  const end = Math.max(cursor.end(), value.end);
  return { kind: 'assignment', name: { kind: 'name', name, ...place }, value, start: place.start, end };
}

function isNearlyParameters(text: string): boolean {
  return /^param/i.test(text) || nearest(text, ['parameters']) !== undefined;
}

/** A line that no statement begins like. */
export function reportUnreadable(cursor: Cursor, line: Line): Statement {
  const { tokens, start, end } = line;
  const [first, second] = tokens;
  const equals = tokens.findIndex((token) => isSign(token, '='));
  if (first.kind === 'column' && isSign(second, '=')) {
    cursor.problems.add('column-defined', first, { column: first.text });
  } else if (first.kind === 'name' && second === undefined) {
    cursor.problems.add('missing-equals', first, { name: first.text });
  } else if (tokens.some((token) => token.kind !== 'unknown')) {
    const isImport = /^(?:import|from)$/.test(first.text) && equals === -1;
    cursor.problems.add('statement-expected', line, cursor.textOf(line), () => [
      isImport ? removeStatement(cursor.source, line, 'Delete this line') : undefined,
    ]);
  }
  return { kind: 'unreadable', start, end };
}
