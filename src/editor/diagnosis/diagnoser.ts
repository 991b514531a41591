import { commands, workspace } from 'vscode';
import type { NotebookCell } from 'vscode';

import { diagnose, type Program, type Run, type Table } from '../../kernel/index.ts';
import { sickFirst, type JudgedCurve, type RunDiagnosis } from '../../output/index.ts';
import type { LessonController } from '../controller.ts';
import type { DataFiles } from '../data-files.ts';
import { findDataReference } from '../data-reference.ts';
import type { CellResult, Results } from '../results.ts';
import { understand, type Fault } from '../understanding.ts';
import type { CellDiagnosis, Diagnoses } from './diagnoses.ts';

/** What came of judging a cell. */
export type Verdict =
  | { readonly kind: 'judged'; readonly diagnosis: CellDiagnosis }
  /** It cannot be run: its errors, with their fixes. */
  | { readonly kind: 'faulty'; readonly source: string; readonly faults: readonly Fault[] }
  /** It says nothing that can be judged. */
  | { readonly kind: 'nothing' };

/** Judges the runs of cells, and runs them first where that has to be. */
export class Diagnoser {
  readonly #controller: LessonController;
  readonly #dataFiles: DataFiles;
  readonly #results: Results;
  readonly #diagnoses: Diagnoses;

  constructor(controller: LessonController, dataFiles: DataFiles, results: Results, diagnoses: Diagnoses) {
    this.#controller = controller;
    this.#dataFiles = dataFiles;
    this.#results = results;
    this.#diagnoses = diagnoses;
  }

  /**
   * Judges the latest run of a cell. A cell runs first if it never did, or if its text or its data have changed since.
   *
   * @param say told what is being done, as part of a sentence
   * @returns undefined where it was ended, the workspace is not trusted, or the cell has run again meanwhile
   */
  async judge(
    cell: NotebookCell,
    signal: AbortSignal,
    say: (doing: string) => void,
  ): Promise<Verdict | undefined> {
    if (!(await this.#isCurrent(cell))) {
      say('running the cell');
      await this.run(cell, signal);
    }
    const result = this.#results.of(cell);
    if (signal.aborted || !workspace.isTrusted) return undefined;
    if (!result) return { kind: 'nothing' };
    const { source, runs, log } = result;
    // The card of a log stands beneath it already.
    if (log) return { kind: 'judged', diagnosis: { source, diagnoses: diagnosesOfLog(log) } };
    const { program, faults } = await understand(source, (name) => this.#read(cell, name));
    const errors = faults.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) return { kind: 'faulty', source, faults: errors };
    if (!program || runs.length === 0) return { kind: 'nothing' };
    const diagnoses = await judgeRuns(source, runs, program, signal, say);
    if (!diagnoses || this.#results.of(cell) !== result) return undefined;
    const diagnosis = { source, diagnoses };
    this.#diagnoses.set(cell, diagnosis);
    return { kind: 'judged', diagnosis };
  }

  /** Runs a cell as its button does, which asks for trust where there is none. */
  async run(cell: NotebookCell, signal: AbortSignal): Promise<void> {
    const { notebook, index } = cell;
    const place = { ranges: [{ start: index, end: index + 1 }], document: notebook.uri };
    const stop = () => void commands.executeCommand('notebook.cell.cancelExecution', place);
    signal.addEventListener('abort', stop);
    try {
      if (workspace.isTrusted && this.#controller.isSelectedFor(notebook))
        await this.#controller.run(notebook, [cell]);
      else await commands.executeCommand('notebook.cell.execute', place);
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  /** Whether the latest run of a cell is of the text and the data as they are now. */
  async #isCurrent(cell: NotebookCell): Promise<boolean> {
    const result = this.#results.of(cell);
    const source = cell.document.getText();
    if (result?.source !== source) return false;
    const reference = findDataReference(source);
    return reference === undefined || (await this.#holds(cell, reference.name, result));
  }

  async #holds(cell: NotebookCell, name: string, { table }: CellResult): Promise<boolean> {
    try {
      return (await this.#read(cell, name)) === table;
    } catch {
      return table === undefined;
    }
  }

  /** The same object as long as the file is the same. */
  #read({ notebook }: NotebookCell, name: string): Promise<Table> {
    return this.#dataFiles.read(notebook, name);
  }
}

function diagnosesOfLog(curves: readonly JudgedCurve[]): RunDiagnosis[] {
  const isOne = curves.length === 1;
  return sickFirst(curves.map(({ name, diagnosis }) => ({ ...diagnosis, label: isOne ? '' : name })));
}

async function judgeRuns(
  source: string,
  runs: readonly Run[],
  program: Program,
  signal: AbortSignal,
  say: (doing: string) => void,
): Promise<RunDiagnosis[] | undefined> {
  const diagnoses: RunDiagnosis[] = [];
  for (const [index, run] of runs.entries()) {
    say(runs.length === 1 ? 'trying what helps' : `run ${index + 1} of ${runs.length}`);
    try {
      diagnoses.push({ label: run.label, ...(await diagnose(run, program, { source, signal })) });
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    }
  }
  return sickFirst(diagnoses);
}
