import { svgElement } from '../dom.ts';
import type { Theme } from '../theme.ts';
import type { Plot } from './plot.ts';
import type { Seat } from './seat.ts';

/** A picture as SVG, with its size in pixels. */
export interface Picture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/** Around a saved picture, in pixels. */
const border = 16;

/** The pictures of a figure as one, laid out as they are on the screen inside `frame`. */
export async function wholePicture(
  frame: HTMLElement,
  pictures: readonly (readonly [Seat, Plot])[],
  theme: Theme,
): Promise<Picture> {
  const inner = frame.getBoundingClientRect();
  const [x, y] = [inner.x - border, inner.y - border];
  const [width, height] = [inner.width + 2 * border, inner.height + 2 * border];
  const whole = svgElement('svg', {
    xmlns: 'http://www.w3.org/2000/svg',
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    'font-family': theme.font,
  });
  whole.append(svgElement('rect', { width, height, fill: theme.background }));
  for (const [seat, plot] of pictures) {
    const picture = seat.element.isConnected ? await plot.picture() : undefined;
    if (picture === undefined) continue;
    const at = plot.element.getBoundingClientRect();
    picture.setAttribute('x', String(at.left - x));
    picture.setAttribute('y', String(at.top - y));
    const title = { x: at.left - x, y: at.top - y - 6, fill: theme.foreground };
    whole.append(svgElement('text', { ...title, 'font-size': 13, 'font-weight': 600 }, seat.title), picture);
  }
  return { svg: new XMLSerializer().serializeToString(whole), width, height };
}
