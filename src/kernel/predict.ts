import { inputOf } from './axis.ts';
import { compile, type Signature } from './compile.ts';
import { choose } from './experiment.ts';
import { nameSums, writeInputs } from './inputs.ts';
import { pointOf } from './gradient.ts';
import type { Node } from './graph.ts';
import { writeColumns, writeScalarsOf } from './loops.ts';
import { Passes } from './passes.ts';
import { planFor } from './plan.ts';
import type { PreparedRun, Program } from './program.ts';
import type { ByParameter } from './run.ts';
import { finishNow, passOver, type Pace, type Sliced } from './slices.ts';
import { nameOf, Writer, type Names } from './writer.ts';

/** What a model predicts, over the training rows; arrays of one length. */
export interface Prediction {
  readonly prediction: Float64Array;
  /** What the prediction is compared with, where the experiment says it. */
  readonly truth?: Float64Array;
  /** The one name or column through which all data enter the prediction; absent where several do. */
  readonly x?: Float64Array;
  readonly xLabel?: string;
}

type FillRows = (
  inputs: Float64Array,
  sums: Float64Array,
  constants: Float64Array,
  columns: readonly Float64Array[],
  results: readonly Float64Array[],
  from: number,
  to: number,
  count: number,
  every: number,
) => void;

const fillSignature: Signature<FillRows> = {
  parameters: ['inputs', 'sums', 'constants', 'columns', 'results', 'from', 'to', 'count', 'every'],
};

/**
 * The prediction of an experiment at a point; parameters left out are as at the start. Undefined where the experiment
 * has no prediction with one value an example.
 *
 * @param run which run of a sweep, counted from 0
 * @param every for every so many-th example, from the first on
 */
export function predict(
  program: Program,
  at: ByParameter<number>,
  run = 0,
  every = 1,
): Prediction | undefined {
  const prepared = choose(program.runs, run);
  const prediction = prepared.scope.definition('prediction');
  if (prediction?.rows !== true) return undefined;
  const truth = prepared.scope.definition('truth');
  const input = inputOf(prediction.node, prepared.scope.definitions());
  const nodes = [
    prediction.node,
    ...(truth === undefined ? [] : [truth.node]),
    ...(input === undefined ? [] : [input.node]),
  ];
  const point = pointOf(prepared, at);
  const all = finishNow((pace) => valuesInSlices(prepared, nodes, point, pace, every));
  const [values = new Float64Array(), ...others] = all;
  const x = input === undefined ? undefined : others.pop();
  const [truthValues] = others;
  return {
    prediction: values,
    ...(truthValues === undefined ? {} : { truth: truthValues }),
    ...(x === undefined || input === undefined ? {} : { x, xLabel: input.label }),
  };
}

/** The values of nodes at a point, one array of every so many-th training row for each. */
export function* valuesInSlices(
  run: PreparedRun,
  nodes: readonly Node[],
  point: Float64Array,
  pace: Pace,
  every = 1,
): Sliced<Float64Array[]> {
  const rows = run.data.trainingRows;
  const plan = planFor(nodes, rows);
  const columns = yield* run.data.columnsInSlices(plan.columns, 'training', pace);
  const sums = yield* new Passes(run.graph, plan, run.symbols).over(point, columns, 0, rows, pace);
  const writer = new Writer(run.graph.precision);
  const names: Names = new Map();
  writeColumns(writer, plan.columns, names, nodes);
  nameSums(plan, plan.passes.length, names);
  writeInputs(writer, names, run.symbols, 'inputs', nodes);
  writeScalarsOf(writer, nodes, names);
  nodes.forEach((_, index) => {
    writer.line(`const r${index} = results[${index}];`);
  });
  writer.line('for (let row = from * every, place = from; place < to; row += every, place++) {');
  writer.write(nodes, names);
  nodes.forEach((node, index) => {
    writer.line(`r${index}[place] = ${nameOf(node, names).text};`);
  });
  writer.line('}');
  const { run: fill, constants } = compile(fillSignature, writer);
  const size = Math.ceil(rows / every);
  const results = nodes.map(() => new Float64Array(size));
  yield* passOver(size, 1 + nodes.length, pace, (from, to) => {
    fill(point, sums, constants, columns, results, from, to, rows, every);
  });
  return results;
}
