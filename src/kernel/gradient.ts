import { PartEvaluation } from './evaluation.ts';
import { choose } from './experiment.ts';
import type { PreparedRun, Program } from './program.ts';
import { byParameter } from './record.ts';
import type { ByParameter } from './run.ts';
import { finishNow } from './slices.ts';

/**
 * The full training loss and its partial derivatives at a point. Parameters left out are as at the start.
 *
 * @param run which run of a sweep, counted from 0
 */
export function gradient(
  program: Program,
  at: ByParameter<number>,
  run = 0,
): { loss: number; gradient: ByParameter<number> } {
  const prepared = choose(program.runs, run);
  const outputs = [prepared.loss, ...prepared.gradient];
  const evaluation = new PartEvaluation(prepared, 'training', prepared.symbols, outputs);
  const [loss = NaN, ...parts] = finishNow((pace) => evaluation.at(pointOf(prepared, at), pace));
  const names = prepared.parameters.map(({ name }) => name);
  return { loss, gradient: byParameter(names, (_, index) => parts[index] ?? NaN) };
}

/**
 * A point as an array in the order of the parameters, each from the first of `sources` that has it, else as at the
 * start. Only what a source itself has counts: a parameter may be called `constructor`.
 */
export function pointOf(
  run: PreparedRun,
  ...sources: readonly (ByParameter<number> | undefined)[]
): Float64Array {
  return run.starts.map((start, index) => {
    const name = run.parameters[index]?.name ?? '';
    const source = sources.find((each) => each !== undefined && Object.hasOwn(each, name));
    return source?.[name] ?? start;
  });
}
