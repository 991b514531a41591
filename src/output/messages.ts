import type { Run } from '../kernel/index.ts';
import type { RunDiagnosis } from './diagnosis.ts';

/** The id of the figure's renderer in the manifest, which both ends of the messaging need. */
export const figureRendererId = 'gdnb.figure';

/** A replacement of the text between two UTF-16 offsets of a cell. */
export interface SourceEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What a figure asks of the editor. */
export type FigureRequest =
  | {
      /**
       * Edit the cell whose text still is `source`, focus it so that undo reaches it, and run it again; a `fix` of a
       * diagnosis is judged after that.
       */
      readonly type: 'edit' | 'fix';
      readonly cell: string;
      readonly source: string;
      readonly edits: readonly SourceEdit[];
    }
  | {
      /** Say what is wrong with the latest run of the cell. */
      readonly type: 'diagnose';
      readonly cell: string;
    }
  | {
      /** Whether the diagnosis of the cell is in view, as `RevealNotice` asked. */
      readonly type: 'revealed';
      readonly cell: string;
      readonly isInView: boolean;
    }
  | { readonly type: 'copy'; readonly text: string }
  | {
      /** A renderer has been loaded and does not know what was told before. */
      readonly type: 'hello';
    };

/** What the editor tells the figures. */
export type FigureNotice = ProgressNotice | DiagnosisNotice | RevealNotice | ReadingNotice;

export type ProgressNotice = {
  /** The runs of a cell so far; sent while `RunPayload.state` is 'running'. */
  readonly type: 'progress';
  readonly cell: string;
  readonly runs: readonly Run[];
  readonly stepsTotal: number;
  readonly secondsLeft?: number;
};

export type DiagnosisNotice = {
  /**
   * What is wrong with the runs of the text `source` of a cell, one diagnosis for each run, those that need help
   * first; none where it no longer holds, since the cell runs again.
   */
  readonly type: 'diagnosis';
  readonly cell: string;
  readonly source: string;
  readonly diagnoses: readonly RunDiagnosis[];
};

export type RevealNotice = {
  /** Say whether the diagnosis of a cell is in view, and `scroll` to it where it is not. */
  readonly type: 'reveal';
  readonly cell: string;
  readonly scroll: boolean;
};

/** How far the reading of a cell's training log has come, in bytes; all of them when it has ended. */
export type ReadingNotice = {
  readonly type: 'reading';
  readonly cell: string;
  readonly bytes: number;
  readonly bytesTotal: number;
};
