import assert from 'node:assert/strict';

import * as vscode from 'vscode';

import { expectedFailures, failedChecks } from '../lesson/expected-failures.ts';
import { headingsOf } from '../lesson/headings.ts';
import {
  closeAll,
  execute,
  itemText,
  lessonsFolder,
  mimesOf,
  openLesson,
  payloadOf,
  setRunOnOpen,
  succeeded,
} from './lessons.ts';

/** The heading above a cell. */
function headingAbove(cell: vscode.NotebookCell): string {
  const above = cell.notebook.getCells(new vscode.NotebookRange(0, cell.index));
  const headings = above
    .filter(({ kind }) => kind === vscode.NotebookCellKind.Markup)
    .flatMap(({ document }) => headingsOf(document.getText()));
  return headings.at(-1)?.text ?? '';
}

describe('all notebooks', function () {
  this.timeout(300_000);
  before(() => setRunOnOpen(false));
  after(() => setRunOnOpen(undefined));
  afterEach(closeAll);

  it('run from the first cell to the last, and fail only where it is meant', async () => {
    for (const [name, expectedIn] of Object.entries(expectedFailures)) {
      const notebook = await openLesson(vscode.Uri.joinPath(lessonsFolder(), name));
      await execute(notebook);
      for (const cell of notebook.getCells()) {
        if (cell.kind !== vscode.NotebookCellKind.Code) continue;
        const place = `${name}, ${headingAbove(cell)}`;
        assert.equal(succeeded(cell), true, place);
        assert.deepEqual(mimesOf(cell), [['application/vnd.gdnb.run+json', 'text/plain']], place);
        const { runs, source } = payloadOf(cell);
        assert.equal(source, cell.document.getText(), place);
        const expected = expectedIn[headingAbove(cell)];
        assert.deepEqual(failedChecks(source, runs), expected?.checks ?? [], place);
        const diverged = runs.filter(({ outcome }) => outcome === 'diverged').length;
        assert.equal(diverged, expected?.diverged ?? 0, place);
        assert.notEqual(itemText(cell, 'text/plain'), '', place);
      }
      assert.equal(notebook.isDirty, false, name);
      await closeAll();
    }
  });
});
