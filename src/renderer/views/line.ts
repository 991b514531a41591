import type { Data } from 'plotly.js-dist-min';

import type { RunStyle } from '../scene.ts';

/** One line of a picture, as it is to be drawn. */
export interface Line {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly colour: string;
  readonly width: number;
  readonly dash: RunStyle['dash'];
  readonly opacity: number;
}

/** A line as Plotly draws it. One of at most `fewPoints` points has dots: a single one would not be seen. */
export function asTrace({ x, y, colour, width, dash, opacity }: Line, fewPoints = 1): Data {
  return {
    type: 'scatter',
    mode: x.length <= fewPoints ? 'lines+markers' : 'lines',
    x: [...x],
    y: [...y],
    line: { color: colour, width, dash },
    marker: { color: colour, size: dotSize(width) },
    opacity,
  };
}

/** The diameter of the dots on a line so wide. */
export function dotSize(width: number): number {
  return width + 3;
}
