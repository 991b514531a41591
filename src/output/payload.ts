import type { ByParameter, Run, Table } from '../kernel/index.ts';

/** The MIME type of a run's figure. */
export const runMimeType = 'application/vnd.gdnb.run+json';

/** Raised with every change of the form that an older figure could not draw. */
export const payloadVersion = 1;

/**
 * What the editor hands to the figure about one execution of one cell. A figure that holds `table` can run the
 * experiment again by itself; data too large to send leaves it out and sends `fit` for a sample instead.
 */
export interface RunPayload {
  readonly version: typeof payloadVersion;
  /** Stays the same when the cell runs again, so that a figure finds the run before this one. */
  readonly cell: string;
  /** The text of the cell that ran. */
  readonly source: string;
  /** 'running' while the runs still grow by `progress` messages. */
  readonly state: 'running' | 'complete';
  /** One run, or one for each item of a sweep. */
  readonly runs: readonly Run[];
  /** The columns that the experiment uses; absent without data and where they are too large to send. */
  readonly table?: Table;
  readonly landscape?: LandscapeGrid;
  readonly fit?: FitSample;
}

/** The loss over a window of one or two parameters; `loss` is row-major with y outer, shape `[ys, xs]`. */
export interface LandscapeGrid {
  readonly x: string;
  /** Absent for a landscape of one parameter; `ys` is then empty and `loss` has the shape `[xs]`. */
  readonly y?: string;
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  readonly loss: Float64Array;
  /** The lowest point near the path, where there is one. */
  readonly minimum?: ByParameter<number>;
}

/** The predictions of the first run at its start and its end for a sample of the examples; arrays of one length. */
export interface FitSample {
  /** The one input of the prediction; absent where several enter it. */
  readonly x?: Float64Array;
  readonly xLabel?: string;
  readonly truth: Float64Array;
  readonly atStart: Float64Array;
  readonly atEnd: Float64Array;
}
