import { logPayloadVersion, type LogPayload } from './log-payload.ts';
import type { FigureNotice } from './messages.ts';
import { payloadVersion, type RunPayload } from './payload.ts';
import { readValue, writeValue } from './value.ts';

/** A payload that this version cannot read. */
export class PayloadError extends Error {
  override readonly name = 'PayloadError';
}

/** A payload as JSON text; NaN, the infinities and every bit of every number survive. */
export function encodePayload(payload: RunPayload): string {
  return writeValue(payload);
}

/** Reads what `encodePayload` wrote. @throws PayloadError for anything else, or for another version */
export function decodePayload(text: string): RunPayload {
  const value = readObject(text);
  if (!isPayload(value)) throw otherVersion(value, payloadVersion);
  return value;
}

/** A training log as JSON text; NaN, the infinities and every bit of every number survive. */
export function encodeLog(payload: LogPayload): string {
  return writeValue(payload);
}

/** Reads what `encodeLog` wrote. @throws PayloadError for anything else, or for another version */
export function decodeLog(text: string): LogPayload {
  const value = readObject(text);
  if (!isLog(value)) throw otherVersion(value, logPayloadVersion);
  return value;
}

/** A message to the figures; plain messages would lose typed arrays on their way. */
export function encodeNotice(notice: FigureNotice): string {
  return writeValue(notice);
}

/** Reads what `encodeNotice` wrote; undefined for any other message. */
export function decodeNotice(message: unknown): FigureNotice | undefined {
  if (typeof message !== 'string') return undefined;
  try {
    const value = readObject(message);
    return isNotice(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function readObject(text: string): object {
  let value: unknown;
  try {
    value = readValue(text);
  } catch {
    throw new PayloadError('The data of this figure is damaged: run the cell again.');
  }
  if (typeof value !== 'object' || value === null) {
    throw new PayloadError('The data of this figure is damaged: run the cell again.');
  }
  return value;
}

function isPayload(value: object): value is RunPayload {
  return (
    'version' in value && value.version === payloadVersion && 'runs' in value && Array.isArray(value.runs)
  );
}

function isLog(value: object): value is LogPayload {
  return (
    'version' in value &&
    value.version === logPayloadVersion &&
    'curves' in value &&
    Array.isArray(value.curves)
  );
}

function isNotice(value: object): value is FigureNotice {
  if (!('type' in value)) return false;
  if (value.type === 'progress') return 'runs' in value && Array.isArray(value.runs);
  if (value.type === 'reading') return 'bytes' in value && typeof value.bytes === 'number';
  if (value.type === 'reveal') return 'scroll' in value && typeof value.scroll === 'boolean';
  return value.type === 'diagnosis' && 'diagnoses' in value && Array.isArray(value.diagnoses);
}

function otherVersion(value: object, here: number): PayloadError {
  const version =
    'version' in value && typeof value.version === 'number'
      ? `data version ${value.version}, here ${here}`
      : 'no data version';
  return new PayloadError(
    `This figure was made by another version of the extension (${version}): run the cell again.`,
  );
}
