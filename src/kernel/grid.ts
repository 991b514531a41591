import { operationsOf } from './chunks.ts';
import { PartEvaluation } from './evaluation.ts';
import { changingAlong, compileGrid, pointsPerPass, type GridCode } from './grid-code.ts';
import type { Node } from './graph.ts';
import { rowsPerGroup } from './loops.ts';
import { planFor } from './plan.ts';
import type { PreparedRun } from './program.ts';
import { unitsLeft, type Pace, type Sliced } from './slices.ts';
import { special } from './special.ts';

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
/** With more special functions it is no faster so, and to write its code takes far longer than a slice. */
const mostCallsPerPoint = 2;

/** The full training loss at the points of a grid, row-major with y outer. */
export function* gridLosses(run: PreparedRun, grid: Grid, pace: Pace): Sliced<Float64Array> {
  const { xs, ys } = grid;
  const lines = ys.length === 0 ? [NaN] : ys;
  const losses = new Float64Array(xs.length * lines.length);
  const along = run.symbols[grid.places[0] ?? 0] ?? run.graph.constant(0);
  const together = isShort(run, along) ? yield* pointsTogether(run, grid, along, pace) : undefined;
  let oneByOne: PointsOneByOne | undefined;
  for (const [index, y] of lines.entries()) {
    const line = { y, losses: losses.subarray(index * xs.length, (index + 1) * xs.length) };
    for (let from = 0; from < xs.length;) {
      const fits = together !== undefined && together.leastCost <= pace.rows;
      const points = fits ? together : (oneByOne ??= new PointsOneByOne(run, grid));
      from = yield* points.fill(line, from, pace);
    }
  }
  return losses;
}

function isShort({ loss, data }: PreparedRun, along: Node): boolean {
  const columns = new Set(planFor([loss], data.trainingRows).columns);
  const operations = operationsOf([loss], (node) => columns.has(node));
  const calls = [...changingAlong(along, loss)].filter(
    (node) => node.rows && Object.hasOwn(special, node.operation),
  );
  return operations <= mostOperationsPerPoint && calls.length <= mostCallsPerPoint;
}

/** A line of a grid, and room for its losses. */
interface Line {
  readonly y: number;
  readonly losses: Float64Array;
}

function* pointsTogether(run: PreparedRun, grid: Grid, along: Node, pace: Pace): Sliced<PointsTogether> {
  const code = compileGrid(run, along);
  const columns = yield* run.data.columnsInSlices(code.plan.columns, 'training', pace);
  return new PointsTogether(grid, code, columns, run.data.trainingRows);
}

/** Several points of a line go through the rows together, in as many passes as fit into a slice, or in a part of one. */
class PointsTogether {
  private readonly grid: Grid;
  private readonly code: GridCode;
  private readonly columns: readonly Float64Array[];
  private readonly rows: number;
  /** Through how many rows each point goes, in all passes of the plan. */
  private readonly rowsPerPoint: number;
  /** A whole number of passes. */
  private readonly xs: Float64Array;
  private readonly losses: Float64Array;
  private readonly inputs: Float64Array;

  constructor(grid: Grid, code: GridCode, columns: readonly Float64Array[], rows: number) {
    const { xs, at } = grid;
    this.grid = grid;
    this.code = code;
    this.columns = columns;
    this.rows = rows;
    this.rowsPerPoint = rows * code.plan.passes.length;
    this.losses = new Float64Array(Math.ceil(xs.length / pointsPerPass) * pointsPerPass);
    this.xs = this.losses.slice().fill(xs.at(-1) ?? 0);
    this.xs.set(xs);
    this.inputs = at.slice();
  }

  /** A pass takes as long as so many rows of an evaluation. */
  private get cost(): number {
    return pointsPerPass * (this.rowsPerPoint + 1);
  }

  /** The shortest slice takes as long as so many. */
  get leastCost(): number {
    return this.rows > rowsPerGroup ? pointsPerPass * rowsPerGroup : this.cost;
  }

  /** Fills a line on from a point, a multiple of `pointsPerPass`, and gives the next such point or one beyond the end. */
  *fill({ y, losses }: Line, from: number, pace: Pace): Sliced<number> {
    const [, yPlace] = this.grid.places;
    if (yPlace !== undefined) this.inputs[yPlace] = y;
    const to = Math.min(from + unitsLeft(pace, this.cost) * pointsPerPass, this.xs.length);
    for (let row = 0, end = NaN; end !== this.rowsPerPoint; row = end) {
      end = this.cost <= pace.rows ? this.rowsPerPoint : this.endOfPart(row, pace);
      this.pass(from, to, row, end);
      pace.spent += (to - from) * (end - row + 1);
      yield;
    }
    losses.set(this.losses.subarray(from, Math.min(to, losses.length)), from);
    return to;
  }

  private pass(from: number, to: number, row: number, end: number): void {
    const { code, sums } = this.code;
    const { run, constants } = code.over(this.columns, (to - from) * (end - row));
    run(this.inputs, constants, this.columns, this.xs, this.losses, from, to, this.rows, sums, row, end);
  }

  private endOfPart(row: number, pace: Pace): number {
    const inPass = row % this.rows;
    const groups = unitsLeft(pace, pointsPerPass * rowsPerGroup);
    return row - inPass + Math.min(inPass + groups * rowsPerGroup, this.rows);
  }
}

/** A pass over the rows for each point, which may be cut into slices of a group of rows. */
class PointsOneByOne {
  private readonly grid: Grid;
  private readonly evaluation: PartEvaluation;
  private readonly inputs: Float64Array;

  constructor(run: PreparedRun, grid: Grid) {
    this.grid = grid;
    this.evaluation = new PartEvaluation(run, 'training', run.symbols, [run.loss]);
    this.inputs = grid.at.slice();
  }

  /** As in `PointsTogether`. */
  *fill({ y, losses }: Line, from: number, pace: Pace): Sliced<number> {
    const { places, xs } = this.grid;
    const [xPlace = 0, yPlace] = places;
    if (yPlace !== undefined) this.inputs[yPlace] = y;
    const to = Math.min(from + pointsPerPass, xs.length);
    for (let index = from; index < to; index++) {
      this.inputs[xPlace] = xs[index] ?? NaN;
      [losses[index] = NaN] = yield* this.evaluation.at(this.inputs, pace);
      yield;
    }
    return to;
  }
}
