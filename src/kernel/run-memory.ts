/** The memory of one record: its columns, and the step of each entry. */
export interface RecordMemory {
  readonly columns: readonly Float64Array[];
  /** 0, 1, 2 ... as long as no entry is thinned out. */
  readonly steps: Int32Array;
}

/** New memory for a record of `width` columns and so many entries, whose steps are 0, 1, 2 ... */
export function newRecordMemory(width: number, entries: number): RecordMemory {
  const steps = new Int32Array(entries);
  for (let step = 0; step < entries; step++) steps[step] = step;
  return { columns: Array.from({ length: width }, () => new Float64Array(entries)), steps };
}

/**
 * Memory for a program that runs again and again, as under a slider: its runs take the place of those that were made
 * in it before, whose columns must no longer be used. New memory for each would take longer than many a run.
 */
export class RunMemory {
  readonly #records: RecordMemory[] = [];

  /** What gives the record of a program's run `run` its memory, where it is never thinned. */
  ofRun(run: number): typeof newRecordMemory {
    return (width, entries) => {
      const known = this.#records[run];
      if (known?.columns.length === width && known.steps.length === entries) return known;
      return (this.#records[run] = newRecordMemory(width, entries));
    };
  }
}
