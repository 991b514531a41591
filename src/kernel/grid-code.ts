import type { Signature } from './compile.ts';
import { writeInputs } from './inputs.ts';
import { inOrder, type Node } from './graph.ts';
import { rowsPerBlock, writeBlock, writeColumns, writeGroups, type Lanes } from './loops.ts';
import { planFor, type Plan } from './plan.ts';
import type { PreparedRun } from './program.ts';
import { RowCode } from './wasm/row-code.ts';
import { nameOf, type Names, type Writer } from './writer.ts';

/** Points of the grid that go through the rows together: measured to be twice as fast as one by one. */
export const pointsPerPass = 4;

/**
 * The losses at the points `from` to `to` of a line of the grid, a whole number of passes: `losses[k]` is the loss
 * where the parameter of the line's direction is `xs[k]` and all others are as in `inputs`.
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
) => void;

const gridSignature: Signature<GridFunction> = {
  parameters: ['inputs', 'constants', 'columns', 'xs', 'losses', 'from', 'to', 'count'],
};

export interface GridCode {
  readonly code: RowCode<GridFunction>;
  readonly plan: Plan;
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
  return { code, plan };
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
  const differing = new Set<Node>([along]);
  for (const node of inOrder([loss]))
    if (node.operands.some((operand) => differing.has(operand))) differing.add(node);
  const lanes: Lanes = {
    names: Array.from({ length: pointsPerPass }, (_, lane) =>
      new Map(names).set(along, writer.local('const', `xs[at + ${lane}]`)),
    ),
    differs: (node) => differing.has(node),
  };
  for (const reductions of plan.passes) {
    if (data.trainingRows <= rowsPerBlock) writeBlock(writer, reductions, lanes, '0', 'count');
    else writeGroups(writer, reductions, lanes, '0', 'count');
  }
  lanes.names.forEach((lane, index) => {
    writer.write([loss], lane);
    writer.line(`losses[at + ${index}] = ${nameOf(loss, lane).text};`);
  });
  writer.line('}');
}
