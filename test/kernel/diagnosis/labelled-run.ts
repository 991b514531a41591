import type { Cause, Condition } from '../../../src/kernel/index.ts';

/** A cell whose one run is known to be in a condition, and, where it has one, its cause. */
export interface LabelledRun {
  readonly condition: Condition;
  readonly cause?: Cause;
  readonly name: string;
  readonly cell: string;
}

/** The cell is the parts one after the other. */
export function run(
  condition: Condition,
  cause: Cause | undefined,
  name: string,
  ...parts: readonly string[]
): LabelledRun {
  return { condition, ...(cause === undefined ? {} : { cause }), name, cell: parts.join('') };
}
