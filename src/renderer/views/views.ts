import type { ByParameter } from '../../kernel/index.ts';
import type { Place } from '../curve.ts';
import { describeFit, describeLandscape, describeLoss } from '../describe.ts';
import { element } from '../dom.ts';
import type { Plotly } from '../plotly.ts';
import { selectedRun } from '../scene.ts';
import type { Scene } from '../scene.ts';
import { FitView } from './fit.ts';
import { LandscapeView } from './landscape.ts';
import { LossView } from './loss.ts';
import type { Plot } from './plot.ts';
import { Seat } from './seat.ts';
import { startDragging } from './start-dragging.ts';
import { SurfaceView } from './surface.ts';
import { wholePicture } from './whole-picture.ts';
import type { Picture } from './whole-picture.ts';

export interface ViewHandlers {
  /** A start was chosen on the landscape; `settled` when it was let go. */
  readonly startAt: (start: ByParameter<number>, settled: boolean) => void;
}

/** Which pictures a run has. */
export interface Present {
  readonly loss: boolean;
  readonly landscape: boolean;
  readonly fit: boolean;
  /** Whether a start can be chosen on the landscape. */
  readonly canStart: boolean;
}

interface Drawn {
  readonly loss: LossView;
  readonly landscape: LandscapeView;
  readonly fit: FitView;
}

/** The pictures beside each other, each with its title, its controls and what lies under the pointer. */
export class Views {
  readonly element = element('div', { class: 'gd-views' });
  readonly loss = new Seat('loss', 'Loss');
  readonly landscape = new Seat('landscape', 'Landscape');
  readonly fit = new Seat('fit', 'Fit');
  readonly #handlers: ViewHandlers;
  #plotly: Plotly | undefined;
  #drawn: Drawn | undefined;
  #surface: SurfaceView | undefined;
  #scene: Scene | undefined;
  #canStart = false;

  constructor(handlers: ViewHandlers) {
    this.#handlers = handlers;
  }

  /** Takes the room that the pictures will need. */
  lay(present: Present): void {
    const seats = [
      ...(present.loss ? [this.loss] : []),
      ...(present.landscape ? [this.landscape] : []),
      ...(present.fit ? [this.fit] : []),
    ];
    this.element.dataset['views'] = String(seats.length);
    this.element.replaceChildren(...seats.map((seat) => seat.element));
    this.landscape.element.classList.toggle('gd-can-start', present.canStart);
    this.#canStart = present.canStart;
  }

  start(plotly: Plotly): void {
    if (this.#drawn !== undefined) return;
    this.#plotly = plotly;
    const [loss, landscape, fit] = [new LossView(plotly), new LandscapeView(plotly), new FitView(plotly)];
    this.#drawn = { loss, landscape, fit };
    this.loss.hold(loss.plot.element, (at) =>
      this.#scene === undefined ? '' : loss.readAt(this.#scene, at),
    );
    this.landscape.hold(landscape.plot.element, (at) => landscape.readAt(at));
    this.fit.hold(fit.plot.element, (at) => (this.#scene === undefined ? '' : fit.readAt(this.#scene, at)));
    startDragging(landscape.plot, (place, settled) => {
      this.#startAt(place, settled);
    });
  }

  /** Shows the landscape as a surface, or as a map again. */
  showSurface(on: boolean): void {
    if (this.#plotly === undefined || this.#drawn === undefined || on === (this.#surface !== undefined))
      return;
    if (on) {
      this.#surface = new SurfaceView(this.#plotly);
      this.landscape.hold(this.#surface.element, () => '');
    } else {
      const { landscape } = this.#drawn;
      this.landscape.hold(landscape.plot.element, (at) => landscape.readAt(at));
      this.#surface?.free();
      this.#surface = undefined;
    }
    if (this.#scene !== undefined) this.draw(this.#scene);
  }

  draw(scene: Scene): void {
    this.#scene = scene;
    if (this.#drawn === undefined) return;
    this.#drawn.loss.draw(scene);
    if (this.#surface === undefined) this.#drawn.landscape.draw(scene);
    else this.#surface.draw(scene);
    this.#drawn.fit.draw(scene);
    this.#describe(scene);
  }

  /**
   * Draws other runs into the pictures; the contours and the data stay.
   * @param live - more runs follow at once, as a slider moves
   */
  drawRuns(scene: Scene, live: boolean): void {
    this.#scene = scene;
    if (this.#drawn === undefined) return;
    if (live) this.#drawn.loss.drawLive(scene);
    else this.#drawn.loss.draw(scene);
    if (this.#surface === undefined) this.#drawn.landscape.drawPaths(scene);
    else this.#surface.move(scene);
    this.#drawn.fit.move(scene);
    this.#describe(scene);
  }

  /** Moves the pictures to another step. */
  move(scene: Scene): void {
    this.#scene = scene;
    if (this.#drawn === undefined) return;
    this.#drawn.loss.move(scene);
    if (this.#surface === undefined) this.#drawn.landscape.move(scene);
    else this.#surface.move(scene);
    this.#drawn.fit.move(scene);
  }

  /** All pictures as one, laid out as they are on the screen. */
  async picture(): Promise<Picture | undefined> {
    const [scene, drawn] = [this.#scene, this.#drawn];
    if (scene === undefined || drawn === undefined) return undefined;
    const pairs: [Seat, Plot][] = [
      [this.loss, drawn.loss.plot],
      [this.landscape, drawn.landscape.plot],
      [this.fit, drawn.fit.plot],
    ];
    return wholePicture(this.element, pairs, scene.theme);
  }

  free(): void {
    this.#drawn?.loss.free();
    this.#drawn?.landscape.free();
    this.#drawn?.fit.free();
    this.#surface?.free();
    this.#drawn = undefined;
    this.#surface = undefined;
    this.element.remove();
  }

  #startAt({ x, y }: Place, settled: boolean): void {
    const grid = this.#scene?.landscape;
    if (grid === undefined || !this.#canStart) return;
    const start = Object.create(null) as Record<string, number>;
    start[grid.x] = x;
    if (grid.y !== undefined) start[grid.y] = y;
    this.#handlers.startAt(start, settled);
  }

  #describe(scene: Scene): void {
    this.loss.describe(describeLoss(scene));
    this.landscape.describe(describeLandscape(scene));
    this.fit.describe(describeFit(scene));
    this.loss.explain(lossKey(scene));
    this.landscape.explain(this.#surface === undefined ? '○ start  ● now  + lowest' : 'drag to turn');
  }
}

function lossKey(scene: Scene): string {
  const run = selectedRun(scene);
  const parts = [
    ...(run?.batchLoss === undefined ? [] : ['bold: all data', 'faint: each batch']),
    ...(run?.validationLoss === undefined ? [] : ['dotted: validation']),
  ];
  return parts.join('  ');
}
