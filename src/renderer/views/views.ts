import { element } from '../dom.ts';
import type { Plotly } from '../plotly.ts';
import type { Scene } from '../scene.ts';
import { FitView } from './fit.ts';
import { LandscapeView } from './landscape.ts';
import { LossView } from './loss.ts';
import type { Plot } from './plot.ts';

type Name = 'loss' | 'landscape' | 'fit';

interface Seat {
  readonly section: HTMLElement;
  readonly reading: HTMLElement;
}

const titles: Readonly<Record<Name, string>> = { loss: 'Loss', landscape: 'Landscape', fit: 'Fit' };

/** The pictures beside each other, each with its title and what lies under the pointer. */
export class Views {
  readonly element = element('div', { class: 'gd-views' });
  readonly #seats: Readonly<Record<Name, Seat>> = {
    loss: makeSeat('loss'),
    landscape: makeSeat('landscape'),
    fit: makeSeat('fit'),
  };
  #views: { loss: LossView; landscape: LandscapeView; fit: FitView } | undefined;
  #scene: Scene | undefined;

  /** Takes the room that the pictures will need. */
  lay(present: { readonly landscape: boolean; readonly fit: boolean }): void {
    const names: Name[] = ['loss', ...(present.landscape ? (['landscape'] as const) : [])];
    if (present.fit) names.push('fit');
    this.element.dataset['views'] = String(names.length);
    this.element.replaceChildren(...names.map((name) => this.#seats[name].section));
  }

  start(plotly: Plotly): void {
    if (this.#views !== undefined) return;
    this.#views = {
      loss: new LossView(plotly),
      landscape: new LandscapeView(plotly),
      fit: new FitView(plotly),
    };
    const { loss, landscape, fit } = this.#views;
    this.#seatPlot('loss', loss.plot, (at) =>
      this.#scene === undefined ? '' : loss.readAt(this.#scene, at),
    );
    this.#seatPlot('landscape', landscape.plot, (at) => landscape.readAt(at));
    this.#seatPlot('fit', fit.plot, (at) => (this.#scene === undefined ? '' : fit.readAt(this.#scene, at)));
  }

  draw(scene: Scene): void {
    this.#scene = scene;
    this.#views?.loss.draw(scene);
    this.#views?.landscape.draw(scene);
    this.#views?.fit.draw(scene);
  }

  free(): void {
    this.#views?.loss.free();
    this.#views?.landscape.free();
    this.#views?.fit.free();
    this.#views = undefined;
    this.element.remove();
  }

  #seatPlot(name: Name, plot: Plot, read: (at: { x: number; y: number }) => string): void {
    const { section, reading } = this.#seats[name];
    section.querySelector('.gd-plot')?.replaceWith(plot.element);
    plot.element.setAttribute('aria-label', titles[name]);
    plot.element.addEventListener('pointermove', (event) => {
      const { left, top } = plot.element.getBoundingClientRect();
      reading.textContent = read({ x: event.clientX - left, y: event.clientY - top });
    });
    plot.element.addEventListener('pointerleave', () => {
      reading.textContent = '';
    });
  }
}

function makeSeat(name: Name): Seat {
  const reading = element('span', { class: 'gd-reading' });
  const head = element(
    'div',
    { class: 'gd-view-head' },
    element('span', { class: 'gd-view-title' }, titles[name]),
    reading,
  );
  const section = element(
    'div',
    { class: `gd-view gd-view-${name}`, role: 'group', 'aria-label': titles[name] },
    head,
    element('div', { class: 'gd-plot' }),
  );
  return { section, reading };
}
