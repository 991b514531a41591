import { svgElement } from './dom.ts';

const shapes = {
  first: 'M3 3h1.5v10H3zM13 3v10L5.5 8z',
  back: 'M10.5 3v10L3.5 8zM11.5 3H13v10h-1.5z',
  play: 'M4 2.5v11L13 8z',
  pause: 'M4 3h3v10H4zM9 3h3v10H9z',
  forward: 'M3 3h1.5v10H3zM5.5 3v10l7-5z',
  last: 'M3 3v10l7.5-5zM11.5 3H13v10h-1.5z',
  warning: 'M8 1.6 15.2 14H.8zM7.3 6v4h1.4V6zm0 5.2v1.4h1.4v-1.4z',
  passed: 'M6.3 12.2 2.4 8.3l1.2-1.2 2.7 2.7 6.1-6.1 1.2 1.2z',
  failed: 'M8 6.8 12 2.8 13.2 4 9.2 8l4 4-1.2 1.2-4-4-4 4L2.8 12l4-4-4-4L4 2.8z',
  copy: 'M5 1.5h9.5V11H13V3H5zM1.5 5H11v9.5H1.5zM3 6.5V13h6.5V6.5z',
} as const;

export type IconName = keyof typeof shapes;

/** A picture beside a text or in a named button: itself silent for screen readers. */
export function icon(name: IconName): SVGSVGElement {
  return svgElement(
    'svg',
    { class: 'gd-icon', viewBox: '0 0 16 16', width: 16, height: 16, 'aria-hidden': 'true' },
    svgElement('path', { d: shapes[name], fill: 'currentColor' }),
  );
}
