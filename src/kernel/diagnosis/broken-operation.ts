import { PartEvaluation } from '../evaluation.ts';
import { choose } from '../experiment.ts';
import { everyPart, type Formula } from '../formula.ts';
import type { Node } from '../graph.ts';
import { inOrder } from '../in-order.ts';
import { numberArithmetic, perform } from '../operations.ts';
import { valuesInSlices } from '../predict.ts';
import type { PreparedRun } from '../program.ts';
import { passOver, type Pace, type Sliced } from '../slices.ts';
import { splitRows } from '../split-rows.ts';
import { lastFiniteEntry, pointAt } from './run-state.ts';
import type { Subject } from './subject.ts';

/** The first operation that had finite operands and no finite result. */
export interface BrokenOperation {
  readonly node: Node;
  /** What it was given. */
  readonly operands: readonly number[];
  /** The operand does not exist for this operation: a logarithm of 0, a division by 0, a root of -1. */
  readonly isOutsideDomain: boolean;
  /** The rows of the table in which it broke, counted from 0, ascending; empty for one number. */
  readonly rows: readonly number[];
}

/** What broke a run that ended with a value that is not finite; undefined where it was the sheer size of a sum. */
export function* brokenOperation(subject: Subject, pace: Pace): Sliced<BrokenOperation | undefined> {
  const { prepared, run } = subject;
  const entry = run.steps.length - 1;
  const points = [pointAt(prepared, run, entry)];
  const finite = lastFiniteEntry(prepared, run);
  if (finite !== undefined && finite !== entry) points.push(pointAt(prepared, run, finite));
  for (const point of points) {
    if (!point.every(Number.isFinite)) continue;
    const found = yield* brokenAt(prepared, point, pace);
    if (found !== undefined) return { ...found, rows: yield* tableRows(subject, found.rows, pace) };
  }
  return undefined;
}

/** The rows of the table that training rows are: those kept for validation are left out of their count. */
function* tableRows(
  { prepared, trials }: Subject,
  rows: readonly number[],
  pace: Pace,
): Sliced<readonly number[]> {
  const { validation } = trials.experiment;
  if (validation === undefined || rows.length === 0) return rows;
  const all = prepared.data.trainingRows + prepared.data.validationRows;
  const share = choose(validation, 0).value;
  const { training } = yield* splitRows(all, share, prepared.settings.seed, pace);
  return rows.map((row) => training[row] ?? NaN);
}

/** As `brokenOperation`, at one point; the rows are those of the training data. */
function* brokenAt(
  prepared: PreparedRun,
  point: Float64Array,
  pace: Pace,
): Sliced<BrokenOperation | undefined> {
  const outputs = [prepared.loss, ...prepared.gradient];
  const reductions = inOrder(outputs).filter((node) => node.operation === 'reduction');
  const sums = yield* new PartEvaluation(prepared, 'training', prepared.symbols, reductions).at(point, pace);
  const known = new Map<Node, number>([
    ...prepared.symbols.map((symbol, index) => [symbol, point[index] ?? NaN] as const),
    ...reductions.map((node, index) => [node, sums[index] ?? NaN] as const),
    [prepared.graph.count(), prepared.schedule.rows],
  ]);
  for (const reduction of reductions) {
    const [operand] = reduction.operands;
    if (operand === undefined || Number.isFinite(known.get(reduction))) continue;
    const rows = yield* rowsNotFinite(prepared, operand, point, pace);
    const [row] = rows;
    if (row === undefined) return undefined;
    const found = originOf(operand, valuesInRow(prepared, operand, row, known));
    return found && { ...found, rows };
  }
  for (const output of outputs) {
    const values = valuesInRow(prepared, output, undefined, known);
    if (Number.isFinite(values.get(output))) continue;
    const found = originOf(output, values);
    return found && { ...found, rows: [] };
  }
  return undefined;
}

/** The training rows in which a node is not finite at a point, ascending. */
function* rowsNotFinite(
  prepared: PreparedRun,
  node: Node,
  point: Float64Array,
  pace: Pace,
): Sliced<number[]> {
  const [values = new Float64Array()] = yield* valuesInSlices(prepared, [node], point, pace);
  const rows: number[] = [];
  yield* passOver(values.length, 1, pace, (from, to) => {
    for (let row = from; row < to; row++) if (!Number.isFinite(values[row])) rows.push(row);
  });
  return rows;
}

/** The values of all nodes that one is made of, in one row or, without a row, where no data enter. */
function valuesInRow(
  prepared: PreparedRun,
  root: Node,
  row: number | undefined,
  known: ReadonlyMap<Node, number>,
): Map<Node, number> {
  const values = new Map(known);
  const arithmetic = numberArithmetic(prepared.graph.precision);
  for (const node of inOrder([root], (each) => known.has(each))) {
    if (values.has(node)) continue;
    const operands = node.operands.map((operand) => values.get(operand) ?? NaN);
    values.set(node, valueOf(prepared, node, operands, row, arithmetic));
  }
  return values;
}

function valueOf(
  prepared: PreparedRun,
  node: Node,
  operands: readonly number[],
  row: number | undefined,
  arithmetic: ReturnType<typeof numberArithmetic>,
): number {
  switch (node.operation) {
    case 'constant':
      return node.value;
    case 'column':
      return row === undefined ? NaN : (prepared.data.columns([node], 'training')[0]?.[row] ?? NaN);
    case 'symbol':
    case 'reduction':
      return NaN;
    case 'cross-entropy':
      return operands[0] ?? NaN;
    default:
      return perform(node, operands, arithmetic);
  }
}

/** Down from a value that is not finite to the operation whose operands all are. */
function originOf(root: Node, values: ReadonlyMap<Node, number>): Omit<BrokenOperation, 'rows'> | undefined {
  let node = root;
  for (;;) {
    const broken = node.operands.find((operand) => !Number.isFinite(values.get(operand) ?? NaN));
    if (broken === undefined) break;
    node = broken;
  }
  const operands = node.operands.map((operand) => values.get(operand) ?? NaN);
  if (operands.length === 0) return undefined;
  return { node, operands, isOutsideDomain: isOutsideDomain(node, operands) };
}

function isOutsideDomain(node: Node, [first = NaN, second = NaN]: readonly number[]): boolean {
  switch (node.operation) {
    case 'log':
      return first <= 0;
    case 'log1p':
      return first <= -1;
    case 'sqrt':
      return first < 0;
    case 'quotient':
      return second === 0;
    case 'pow':
      return first < 0 || (first === 0 && second < 0);
    default:
      return false;
  }
}

/** The formula in a definition that makes this node, so that it can be named and guarded. */
export function formulaOf({ prepared, trials }: Subject, node: Node): Formula | undefined {
  const formulas = [...trials.experiment.definitions.values()].map((choice) => choose(choice, 0));
  for (const part of everyPart(formulas)) if (prepared.scope.build(part) === node) return part;
  return undefined;
}

/** What the operation did, in words. */
export function operationText({ node, operands }: BrokenOperation): string {
  const [first = NaN] = operands;
  switch (node.operation) {
    case 'log':
      return first === 0 ? 'a logarithm of 0' : 'a logarithm of a negative number';
    case 'log1p':
      return 'a logarithm of 0';
    case 'sqrt':
      return 'a square root of a negative number';
    case 'quotient':
      return 'a division by 0';
    case 'pow':
      return first === 0 ? 'a division by 0' : 'a fractional power of a negative number';
    case 'exp':
      return 'an exponential too large for a number';
    default:
      return 'a result too large for a number';
  }
}
