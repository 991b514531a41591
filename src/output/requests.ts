import type { FigureRequest, SourceEdit } from './messages.ts';

/** What a figure asks, from a message of any form; undefined for what is no request. */
export function readRequest(message: unknown): FigureRequest | undefined {
  if (!isRecord(message)) return undefined;
  const { type, cell, source, edits, text, isInView } = message;
  if (type === 'copy' && typeof text === 'string') return { type, text };
  if (type === 'hello') return { type };
  if (typeof cell !== 'string') return undefined;
  if (type === 'diagnose') return { type, cell };
  if (type === 'revealed' && typeof isInView === 'boolean') return { type, cell, isInView };
  if ((type !== 'edit' && type !== 'fix') || typeof source !== 'string') return undefined;
  if (!Array.isArray(edits) || !edits.every(isEditOf(source))) return undefined;
  return { type, cell, source, edits };
}

function isEditOf(source: string): (edit: unknown) => edit is SourceEdit {
  const isOffset = (value: unknown): value is number =>
    Number.isInteger(value) && Number(value) >= 0 && Number(value) <= source.length;
  return (edit): edit is SourceEdit =>
    isRecord(edit) &&
    isOffset(edit['start']) &&
    isOffset(edit['end']) &&
    edit['start'] <= edit['end'] &&
    typeof edit['text'] === 'string';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
