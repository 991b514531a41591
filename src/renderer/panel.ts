import type { ProgressNotice, RunPayload, SourceEdit } from '../output/index.ts';
import { Checks } from './checks.ts';
import { DiagnosisCard } from './diagnosis-card.ts';
import { element } from './dom.ts';
import { Footer } from './footer.ts';
import { keepKeys } from './keys.ts';
import { LandscapeControls } from './landscape-controls.ts';
import { Legend } from './legend.ts';
import { NumbersTable } from './numbers-table.ts';
import { loadPlotlyFor } from './plotly.ts';
import { OutcomeLine } from './outcome-line.ts';
import { Progress } from './progress.ts';
import { canBeLogarithmic, lastEntry } from './record.ts';
import { ScaleControl } from './scale-control.ts';
import { selectedRun } from './scene.ts';
import { Session } from './session.ts';
import type { Change } from './session.ts';
import { StepTable } from './step-table.ts';
import type { Surroundings } from './surroundings.ts';
import { copyCsv, savePng, saveSvg } from './take-away.ts';
import { readTheme, watchTheme } from './theme.ts';
import type { Theme } from './theme.ts';
import { Timeline } from './timeline.ts';
import { TryBar } from './try-bar.ts';
import { Views } from './views/views.ts';

/** From the least to draw to the most. */
const changes: readonly Change[] = ['controls', 'step', 'live', 'runs', 'all'];

/** The figure of one cell: everything that is seen and done beneath it. */
export class Panel {
  readonly element = element('div', {
    class: 'gd-figure',
    role: 'figure',
    'aria-label': 'Gradient descent',
    tabindex: -1,
  });
  readonly #surroundings: Surroundings;
  readonly #outcome = new OutcomeLine(() => {
    const { payload } = this.#session ?? {};
    if (payload !== undefined) this.#surroundings.post?.({ type: 'diagnose', cell: payload.cell });
  });
  readonly #progress = new Progress();
  readonly #legend = new Legend((run) => this.#session?.select(run));
  readonly #views = new Views({ startAt: (start, settled) => this.#session?.tryStart(start, settled) });
  readonly #timeline = new Timeline((entry) => this.#session?.moveTo(entry));
  readonly #steps = new StepTable();
  readonly #try: TryBar;
  readonly #diagnosis: DiagnosisCard;
  readonly #checks = new Checks();
  readonly #numbers = new NumbersTable();
  readonly #lossScale = new ScaleControl((scale) => {
    this.#surroundings.lossScale = scale;
    this.#session?.showLossAs(scale);
  });
  readonly #landscapeControls = new LandscapeControls(
    (axes) => this.#session?.showAxes(axes),
    (on) => {
      this.#views.showSurface(on);
    },
  );
  readonly #releases: (() => void)[] = [];
  #session: Session | undefined;
  #theme: Theme | undefined;
  #due: Change | undefined;
  #frame = 0;
  #isFreed = false;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
    const { post } = surroundings;
    this.#try = new TryBar({
      rate: (rate, settled) => this.#session?.tryRate(rate, settled),
      start: (start) => this.#session?.tryStart(start, true),
      reset: () => this.#session?.reset(),
      write:
        post === undefined
          ? undefined
          : () => {
              this.#write();
            },
    });
    this.#diagnosis = new DiagnosisCard(
      post === undefined
        ? undefined
        : ({ edits }) => {
            this.#edit('fix', edits ?? []);
          },
    );
    this.#views.loss.controls.append(this.#lossScale.element);
    this.#views.landscape.controls.append(this.#landscapeControls.element);
    this.element.append(
      this.#outcome.element,
      this.#progress.element,
      this.#legend.element,
      this.#views.element,
      this.#timeline.element,
      this.#steps.element,
      this.#try.element,
      this.#diagnosis.element,
      this.#checks.element,
      this.#makeFooter().element,
      this.#numbers.element,
    );
    this.#listen();
  }

  /** Shows an execution of the cell; the room is taken at once, the pictures follow when Plotly is there. */
  async show(payload: RunPayload, signal: AbortSignal): Promise<void> {
    this.#close();
    const { lossScale } = this.#surroundings;
    const before =
      payload.state === 'complete'
        ? this.#surroundings.remember(payload.cell, payload.source, payload.runs)
        : [];
    const look = { ...this.#surroundings.lookOf(payload.cell), lossScale };
    const session = new Session(payload, before, look, (change) => {
      this.#schedule(change);
    });
    this.#session = session;
    if (payload.state === 'running') this.#progress.begin();
    else this.#progress.hide();
    this.#theme = readTheme(this.element);
    this.#views.lay({
      loss: hasSteps(payload) || !hasParameters(payload),
      landscape: hasParameters(payload),
      fit: session.content.fit !== undefined,
      canStart: session.trial !== undefined,
    });
    this.#updateStep();
    this.showDiagnosis();
    const plotly = await loadPlotlyFor(this.#views.element);
    if (plotly === undefined || signal.aborted || this.#isFreed || this.#session !== session) return;
    this.#views.start(plotly);
    this.#draw('all');
    session.begin();
  }

  /** Shows how far a long run has come. */
  progress(notice: ProgressNotice): void {
    if (this.#session?.payload.state !== 'running') return;
    this.#progress.update(notice);
    this.#session.progress(notice);
  }

  /** Shows what the editor has said of the runs, as far as it speaks of these. */
  showDiagnosis(): void {
    const { payload } = this.#session ?? {};
    if (payload === undefined) return;
    const isComplete = payload.state === 'complete';
    this.#diagnosis.update(isComplete ? this.#surroundings.diagnosesOf(payload.cell, payload.source) : []);
    this.#updateControls();
  }

  free(): void {
    this.#close();
    this.#isFreed = true;
    this.#timeline.pause();
    cancelAnimationFrame(this.#frame);
    for (const release of this.#releases) release();
    this.#views.free();
    this.element.remove();
  }

  #close(): void {
    const session = this.#session;
    if (session === undefined) return;
    this.#timeline.pause();
    session.stop();
    this.#surroundings.rememberLook(session.payload.cell, session.look);
    this.#session = undefined;
  }

  #listen(): void {
    const resize = new ResizeObserver(() => {
      this.#schedule('all');
    });
    resize.observe(this.#views.element);
    const unwatch = watchTheme(() => {
      this.#theme = undefined;
      this.#schedule('all');
    });
    this.#releases.push(unwatch, () => {
      resize.disconnect();
    });
    keepKeys(this.element, (event) => {
      this.#timeline.handleKey(event);
    });
  }

  #makeFooter(): Footer {
    return new Footer({
      numbers: () => {
        this.#numbers.toggle();
        return this.#numbers.isOpen;
      },
      copyCsv: async () =>
        this.#session === undefined ? '' : copyCsv(this.#session, this.#surroundings.post),
      savePng: () => savePng(this.#views),
      saveSvg: () => saveSvg(this.#views),
    });
  }

  #write(): void {
    const trial = this.#session?.trial;
    if (trial !== undefined) this.#edit('edit', trial.edits());
  }

  #edit(type: 'edit' | 'fix', edits: readonly SourceEdit[]): void {
    const { payload } = this.#session ?? {};
    if (payload === undefined) return;
    this.#surroundings.post?.({ type, cell: payload.cell, source: payload.source, edits });
  }

  /** Draws once before the next paint, however often and for whatever it is asked. */
  #schedule(change: Change): void {
    if (this.#due === undefined || changes.indexOf(change) > changes.indexOf(this.#due)) this.#due = change;
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw(this.#due ?? 'controls');
    });
  }

  #draw(change: Change): void {
    this.#due = undefined;
    const content = this.#session?.content;
    if (content === undefined || this.#isFreed) return;
    this.#theme ??= readTheme(this.element);
    const scene = { ...content, theme: this.#theme };
    if (change === 'all') this.#views.draw(scene);
    else if (change === 'runs' || change === 'live') this.#views.drawRuns(scene, change === 'live');
    else if (change === 'step') this.#views.move(scene);
    this.#updateStep();
    if (change !== 'step') this.#updateControls(change === 'live');
  }

  /** What follows the timeline. */
  #updateStep(): void {
    const session = this.#session;
    if (session === undefined) return;
    const { content, form } = session;
    this.#timeline.update(content);
    const run = selectedRun(content);
    const step = run?.steps[content.entry] ?? 0;
    this.#steps.element.hidden = run === undefined || lastEntry(run) === 0;
    this.#steps.update(session.arithmetic(), step, form.kind === 'product' ? form.quantity : undefined);
  }

  /** What follows the runs. */
  #updateControls(live = false): void {
    const session = this.#session;
    if (session === undefined || this.#theme === undefined) return;
    const { content, marks } = session;
    const run = selectedRun(content);
    const isRunning = session.payload.state === 'running';
    const { outcome } = session;
    const isTrial = session.trial?.isChanged === true;
    const isSaid = !this.#diagnosis.element.hidden;
    const isWorthAsking = hasSteps(session.payload) || outcome?.tone === 'bad';
    const canAsk = this.#surroundings.post !== undefined && isWorthAsking;
    this.#outcome.element.hidden = isRunning;
    const label = content.runs.length > 1 ? (run?.label ?? '') : '';
    const whose = label !== '' && isTrial ? `${label}, as you try it` : label;
    this.#outcome.update(outcome, whose, canAsk && outcome !== undefined && !isSaid && !isTrial);
    this.#legend.update({ ...content, theme: this.#theme });
    this.#lossScale.update(content.lossScale, canBeLogarithmic(content.runs));
    this.#landscapeControls.update(session.axisChoices, content.landscape);
    this.#try.update(content, session.trial, marks);
    this.#checks.update(content.runs, session.operators);
    if (!live) this.#numbers.update(run);
  }
}

function hasParameters({ runs }: RunPayload): boolean {
  return runs[0] === undefined || Object.keys(runs[0].parameters).length > 0;
}

/** A cell without steps has a place on the landscape, and no curve. */
function hasSteps({ state, runs }: RunPayload): boolean {
  return state === 'running' || runs.some((run) => lastEntry(run) > 0);
}
