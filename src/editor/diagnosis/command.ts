import { commands, EventEmitter, ProgressLocation, window } from 'vscode';
import type { ExtensionContext, NotebookCell } from 'vscode';

import type { SourceEdit } from '../../output/index.ts';
import { positionAt } from '../cell-error.ts';
import { editCell } from '../edit-cell.ts';
import { cellOfAddress } from '../language/readings.ts';
import type { Results } from '../results.ts';
import { notebookType } from '../serializer.ts';
import { chooseCell, isExperiment } from './choose-cell.ts';
import type { Diagnoser, Verdict } from './diagnoser.ts';
import type { Reveal } from './figures.ts';
import { judgeFixCommand } from './problem-marks.ts';
import { fixTitle, tellingOf, tellingOfCure, type Telling } from './sentences.ts';

/** In milliseconds; work that is done sooner shows no progress. */
const patience = 700;

/** Diagnoses the loss of a cell where a person asks for it, and makes the fixes that it offers. */
export class DiagnoseLoss {
  readonly #diagnoser: Diagnoser;
  readonly #results: Results;
  readonly #reveal: Reveal;
  readonly #didDiagnose = new EventEmitter<void>();
  /** A person has asked why, in whatever way. */
  readonly onDidDiagnose = this.#didDiagnose.event;

  constructor(context: ExtensionContext, diagnoser: Diagnoser, results: Results, reveal: Reveal) {
    this.#diagnoser = diagnoser;
    this.#results = results;
    this.#reveal = reveal;
    context.subscriptions.push(
      this.#didDiagnose,
      commands.registerCommand('gdnb.diagnoseLoss', async (argument: unknown) => {
        const cell = isCell(argument) ? argument : await this.#chosen();
        if (cell) await this.diagnose(cell);
      }),
      commands.registerCommand(judgeFixCommand, async (address: string) => {
        const cell = cellOfAddress(address);
        if (cell) await this.#judgeFix(cell);
      }),
    );
  }

  /** Says what is wrong with the loss of a cell: beneath it and in its text, or else in a notification. */
  async diagnose(cell: NotebookCell): Promise<void> {
    const verdict = await this.#judge(cell);
    if (!verdict) return;
    this.#didDiagnose.fire();
    await this.#tell(cell, verdict, tellingOf, true);
  }

  /** Makes a fix in a cell whose text still is `source`, runs it, and says whether that cured it. */
  async fix(cell: NotebookCell, source: string, edits: readonly SourceEdit[]): Promise<void> {
    if (await editCell(cell, source, edits)) await this.#judgeFix(cell);
  }

  /** The text that was mended has the focus, for undo, and stays in view. */
  async #judgeFix(cell: NotebookCell): Promise<void> {
    const verdict = await this.#judge(cell);
    if (verdict) await this.#tell(cell, verdict, tellingOfCure, false);
  }

  async #chosen(): Promise<NotebookCell | undefined> {
    const editors = [window.activeNotebookEditor, ...window.visibleNotebookEditors];
    const editor = editors.find((each) => each?.notebook.notebookType === notebookType);
    return editor && chooseCell(editor, this.#results);
  }

  #judge(cell: NotebookCell): Promise<Verdict | undefined> {
    return withProgress('Diagnosing', (signal, say) => this.#diagnoser.judge(cell, signal, say));
  }

  /** A notification stays when what it says no longer holds: there is none where the card can be seen. */
  async #tell(
    cell: NotebookCell,
    verdict: Verdict,
    tellingOfRuns: typeof tellingOf,
    scroll: boolean,
  ): Promise<void> {
    if (verdict.kind === 'judged') {
      const { source, diagnoses } = verdict.diagnosis;
      if (!(await this.#reveal(cell, scroll))) this.#show(cell, source, tellingOfRuns(diagnoses));
    } else if (verdict.kind === 'faulty') {
      this.#show(cell, verdict.source, tellingOfFaults(verdict));
    } else {
      void window.showInformationMessage('This cell runs no experiment: there is no loss to diagnose.');
    }
  }

  /** Not awaited: who asked need not answer the notification first. */
  #show(cell: NotebookCell, source: string, { kind, text, fix }: Telling): void {
    const edits = fix?.edits;
    const buttons = fix && edits ? [fixTitle(fix)] : [];
    const shown =
      kind === 'warning'
        ? window.showWarningMessage(text, ...buttons)
        : window.showInformationMessage(text, ...buttons);
    void shown.then(async (chosen) => {
      if (chosen !== undefined && edits) await this.fix(cell, source, edits);
    });
  }
}

function isCell(argument: unknown): argument is NotebookCell {
  return (
    typeof argument === 'object' &&
    argument !== null &&
    'document' in argument &&
    'notebook' in argument &&
    isExperiment(argument as NotebookCell)
  );
}

/** The first error with its first fix; the others stand in the cell. */
function tellingOfFaults({ source, faults }: Verdict & { kind: 'faulty' }): Telling {
  const [first] = faults;
  if (!first) return { kind: 'warning', text: 'The cell cannot run.' };
  const { line } = positionAt(source, first.start);
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
  const [fix] = first.fixes ?? [];
  const text = `The cell cannot run. Line ${line}: ${first.message}${more}`;
  return { kind: 'warning', text, ...(fix ? { fix } : {}) };
}

/** Shows that something takes long, once it does, with a way to end it. */
async function withProgress<T>(
  title: string,
  work: (signal: AbortSignal, say: (doing: string) => void) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  let doing = '';
  let report: ((doing: string) => void) | undefined;
  const done = work(abort.signal, (now) => {
    doing = now;
    report?.(now);
  });
  const timer = setTimeout(() => {
    const options = { location: ProgressLocation.Notification, title, cancellable: true };
    void window.withProgress(options, async (progress, token) => {
      token.onCancellationRequested(() => {
        abort.abort();
      });
      report = (message) => {
        progress.report({ message });
      };
      report(doing);
      await done.catch(() => undefined);
    });
  }, patience);
  try {
    return await done;
  } finally {
    clearTimeout(timer);
  }
}
