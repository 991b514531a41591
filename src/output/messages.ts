import type { Run } from '../kernel/index.ts';

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
      /** Edit the cell whose text still is `source`, focus it so that undo reaches it, and run it again. */
      readonly type: 'edit';
      readonly cell: string;
      readonly source: string;
      readonly edits: readonly SourceEdit[];
    }
  | { readonly type: 'copy'; readonly text: string };

/** What the editor tells the figures. */
export type FigureNotice = {
  /** The runs of a cell so far; sent while `RunPayload.state` is 'running'. */
  readonly type: 'progress';
  readonly cell: string;
  readonly runs: readonly Run[];
  readonly stepsTotal: number;
  readonly secondsLeft?: number;
};
