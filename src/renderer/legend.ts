import type { Run } from '../kernel/index.ts';
import { element, svgElement } from './dom.ts';
import { formatNumber } from './numbers.ts';
import { dashArray, styleOf } from './scene.ts';
import type { Scene } from './scene.ts';

/** The runs of a sweep: which line is whose, and which one is in front. */
export class Legend {
  readonly element = element('div', { class: 'gd-legend', role: 'radiogroup', 'aria-label': 'Runs' });
  readonly #name = `gd-run-${crypto.randomUUID()}`;
  readonly #select: (run: number) => void;
  #items: readonly { input: HTMLInputElement; sample: SVGSVGElement; text: HTMLElement }[] = [];

  constructor(select: (run: number) => void) {
    this.#select = select;
  }

  update(scene: Scene): void {
    this.element.hidden = scene.runs.length < 2;
    if (this.element.hidden) return;
    if (this.#items.length !== scene.runs.length) this.#build(scene.runs.length);
    this.#items.forEach(({ input, sample, text }, index) => {
      const run = scene.runs[index];
      input.checked = index === scene.selected;
      sample.replaceChildren(sampleLine(scene, index));
      if (run !== undefined)
        text.replaceChildren(run.label, element('span', { class: 'gd-note' }, ` → ${endOf(run)}`));
    });
  }

  #build(count: number): void {
    this.#items = Array.from({ length: count }, (_, index) => {
      const input = element('input', { type: 'radio', name: this.#name, value: index });
      input.addEventListener('change', () => {
        this.#select(index);
      });
      const sample = svgElement('svg', {
        width: 28,
        height: 10,
        viewBox: '0 0 28 10',
        'aria-hidden': 'true',
      });
      return { input, sample, text: element('span') };
    });
    this.element.replaceChildren(
      ...this.#items.map(({ input, sample, text }) =>
        element('label', { class: 'gd-legend-item' }, input, sample, text),
      ),
    );
  }
}

function sampleLine(scene: Scene, index: number): SVGElement {
  const { colour, dash } = styleOf(scene.theme, index);
  const width = index === scene.selected ? 3 : 2;
  return svgElement('line', {
    x1: 0,
    x2: 28,
    y1: 5,
    y2: 5,
    stroke: colour,
    'stroke-width': width,
    'stroke-dasharray': dashArray(dash, width),
  });
}

function endOf(run: Run): string {
  return run.outcome === 'diverged'
    ? `diverged at step ${run.firstBadStep ?? 0}`
    : formatNumber(run.final.loss, 5);
}
