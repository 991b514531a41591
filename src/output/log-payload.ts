import type { Curve, Diagnosis } from '../kernel/index.ts';

/** The MIME type of the figure of a training log. */
export const logMimeType = 'application/vnd.gdnb.log+json';

/** Raised with every change of the form that an older figure could not draw. */
export const logPayloadVersion = 1;

/** What the editor hands to the figure about the training log that a cell names. */
export interface LogPayload {
  readonly version: typeof logPayloadVersion;
  /** Stays the same when the log is read again, so that a figure keeps what a person looks at. */
  readonly cell: string;
  /** The log's file, as the cell names it. */
  readonly file: string;
  /** 'reading' while `reading` messages tell how far it has come; 'stopped' where a person ended that. */
  readonly state: 'reading' | 'stopped' | 'complete';
  /** How much of the file was read, in bytes. */
  readonly bytes: number;
  readonly bytesTotal: number;
  /** The main one first; none before the log is read. */
  readonly curves: readonly JudgedCurve[];
  /** How many more curves the log has. */
  readonly curvesLeftOut: number;
}

/** A curve of a log, thinned where it is long, with what it shows. */
export interface JudgedCurve extends Curve {
  /** The program that wrote the log, by its name. */
  readonly writtenBy: string;
  readonly stepUnit: 'step' | 'epoch' | 'record';
  /** How many entries the curve had before it was thinned. */
  readonly records: number;
  readonly diagnosis: Diagnosis;
}
