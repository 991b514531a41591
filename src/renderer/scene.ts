import type { ByParameter, Run } from '../kernel/index.ts';
import type { LandscapeGrid } from '../output/index.ts';
import type { Theme } from './theme.ts';

export type LossScale = 'log' | 'linear';

/** What the fit shows: the examples, and what the selected run predicts for them. */
export interface Fit {
  /** The one input of the prediction; absent where several enter it: then predicted is drawn against true. */
  readonly x?: Float64Array;
  readonly xLabel?: string;
  readonly truth: Float64Array;
  readonly predictionAt: (run: number, entry: number) => Float64Array | undefined;
}

/** A step of the selected run as an arrow: where the parameters go next on the landscape's axes. */
export type Slope = (run: number, entry: number) => ByParameter<number> | undefined;

/** Everything that the figure shows at one moment, but for the colours. */
export interface Content {
  readonly runs: readonly Run[];
  /** What was there before the latest change, drawn faintly behind. */
  readonly ghosts: readonly Run[];
  readonly selected: number;
  /** The entry of the selected run's record at which the timeline stands. */
  readonly entry: number;
  readonly lossScale: LossScale;
  readonly landscape?: LandscapeGrid;
  readonly fit?: Fit;
}

export interface Scene extends Content {
  readonly theme: Theme;
}

export function selectedRun(content: Content): Run | undefined {
  return content.runs[content.selected];
}

/** How one run of a sweep is told apart: by colour and by the dashes of its line. */
export interface RunStyle {
  readonly colour: string;
  readonly dash: 'solid' | 'dash' | 'dot' | 'dashdot' | 'longdash' | 'longdashdot';
}

/** Dots are for losses on validation rows. */
const dashes = ['solid', 'dash', 'dashdot', 'longdash', 'longdashdot'] as const;

export function styleOf(theme: Theme, run: number): RunStyle {
  return {
    colour: theme.series[run % theme.series.length] ?? theme.foreground,
    dash: dashes[run % dashes.length] ?? 'solid',
  };
}

/** An SVG `stroke-dasharray` that looks as Plotly's dash of that name does on a line `width` wide. */
export function dashArray(dash: RunStyle['dash'], width: number): string | undefined {
  const patterns = {
    dash: [4, 3],
    dot: [1, 2],
    dashdot: [4, 2, 1, 2],
    longdash: [7, 3],
    longdashdot: [7, 2, 1, 2],
  };
  return dash === 'solid' ? undefined : patterns[dash].map((length) => length * width).join(' ');
}
