import { operationsOf } from './chunks.ts';
import { PartEvaluation } from './evaluation.ts';
import { compileGrid, pointsPerPass } from './grid-code.ts';
import { planFor } from './plan.ts';
import type { PreparedRun } from './program.ts';
import { unitsLeft, type Pace, type Sliced } from './slices.ts';

/** Where losses are wanted: the parameters at the one or two `places` go through `xs` and `ys`. */
export interface Grid {
  readonly places: readonly number[];
  /** The values of all parameters, of which those at `places` do not matter. */
  readonly at: Float64Array;
  readonly xs: Float64Array;
  /** Empty for a grid of one parameter. */
  readonly ys: Float64Array;
}

/** A loss with more operations than this is too long to go through the rows for several points at a time. */
const mostOperationsPerPoint = 48;

/** The full training loss at the points of a grid, row-major with y outer. */
export function* gridLosses(run: PreparedRun, grid: Grid, pace: Pace): Sliced<Float64Array> {
  const { xs, ys } = grid;
  const columns = new Set(planFor([run.loss], run.data.trainingRows).columns);
  const isShort = operationsOf([run.loss], (node) => columns.has(node)) <= mostOperationsPerPoint;
  const fillLine = isShort ? yield* linesTogether(run, grid, pace) : linesByPoint(run, grid);
  const lines = ys.length === 0 ? [NaN] : ys;
  const losses = new Float64Array(xs.length * lines.length);
  for (const [index, y] of lines.entries()) {
    yield* fillLine(y, losses.subarray(index * xs.length, (index + 1) * xs.length), pace);
  }
  return losses;
}

type FillLine = (y: number, losses: Float64Array, pace: Pace) => Sliced<void>;

/** Several points of a line in each pass over the rows. */
function* linesTogether(run: PreparedRun, { places, at, xs }: Grid, pace: Pace): Sliced<FillLine> {
  const [xPlace = 0, yPlace] = places;
  const along = run.symbols[xPlace] ?? run.graph.constant(0);
  const { code, plan } = compileGrid(run, along);
  const columns = yield* run.data.columnsInSlices(plan.columns, 'training', pace);
  const rows = run.data.trainingRows;
  const padded = new Float64Array(Math.ceil(xs.length / pointsPerPass) * pointsPerPass).fill(xs.at(-1) ?? 0);
  padded.set(xs);
  const line = new Float64Array(padded.length);
  const inputs = at.slice();
  return function* (y, losses, pace) {
    if (yPlace !== undefined) inputs[yPlace] = y;
    for (let from = 0; from < padded.length;) {
      const passes = unitsLeft(pace, pointsPerPass * (rows + 1));
      const to = Math.min(from + passes * pointsPerPass, padded.length);
      const { run: fill, constants } = code.over(columns, (to - from) * rows);
      fill(inputs, constants, columns, padded, line, from, to, rows);
      pace.spent += (to - from) * (rows + 1);
      from = to;
      yield;
    }
    losses.set(line.subarray(0, losses.length));
  };
}

function linesByPoint(run: PreparedRun, { places, at, xs }: Grid): FillLine {
  const [xPlace = 0, yPlace] = places;
  const evaluation = new PartEvaluation(run, 'training', run.symbols, [run.loss]);
  const inputs = at.slice();
  return function* (y, losses, pace) {
    if (yPlace !== undefined) inputs[yPlace] = y;
    for (const [index, x] of xs.entries()) {
      inputs[xPlace] = x;
      [losses[index] = NaN] = yield* evaluation.at(inputs, pace);
      yield;
    }
  };
}
