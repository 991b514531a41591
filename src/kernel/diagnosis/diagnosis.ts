import type { Span } from '../formula.ts';

/** What state a run is in; `diagnose` says by which signals. */
export type Condition =
  | 'not-finite'
  | 'exploding'
  | 'spikes'
  | 'oscillating'
  | 'crawling'
  | 'noisy'
  | 'plateau'
  | 'settled'
  | 'overfitting'
  | 'healthy';

/** Why a run is in its condition. */
export type Cause =
  | 'learning-rate'
  | 'feature-scale'
  | 'data'
  | 'domain'
  | 'start'
  | 'update'
  | 'precision'
  | 'direction'
  | 'momentum';

/** A replacement of the text between two UTF-16 offsets of a cell. */
export interface CellEdit extends Span {
  readonly text: string;
}

/** A change that was tried and cures the run; one without edits is for the author to make. */
export interface DiagnosisFix {
  readonly title: string;
  readonly edits?: readonly CellEdit[];
  /** The full training loss with which the run ended when the change was tried; absent where it could not be tried. */
  readonly loss?: number;
}

/** A step of a curve at which something happened that a picture of it can point to. */
export interface Moment {
  /** As the curve counts. */
  readonly step: number;
  /** What happened, in a word or two. */
  readonly label: string;
}

/** What is known of a fix or a finding, under names to be shown as they are. */
export type Evidence = Readonly<Record<string, number | string>>;

/** What state a run is in, why, what shows it, and what cures it. */
export interface Diagnosis {
  readonly condition: Condition;
  readonly cause?: Cause;
  /** One or two sentences. */
  readonly summary: string;
  readonly evidence: Evidence;
  /** The best first. */
  readonly fixes: readonly DiagnosisFix[];
  /** What the curve or the run cannot tell apart, each a sentence. */
  readonly notes: readonly string[];
  /** When it happened, in order; for curves. */
  readonly moments?: readonly Moment[];
  /** The place of the fault in the cell. */
  readonly place?: Span;
}

/** The conditions in which nothing is to be mended. */
export function isWell(condition: Condition): boolean {
  return condition === 'healthy' || condition === 'settled';
}

/** The conditions of a run that goes away from the minimum. */
export function isGrowing(condition: Condition): boolean {
  return condition === 'not-finite' || condition === 'exploding';
}
