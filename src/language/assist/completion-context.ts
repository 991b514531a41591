import type { Span } from '../../kernel/index.ts';
import { isSign, partIntoLines } from '../layout.ts';
import type { Use } from '../names.ts';
import { scan, type Token } from '../scanner.ts';
import { isFormulaSetting, isSetting } from '../words/words.ts';
import { useOf } from './occurrences.ts';

/** What may be written at a place of a cell. */
export type Slot =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'statement' }
  | { readonly kind: 'update line' }
  | { readonly kind: 'block head' }
  | { readonly kind: 'word'; readonly setting: string }
  | { readonly kind: 'batch size' }
  | { readonly kind: 'data' }
  | { readonly kind: 'file'; readonly setting: 'data' | 'training_log' }
  | { readonly kind: 'axis' }
  | { readonly kind: 'formula'; readonly use: Use; readonly target: string }
  | { readonly kind: 'column in backticks' };

export interface CompletionContext {
  readonly slot: Slot;
  /** What a completion replaces: the word that is being written. */
  readonly replaces: Span;
  /** True where an `=` already follows. */
  readonly equalsFollows: boolean;
}

const nothing: Slot = { kind: 'nothing' };

/** What may be written at an offset of a cell, seen from what stands before it. */
export function contextAt(source: string, offset: number): CompletionContext {
  const tokens = scan(source);
  const touched = tokens.find(({ start, end }) => start < offset && offset <= end);
  const rest = tokens.find((token) => token.start >= offset && token !== touched);
  const equalsFollows = isSign(rest, '=');
  const here = { start: offset, end: offset };
  const inside = touched !== undefined && offset < touched.end;
  switch (touched?.kind) {
    case 'comment':
    case 'number':
      return { slot: nothing, replaces: here, equalsFollows };
    case 'text':
      return { slot: slotOfText(source, touched, offset), replaces: touched, equalsFollows };
    case 'column':
      return { slot: { kind: 'column in backticks' }, replaces: touched, equalsFollows };
    case 'name':
      return { slot: slotBefore(source, touched.start), replaces: touched, equalsFollows };
    default:
      return { slot: inside ? nothing : slotBefore(source, offset), replaces: here, equalsFollows };
  }
}

function slotOfText(source: string, text: Token, offset: number): Slot {
  if (offset === text.end && text.flaw === undefined) return nothing;
  const slot = slotBefore(source, text.start);
  if (slot.kind === 'data') return { kind: 'file', setting: 'data' };
  return slot.kind === 'file' ? slot : nothing;
}

/** The slot at an offset at which a word could begin. A stand-in for that word shows which line it belongs to. */
function slotBefore(source: string, offset: number): Slot {
  const lines = partIntoLines(source, scan(`${source.slice(0, offset)} x`));
  const line = lines.at(-1);
  if (line === undefined) return nothing;
  const before = line.tokens.slice(0, -1);
  const [first, second] = before;
  const inBlock = isInBlock(lines);
  if (first === undefined) return { kind: inBlock ? 'update line' : 'statement' };
  if (first.kind !== 'name') return nothing;
  if (isSign(second, '=')) return slotOfValue(first.text, before.slice(2), inBlock);
  if (first.text === 'parameters') return slotOfStart(before);
  if (first.text === 'check') return formulaSlot(before.slice(1), 'check', '');
  if (first.text === 'for' && before.length === 1) return { kind: 'block head' };
  return nothing;
}

/** True where the last line is indented below a `for` line, with nothing less indented between. */
function isInBlock(lines: ReturnType<typeof partIntoLines>): boolean {
  const own = lines.at(-1)?.indent ?? 0;
  for (const line of lines.slice(0, -1).reverse()) {
    const [first, second] = line.tokens;
    const isHead = first.text === 'for' && !isSign(second, '=');
    if (isHead) return line.indent < own;
    if (line.indent < own) return false;
  }
  return false;
}

function slotOfValue(name: string, before: readonly Token[], inBlock: boolean): Slot {
  switch (name) {
    case 'data':
      return before.length === 0 ? { kind: 'data' } : nothing;
    case 'training_log':
      return before.length === 0 ? { kind: 'file', setting: 'training_log' } : nothing;
    case 'landscape':
      return isSign(before.at(-1), '[') || isSign(before.at(-1), ',') ? { kind: 'axis' } : nothing;
    case 'optimizer':
    case 'precision':
      return beginsItem(before) ? { kind: 'word', setting: name } : nothing;
    case 'batch_size':
      return beginsItem(before) ? { kind: 'batch size' } : formulaSlot(before, 'constant', name);
    default:
      return formulaSlot(
        before,
        inBlock && !isFormulaSetting(name) && !isSetting(name) ? 'update' : useOf(name),
        name,
      );
  }
}

function beginsItem(before: readonly Token[]): boolean {
  return before.length === 0 || isSign(before.at(-1), '[') || isSign(before.at(-1), ',');
}

function slotOfStart(before: readonly Token[]): Slot {
  const equals = before.findLastIndex((token) => isSign(token, '='));
  const value = before.slice(equals + 1);
  let open = 0;
  for (const token of value) {
    if (isSign(token, '(') || isSign(token, '[')) open += 1;
    if (isSign(token, ')') || isSign(token, ']')) open -= 1;
  }
  const newStart = equals === -1 || (open === 0 && isSign(value.at(-1), ','));
  return newStart ? nothing : formulaSlot(value, 'start', '');
}

/** A formula's word may stand where an operand is expected: not behind another one. */
function formulaSlot(before: readonly Token[], use: Use, target: string): Slot {
  const last = before.at(-1);
  const operandEnds =
    last !== undefined &&
    (last.kind !== 'operator' || isSign(last, ')') || isSign(last, ']') || isSign(last, '..'));
  return operandEnds ? nothing : { kind: 'formula', use, target };
}
