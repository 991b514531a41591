import type { Signature } from './compile.ts';
import type { Node, ReductionNode } from './graph.ts';
import { inOrder } from './in-order.ts';
import { writeInputs } from './inputs.ts';
import { initialValue, rowsPerBlock, writeBlock, writeColumns, writeGroups, type Lanes } from './loops.ts';
import { planFor, type Plan } from './plan.ts';
import type { PreparedRun } from './program.ts';
import { RowCode } from './wasm/row-code.ts';
import { nameOf, type Names, type Writer } from './writer.ts';

/** Points of the grid that go through the rows together: measured to be twice as fast as one by one. */
export const pointsPerPass = 4;

/**
 * The losses at the points `from` to `to` of a line of the grid, a whole number of passes: `losses[k]` is the loss
 * where the parameter of the line's direction is `xs[k]` and all others are as in `inputs`.
 *
 * The rows that a point is made of are counted through all passes of the plan, from 0 to `count` times these. A call
 * does those from `first` to `last`, which are ends of groups or passes unless it does all. With others before it or
 * after it, it takes up the sums and leaves them in `sums`; the losses are those of the call that does the last rows.
 */
export type GridFunction = (
  inputs: Float64Array,
  constants: Float64Array,
  columns: readonly Float64Array[],
  xs: Float64Array,
  losses: Float64Array,
  from: number,
  to: number,
  count: number,
  sums: Float64Array,
  first: number,
  last: number,
) => void;

const gridSignature: Signature<GridFunction> = {
  parameters: [
    'inputs',
    'constants',
    'columns',
    'xs',
    'losses',
    'from',
    'to',
    'count',
    'sums',
    'first',
    'last',
  ],
};

export interface GridCode {
  readonly code: RowCode<GridFunction>;
  readonly plan: Plan;
  /** Room for what goes from call to call. */
  readonly sums: Float64Array;
}

/** @param along the parameter that changes along a line of the grid */
export function compileGrid(run: PreparedRun, along: Node): GridCode {
  const { loss, graph, data } = run;
  const plan = planFor([loss], data.trainingRows);
  const code = new RowCode({
    signature: gridSignature,
    precision: graph.precision,
    columns: plan.columns,
    roots: plan.passes.flat(),
    write: (writer) => {
      writeGrid(writer, run, plan, along);
    },
  });
  return { code, plan, sums: new Float64Array(pointsPerPass * plan.passes.flat().length) };
}

/** What of a loss changes with the parameter `along`. */
export function changingAlong(along: Node, loss: Node): ReadonlySet<Node> {
  const changing = new Set([along]);
  for (const node of inOrder([loss])) {
    if (node.operands.some((operand) => changing.has(operand))) changing.add(node);
  }
  return changing;
}

function writeGrid(
  writer: Writer,
  { loss, data, symbols, graph }: PreparedRun,
  plan: Plan,
  along: Node,
): void {
  const names: Names = new Map();
  writeColumns(writer, plan.columns, names, [loss]);
  const fixed = symbols.map((symbol) => (symbol === along ? graph.symbol('another lane') : symbol));
  writeInputs(writer, names, fixed, 'inputs', [loss]);
  writer.line(`for (let at = from; at < to; at += ${pointsPerPass}) {`);
  const differing = changingAlong(along, loss);
  const lanes: Lanes = {
    names: Array.from({ length: pointsPerPass }, (_, lane) =>
      new Map(names).set(along, writer.local('const', `xs[at + ${lane}]`)),
    ),
    differs: (node) => differing.has(node),
  };
  let place = 0;
  for (const [index, reductions] of plan.passes.entries()) {
    if (data.trainingRows <= rowsPerBlock) writeBlock(writer, reductions, lanes, '0', 'count');
    else place = writePassInParts(writer, reductions, lanes, index, place);
  }
  lanes.names.forEach((lane, index) => {
    writer.write([loss], lane);
    writer.line(`losses[at + ${index}] = ${nameOf(loss, lane).text};`);
  });
  writer.line('}');
}

/** Writes the rows of a pass that a call does; its sums are in `sums` from `place` on. Gives the place of the next. */
function writePassInParts(
  writer: Writer,
  reductions: readonly ReductionNode[],
  lanes: Lanes,
  pass: number,
  place: number,
): number {
  const before = writer.local('const', `${pass} * count`).text;
  const begin = writer.local('const', `Math.min(Math.max(first - ${before}, 0), count)`).text;
  const end = writer.local('const', `Math.min(Math.max(last - ${before}, 0), count)`).text;
  let taken = place;
  writeGroups(writer, reductions, lanes, begin, end, (reduction) => {
    return `${begin} > 0 ? sums[${taken++}] : ${initialValue(reduction)}`;
  });
  let left = place;
  for (const reduction of reductions) {
    for (const names of lanes.differs(reduction) ? lanes.names : lanes.names.slice(0, 1)) {
      writer.line(`sums[${left++}] = ${nameOf(reduction, names).text};`);
    }
  }
  return left;
}
