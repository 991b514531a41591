import type { Node, ReductionNode } from './graph.ts';
import { inOrder } from './in-order.ts';
import { atom, nameOf, type Expression, type Names, type Writer } from './writer.ts';

/**
 * How sums are made, so that they are accurate and always the same: of each block of rows the first, third, fifth ...
 * onto each other, then the others, then both, as vectors of two numbers do it; the blocks of a group onto each other,
 * the groups onto each other. A sum that is cut into slices is cut between groups.
 */
export const rowsPerBlock = 1024;
export const rowsPerGroup = 16 * rowsPerBlock;

/**
 * Evaluations that go through the rows together, each with names of its own for what differs between them. What
 * does not differ is computed once.
 */
export interface Lanes {
  readonly names: readonly Names[];
  readonly differs: (node: Node) => boolean;
}

/** One evaluation by itself. */
export function oneLane(names: Names): Lanes {
  return { names: [names], differs: () => true };
}

/** Writes a pass over the rows from `from` to `to`, both texts, where they are one block at most. */
export function writeBlock(
  writer: Writer,
  reductions: readonly ReductionNode[],
  lanes: Lanes,
  from: string,
  to: string,
): void {
  const sums = declareSums(writer, reductions, lanes);
  writeRows(writer, sums, lanes, from, to);
  nameSums(sums, lanes);
}

/** Writes a pass over the rows from `from` to `to` in blocks and groups, and names the totals. */
export function writeGroups(
  writer: Writer,
  reductions: readonly ReductionNode[],
  lanes: Lanes,
  from: string,
  to: string,
  initial: (reduction: ReductionNode) => string = initialValue,
): void {
  writeScalars(
    writer,
    reductions.flatMap((reduction) => reduction.operands),
    lanes,
  );
  const totals = declareSums(writer, reductions, lanes, initial);
  writer.line(`for (let group = ${from}; group < ${to}; group += ${rowsPerGroup}) {`);
  const groupSums = declareSums(writer, reductions, lanes);
  writer.line(`const groupEnd = Math.min(group + ${rowsPerGroup}, ${to});`);
  writer.line(`for (let block = group; block < groupEnd; block += ${rowsPerBlock}) {`);
  const blockSums = declareSums(writer, reductions, lanes);
  writer.line(`const blockEnd = Math.min(block + ${rowsPerBlock}, groupEnd);`);
  writeRows(writer, blockSums, lanes, 'block', 'blockEnd');
  writeOnto(writer, groupSums, blockSums);
  writer.line('}');
  writeOnto(writer, totals, groupSums);
  writer.line('}');
  nameSums(totals, lanes);
}

/** What a reduction begins with. */
export function initialValue({ reduction }: ReductionNode): string {
  if (reduction === 'largest') return '-Infinity';
  return reduction === 'smallest' ? 'Infinity' : '0';
}

/**
 * Makes locals of the columns that `roots` use, from the arrays in `columns`, and names their values inside a loop
 * over `row`.
 */
export function writeColumns(
  writer: Writer,
  columns: readonly Node[],
  names: Names,
  roots: readonly Node[],
): void {
  const all = new Set(columns);
  const used = new Set(inOrder(roots, (node) => names.has(node) || all.has(node)));
  columns.forEach((column, index) => {
    if (!used.has(column)) return;
    writer.line(`const c${index} = columns[${index}];`);
    names.set(column, { text: `c${index}[row]`, binds: 'atom', size: 1, column: index });
  });
}

/** A value of each row, and the text of where it goes. */
export interface Store {
  readonly node: Node;
  readonly target: string;
}

/**
 * Writes a loop over the rows from `from` to `to`, a block at most, which stores values and puts its sums onto what
 * `target` names.
 */
export function writePart(
  writer: Writer,
  reductions: readonly ReductionNode[],
  target: (reduction: ReductionNode) => string,
  stores: readonly Store[],
  names: Names,
): void {
  const lanes = oneLane(names);
  const sums = declareSums(writer, reductions, lanes);
  writeRows(writer, sums, lanes, 'from', 'to', stores);
  for (const { reduction, local } of sums) {
    writer.line(`${target(reduction)} = ${onto(writer, reduction, target(reduction), local)};`);
  }
}

/** The local that gathers a reduction in some of the lanes: in all, or in one. */
interface Sum {
  readonly reduction: ReductionNode;
  readonly lanes: readonly Names[];
  readonly local: string;
}

function declareSums(
  writer: Writer,
  reductions: readonly ReductionNode[],
  lanes: Lanes,
  initial: (reduction: ReductionNode) => string = initialValue,
): Sum[] {
  return reductions.flatMap((reduction) => {
    const sharers = lanes.differs(reduction) ? lanes.names.map((names) => [names]) : [lanes.names];
    return sharers.map((sharing) => {
      const local = writer.local('let', initial(reduction)).text;
      return { reduction, lanes: sharing, local };
    });
  });
}

function nameSums(sums: readonly Sum[], lanes: Lanes): void {
  for (const sum of sums) {
    for (const names of lanes.names) if (sum.lanes.includes(names)) names.set(sum.reduction, atom(sum.local));
  }
}

/** Writes, before a loop over rows, the numbers that `nodes` take from outside of it. */
export function writeScalarsOf(writer: Writer, nodes: readonly Node[], names: Names): void {
  writer.writeLocals(scalarsOf(nodes, names), names);
}

function writeScalars(writer: Writer, roots: readonly Node[], lanes: Lanes): void {
  const [first = new Map<Node, Expression>()] = lanes.names;
  writeInLanes(writer, scalarsOf(roots, first), lanes);
}

function scalarsOf(roots: readonly Node[], names: Names): Node[] {
  const isLeaf = (node: Node) => !node.rows || names.has(node);
  return inOrder(roots, isLeaf).filter((node) => !node.rows && node.operation !== 'constant');
}

function writeRows(
  writer: Writer,
  sums: readonly Sum[],
  lanes: Lanes,
  from: string,
  to: string,
  stores: readonly Store[] = [],
): void {
  const reduced = new Set(sums.map((sum) => sum.reduction));
  const roots = [
    ...[...reduced].flatMap((reduction) => reduction.operands),
    ...stores.map(({ node }) => node),
  ];
  writeScalars(writer, roots, lanes);
  const call = writer.rowFunctions?.add(
    sums.map(({ reduction, lanes: [names = new Map<Node, Expression>()] }) => ({ reduction, names })),
    (value) => writer.constant(value),
  );
  if (call !== undefined) {
    writer.line(`${call.name}(${[from, to, ...call.parameters].join(', ')});`);
    sums.forEach(({ local }, index) => {
      writer.line(`${local} = sumsOfRows[${index}];`);
    });
    return;
  }
  const others = sums.map((sum) => ({
    ...sum,
    local: writer.local('let', initialValue(sum.reduction)).text,
  }));
  writeLooks(writer, roots, lanes, from);
  writer.line(`for (let pair = ${from}; pair < ${to}; pair += 2) {`);
  writer.line('{');
  writer.line('const row = pair;');
  writeRow(writer, roots, sums, lanes, stores);
  writer.line('}');
  writer.line(`if (pair + 1 === ${to}) break;`);
  writer.line('const row = pair + 1;');
  writeRow(writer, roots, others, lanes, stores);
  writer.line('}');
  writeOnto(writer, sums, others);
}

/** Looks at the columns before the loop, for then engines need not make sure in every row that they are arrays. */
function writeLooks(writer: Writer, roots: readonly Node[], lanes: Lanes, from: string): void {
  const [names = new Map<Node, Expression>()] = lanes.names;
  for (const node of inOrder(roots, (root) => names.has(root))) {
    const column = names.get(node)?.column;
    if (column !== undefined) writer.line(`c${column}[${from}];`);
  }
}

/** What the loop does with one row. */
function writeRow(
  writer: Writer,
  roots: readonly Node[],
  sums: readonly Sum[],
  lanes: Lanes,
  stores: readonly Store[],
): void {
  const inside = new Map(lanes.names.map((names) => [names, new Map(names)]));
  const within: Lanes = { names: [...inside.values()], differs: lanes.differs };
  const [first = new Map<Node, Expression>()] = within.names;
  const reached = inOrder(roots, (node) => first.has(node));
  const columns = reached.filter((node) => node.rows && first.has(node));
  writer.writeLocals(columns, first);
  for (const names of within.names) for (const node of columns) names.set(node, nameOf(node, first));
  const differing = reached.filter(lanes.differs);
  const used = [...roots, ...differing.flatMap((node) => node.operands)];
  writeInLanes(writer, [...new Set(used.filter((node) => !lanes.differs(node)))], within);
  for (const names of within.names) writer.write(roots, names);
  for (const { node, target } of stores) writer.line(`${target} = ${nameOf(node, first).text};`);
  for (const { reduction, lanes: sharing, local } of sums) {
    const [operand] = reduction.operands;
    const names = sharing[0] && inside.get(sharing[0]);
    if (operand && names)
      writer.line(`${local} = ${onto(writer, reduction, local, nameOf(operand, names).text)};`);
  }
}

/** Makes locals of nodes, once for all lanes where they do not differ. */
function writeInLanes(writer: Writer, nodes: readonly Node[], lanes: Lanes): void {
  const [first, ...others] = lanes.names;
  if (first === undefined) return;
  const shared = nodes.filter((node) => !lanes.differs(node));
  writer.writeLocals(shared, first);
  for (const names of others) for (const node of shared) names.set(node, nameOf(node, first));
  const differing = nodes.filter(lanes.differs);
  for (const names of lanes.names) writer.writeLocals(differing, names);
}

function writeOnto(writer: Writer, targets: readonly Sum[], parts: readonly Sum[]): void {
  targets.forEach(({ reduction, local }, index) => {
    writer.line(`${local} = ${onto(writer, reduction, local, parts[index]?.local ?? local)};`);
  });
}

function onto(writer: Writer, { reduction }: ReductionNode, sum: string, value: string): string {
  if (reduction === 'largest') return `Math.max(${sum}, ${value})`;
  if (reduction === 'smallest') return `Math.min(${sum}, ${value})`;
  return writer.precision === 'float32' ? `Math.fround(${sum} + (${value}))` : `${sum} + (${value})`;
}
