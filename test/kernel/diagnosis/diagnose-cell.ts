import assert from 'node:assert/strict';
import { descendNow, diagnose, type Diagnosis, type Run } from '../../../src/kernel/index.ts';
import { applyEdits } from '../../language/edits.ts';
import { prepareCell } from '../../reference/cases.ts';

/** The run of a cell, of a sweep the one at an index, and its diagnosis. */
export async function diagnoseCell(cell: string, index = 0): Promise<{ run: Run; diagnosis: Diagnosis }> {
  const program = prepareCell(cell);
  const run = descendNow(program)[index];
  assert.ok(run);
  return { run, diagnosis: await diagnose(run, program, { source: cell }) };
}

/** A fix has been tried: its edits make a cell that ends where the trial ended. */
export function assertTried(cell: string, { title, edits, loss }: Diagnosis['fixes'][number]): void {
  assert.ok(loss !== undefined && Number.isFinite(loss), title);
  if (edits === undefined) return;
  const [run] = descendNow(prepareCell(applyEdits(cell, edits)));
  assert.equal(run?.final.loss, loss, title);
}
