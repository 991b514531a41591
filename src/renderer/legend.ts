import type { Run } from '../kernel/index.ts';
import { divergedText } from '../output/index.ts';
import { element, svgElement } from './dom.ts';
import { formatNumber } from './numbers.ts';
import { dashArray, styleOf } from './scene.ts';
import type { RunStyle, Scene } from './scene.ts';

/** One line of the legend. */
export interface LegendEntry extends RunStyle {
  readonly label: string;
  /** How it ended. */
  readonly note: string;
}

/** The runs of a sweep, or the curves of a log: which line is whose, and which one is in front. */
export class Legend {
  readonly element: HTMLElement;
  readonly #name = `gd-run-${crypto.randomUUID()}`;
  readonly #select: (run: number) => void;
  #items: readonly { input: HTMLInputElement; sample: SVGSVGElement; text: HTMLElement }[] = [];

  constructor(select: (run: number) => void, name = 'Runs') {
    this.#select = select;
    this.element = element('div', { class: 'gd-legend', role: 'radiogroup', 'aria-label': name });
  }

  update({ theme, runs, selected }: Scene): void {
    this.show(
      runs.map((run, index) => ({ ...styleOf(theme, index), label: run.label, note: endOf(run) })),
      selected,
    );
  }

  show(entries: readonly LegendEntry[], selected: number): void {
    this.element.hidden = entries.length < 2;
    if (this.element.hidden) return;
    if (this.#items.length !== entries.length) this.#build(entries.length);
    this.#items.forEach(({ input, sample, text }, index) => {
      const entry = entries[index];
      if (entry === undefined) return;
      input.checked = index === selected;
      sample.replaceChildren(sampleLine(entry, index === selected));
      text.replaceChildren(entry.label, element('span', { class: 'gd-note' }, ` → ${entry.note}`));
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

function sampleLine({ colour, dash }: RunStyle, inFront: boolean): SVGElement {
  const width = inFront ? 3 : 2;
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
  return run.outcome === 'diverged' ? divergedText(run) : formatNumber(run.final.loss, 5);
}
