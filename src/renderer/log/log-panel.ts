import { describeExtent, progressOf, stoppedText, titleOf } from '../../output/index.ts';
import type { JudgedCurve, LogPayload, ReadingNotice } from '../../output/index.ts';
import { DiagnosisCard } from '../diagnosis-card.ts';
import { element } from '../dom.ts';
import { Footer } from '../footer.ts';
import { keepKeys } from '../keys.ts';
import { Legend } from '../legend.ts';
import { NumbersTable } from '../numbers-table.ts';
import { loadPlotlyFor } from '../plotly.ts';
import { Progress } from '../progress.ts';
import { entryNear, lastEntry } from '../record.ts';
import { ScaleControl } from '../scale-control.ts';
import { styleOf } from '../scene.ts';
import type { Surroundings } from '../surroundings.ts';
import { copyText, savePng, saveSvg } from '../take-away.ts';
import { readTheme, watchTheme } from '../theme.ts';
import type { Theme } from '../theme.ts';
import { LogCursor } from './log-cursor.ts';
import { logCsv, numbersOf } from './log-numbers.ts';
import { LogKey } from './log-key.ts';
import { lossFields, quantitiesOf } from './log-pictures.ts';
import { canBeLogarithmic, selectedCurve } from './log-scene.ts';
import type { LogContent } from './log-scene.ts';
import { LogViews } from './log-views.ts';

/** The name of saved pictures. */
const fileName = 'training-log';

/** The figure of a training log: its curves, what they show, and everything that is done with them. */
export class LogPanel {
  readonly element = element('div', {
    class: 'gd-figure gd-log',
    role: 'figure',
    'aria-label': 'Training log',
    tabindex: -1,
  });
  readonly #surroundings: Surroundings;
  readonly #extent = element('p', { class: 'gd-outcome' });
  readonly #progress = new Progress();
  readonly #legend = new Legend((curve) => {
    this.#select(curve);
  }, 'Curves');
  readonly #views = new LogViews((step) => {
    this.#pointAt(step);
  });
  readonly #cursor = new LogCursor((entry) => {
    this.#moveTo(entry);
  });
  readonly #key = new LogKey();
  readonly #card = new DiagnosisCard(undefined, (text) => copyText(text, this.#surroundings.post));
  readonly #numbers = new NumbersTable();
  readonly #lossScale = new ScaleControl((scale) => {
    this.#surroundings.lossScale = scale;
    if (this.#content === undefined) return;
    this.#content = { ...this.#content, lossScale: scale };
    this.#draw();
  });
  readonly #body: HTMLElement;
  readonly #releases: (() => void)[] = [];
  #content: LogContent | undefined;
  /** Whose diagnosis the card shows: what a person does in the card is not to be undone by drawing anew. */
  #diagnosed: JudgedCurve | undefined;
  #theme: Theme | undefined;
  #frame = 0;
  #isFreed = false;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
    this.#views.lossControls?.append(this.#lossScale.element, this.#key.element);
    this.#body = element(
      'div',
      { class: 'gd-log-body' },
      this.#legend.element,
      this.#views.element,
      this.#cursor.element,
      this.#card.element,
      this.#makeFooter().element,
      this.#numbers.element,
    );
    this.element.append(this.#extent, this.#progress.element, this.#body);
    this.#listen();
  }

  /** Shows a log; what a person looks at in it stays when it is shown again, longer. */
  async show(payload: LogPayload, signal: AbortSignal): Promise<void> {
    this.#progress.hide();
    this.#body.hidden = payload.state !== 'complete';
    if (payload.state === 'reading') this.#tell(payload);
    this.#extent.hidden = payload.state === 'reading';
    if (payload.state === 'stopped') this.#extent.textContent = stoppedText(payload);
    if (payload.state !== 'complete') {
      this.#content = undefined;
      return;
    }
    this.#content = this.#contentOf(payload);
    this.#sayExtent(payload);
    this.#theme = readTheme(this.element);
    this.#views.lay(quantitiesOf(payload.curves));
    this.#updateControls();
    const plotly = await loadPlotlyFor(this.#views.element);
    if (plotly === undefined || signal.aborted || this.#isFreed) return;
    this.#views.start(plotly);
    this.#draw();
  }

  /** Shows how far the reading of the log has come, beside what is there from the reading before. */
  reading(notice: ReadingNotice): void {
    if (notice.bytes >= notice.bytesTotal) this.#progress.hide();
    else this.#tell({ ...notice, file: 'the log' });
  }

  free(): void {
    this.#isFreed = true;
    cancelAnimationFrame(this.#frame);
    for (const release of this.#releases) release();
    this.#views.free();
    this.element.remove();
  }

  #contentOf({ curves }: LogPayload): LogContent {
    const before = this.#content;
    const curveBefore = before && selectedCurve(before);
    const same = curves.findIndex(({ name }) => name === curveBefore?.name);
    const selected = Math.max(0, same);
    const curve = curves[selected];
    const { lossScale } = this.#surroundings;
    if (curve === undefined) return { curves, selected, entry: 0, lossScale };
    const wasAtEnd = before === undefined || same < 0 || before.entry === lastEntry(curveBefore ?? curve);
    const [moment] = curve.diagnosis.moments ?? [];
    const step = wasAtEnd ? moment?.step : curveBefore?.steps[before.entry];
    const entry = step === undefined ? lastEntry(curve) : entryNear(curve, step);
    return { curves, selected, entry, lossScale };
  }

  #select(selected: number): void {
    const [content, curve] = [this.#content, this.#content?.curves[selected]];
    if (content === undefined || curve === undefined) return;
    const step = selectedCurve(content)?.steps[content.entry] ?? 0;
    this.#content = { ...content, selected, entry: entryNear(curve, step) };
    this.#draw();
  }

  #pointAt(step: number): void {
    const curve = this.#content && selectedCurve(this.#content);
    if (curve !== undefined) this.#moveTo(entryNear(curve, step));
  }

  #moveTo(entry: number): void {
    if (this.#content === undefined || this.#theme === undefined) return;
    this.#content = { ...this.#content, entry };
    this.#cursor.update(this.#content);
    this.#views.move({ ...this.#content, theme: this.#theme });
  }

  #draw(): void {
    if (this.#content === undefined || this.#isFreed) return;
    this.#theme ??= readTheme(this.element);
    this.#views.draw({ ...this.#content, theme: this.#theme });
    this.#updateControls();
  }

  #updateControls(): void {
    const [content, theme] = [this.#content, this.#theme];
    if (content === undefined || theme === undefined) return;
    const { curves, selected, lossScale } = content;
    this.#legend.show(
      curves.map((curve, index) => ({
        ...styleOf(theme, index),
        label: curve.name,
        note: titleOf(curve),
      })),
      selected,
    );
    this.#lossScale.update(lossScale, canBeLogarithmic(curves, lossFields));
    this.#cursor.update(content);
    this.#key.update({ ...content, theme });
    const curve = selectedCurve(content);
    const label = curves.length > 1 ? (curve?.name ?? '') : '';
    if (curve !== this.#diagnosed)
      this.#card.update(curve === undefined ? [] : [{ ...curve.diagnosis, label }]);
    this.#diagnosed = curve;
    this.#numbers.show(curve, () =>
      curve === undefined ? { label: '', columns: [], length: 0 } : numbersOf(curve),
    );
  }

  #sayExtent({ file, curvesLeftOut }: LogPayload): void {
    const curve = this.#content && selectedCurve(this.#content);
    const more =
      curvesLeftOut === 0
        ? ''
        : ` ${curvesLeftOut} more ${curvesLeftOut === 1 ? 'curve is' : 'curves are'} not drawn.`;
    this.#extent.textContent = curve === undefined ? file : `${file}: ${describeExtent(curve)}.${more}`;
  }

  #tell(progress: Parameters<typeof progressOf>[0]): void {
    this.#progress.tell(progress.bytes, progress.bytesTotal, progressOf(progress));
  }

  #listen(): void {
    const redraw = (): void => {
      if (this.#frame !== 0) return;
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0;
        this.#draw();
      });
    };
    const resize = new ResizeObserver(redraw);
    resize.observe(this.#views.element);
    const unwatch = watchTheme(() => {
      this.#theme = undefined;
      redraw();
    });
    this.#releases.push(unwatch, () => {
      resize.disconnect();
    });
    keepKeys(this.element);
  }

  #makeFooter(): Footer {
    return new Footer({
      numbers: () => {
        this.#numbers.toggle();
        return this.#numbers.isOpen;
      },
      copyCsv: async () => copyText(logCsv(this.#content?.curves ?? []), this.#surroundings.post),
      savePng: () => savePng(this.#views, fileName),
      saveSvg: () => saveSvg(this.#views, fileName),
    });
  }
}
