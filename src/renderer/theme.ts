import { element } from './dom.ts';
import { mix, readColour, standOut, toCss, toOklab, withoutAlpha } from './colours.ts';
import type { Colour } from './colours.ts';

/** What the pictures take from the editor: resolved colours, since Plotly cannot read CSS variables. */
export interface Theme {
  readonly dark: boolean;
  readonly highContrast: boolean;
  readonly font: string;
  readonly foreground: string;
  readonly muted: string;
  readonly background: string;
  readonly grid: string;
  /** For what marks a place without being data, such as the timeline's line. */
  readonly cursor: string;
  /** One colour for each run of a sweep, each standing out from the background; taken in turn. */
  readonly series: readonly string[];
  /** From the valley's floor to the highest wall; empty in high contrast, where lines alone are drawn. */
  readonly heights: readonly string[];
  /** The same for a surface, which must not fade into the background at its walls. */
  readonly surface: readonly string[];
  readonly contourLine: string;
  readonly minimum: string;
}

const seriesVariables = ['orange', 'blue', 'green', 'purple', 'red', 'yellow', 'foreground'] as const;
const nonTextContrast = 3; // WCAG 2.2, 1.4.11
const heightSteps = 24;

/** The theme at `root`, through the custom properties that figure.css derives from the editor's. */
export function readTheme(root: HTMLElement): Theme {
  const probe = element('span', { class: 'gd-probe' });
  root.append(probe);
  const read = (variable: string, behind: Colour, ink: 'asGiven' | 'solid' = 'asGiven'): Colour => {
    probe.style.color = `var(--gd-${variable})`;
    const css = getComputedStyle(probe).color;
    return readColour(ink === 'solid' ? withoutAlpha(css) : css, behind) ?? behind;
  };
  const background = read('background', [1, 1, 1]);
  const foreground = read('foreground', background);
  const muted = read('muted', background);
  // Some themes make `charts.orange` see-through, for it also marks text; a thin line needs the colour itself.
  const series = seriesVariables.map((name) =>
    standOut(read(`series-${name}`, background, 'solid'), background, nonTextContrast),
  );
  const valley = read('valley', background);
  const { fontFamily } = getComputedStyle(root);
  probe.remove();

  const dark = toOklab(background)[0] < 0.5;
  const highContrast = document.body.classList.contains('vscode-high-contrast');
  return {
    dark,
    highContrast,
    font: fontFamily,
    foreground: toCss(foreground),
    muted: toCss(muted),
    background: toCss(background),
    cursor: toCss(mix(background, foreground, highContrast ? 1 : 0.45)),
    grid: toCss(mix(background, foreground, highContrast ? 0.35 : 0.1)),
    series: series.map((colour) => toCss(colour)),
    heights: highContrast ? [] : heightScale(valley, background, 0.3, 0.94),
    surface: heightScale(valley, background, 0, 0.7),
    contourLine: highContrast
      ? toCss(foreground, 0.55)
      : toCss(mix(background, valley, dark ? 0.8 : 0.9), 0.35),
    minimum: toCss(foreground),
  };
}

/** Even steps for the eye from the valley's colour towards the background: the deep end is the strongest. */
function heightScale(valley: Colour, background: Colour, floor: number, wall: number): string[] {
  return Array.from({ length: heightSteps }, (_, step) =>
    toCss(mix(valley, background, floor + ((wall - floor) * step) / (heightSteps - 1))),
  );
}

/** Calls `changed` whenever the editor changes its colours or fonts. */
export function watchTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, {
    attributes: true,
    attributeFilter: ['class', 'style', 'data-vscode-theme-id'],
  });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['class', 'style'] });
  const scheme = matchMedia('(prefers-color-scheme: dark)');
  scheme.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    scheme.removeEventListener('change', changed);
  };
}
