import { choose, ExperimentError, type Experiment } from './experiment.ts';
import {
  argumentCounts,
  isReduction,
  partsOf,
  type Formula,
  type FunctionName,
  type Span,
} from './formula.ts';
import type { Graph, Node, ReductionKind } from './graph.ts';
import { binaryCrossEntropy, huberLoss } from './losses.ts';

/** What formulas need of the data. */
export interface DataScope {
  /**
   * The column of this name.
   *
   * @throws ExperimentError at `place` where there is none, or it holds what is not a number
   */
  readonly column: (name: string, place: Span) => Node;
  /** A reduction of data alone, over the training rows, done once. */
  readonly reduce: (reduction: ReductionKind, operand: Node) => number;
  readonly trainingRows: number;
}

/** The names that a formula may use besides definitions and columns, and the nodes they stand for. */
export type NamedNodes = ReadonlyMap<string, Node>;

type Task =
  | { readonly kind: 'visit'; readonly formula: Formula; readonly locals: NamedNodes }
  | { readonly kind: 'combine'; readonly formula: Formula; readonly operands: number }
  | { readonly kind: 'define'; readonly name: string };

/**
 * What a formula comes to. Its node may say less than the formula: in `where(0, w * x, 1)` the constant decides, and
 * yet this is one value an example, and a mean of it one over the batch.
 */
export interface Value {
  readonly node: Node;
  /** Whether the formula has one value an example. */
  readonly rows: boolean;
  /** Whether the formula names something that varies. */
  readonly varies: boolean;
}

const noNames: NamedNodes = new Map();

/** The name, which no learner can give, of the partial derivative that `slope(loss)` stands for in the update. */
export const slopeName = 'slope(loss)';

/**
 * Turns formulas of one run into nodes. A name is looked up among the symbols, then the definitions, then the
 * columns. However deep formulas and definitions go, there is no recursion: a stack of tasks stands for it.
 */
export class Scope {
  private readonly graph: Graph;
  private readonly formulas: Experiment['definitions'];
  private readonly run: number;
  private readonly symbols: NamedNodes;
  private readonly data: DataScope;
  private readonly defined = new Map<string, Value | 'begun'>();

  constructor(
    graph: Graph,
    formulas: Experiment['definitions'],
    run: number,
    symbols: NamedNodes,
    data: DataScope,
  ) {
    this.graph = graph;
    this.formulas = formulas;
    this.run = run;
    this.symbols = symbols;
    this.data = data;
  }

  /**
   * The node of a formula; `locals` are known to this formula alone and not to the definitions that it uses.
   *
   * @throws ExperimentError where a name is unknown, depends on itself, or is a column without numbers
   */
  build(root: Formula, locals: NamedNodes = noNames): Node {
    return this.valueOf(root, locals).node;
  }

  private valueOf(root: Formula, locals: NamedNodes): Value {
    const tasks: Task[] = [{ kind: 'visit', formula: root, locals }];
    const values: Value[] = [];
    for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) {
      if (task.kind === 'visit') {
        this.visit(task.formula, task.locals, tasks, values);
      } else if (task.kind === 'combine') {
        const operands = values.splice(values.length - task.operands);
        values.push({
          node: this.combine(task.formula, operands),
          rows: !isReduction(task.formula) && operands.some((operand) => operand.rows),
          varies: operands.some((operand) => operand.varies),
        });
      } else {
        this.defined.set(task.name, lastOf(values));
      }
    }
    return lastOf(values);
  }

  /** What a definition comes to, as `build` makes it; undefined where the experiment has none of this name. */
  definition(name: string): Value | undefined {
    const definition = this.formulas.get(name);
    if (definition === undefined) return undefined;
    const { start, end } = choose(definition, this.run);
    return this.valueOf({ kind: 'name', name, start, end }, noNames);
  }

  /** The nodes of the definitions that have been used so far. */
  definitions(): ReadonlyMap<string, Node> {
    const made = new Map<string, Node>();
    for (const [name, value] of this.defined) if (value !== 'begun') made.set(name, value.node);
    return made;
  }

  private visit(formula: Formula, locals: NamedNodes, tasks: Task[], values: Value[]): void {
    if (formula.kind === 'name') {
      this.visitName(formula.name, formula, locals, tasks, values);
    } else if (formula.kind === 'column') {
      values.push(valueOf(this.data.column(formula.column, formula)));
    } else if (formula.kind === 'call' && formula.function === 'slope') {
      values.push(valueOf(slopeOfLoss(formula, locals)));
    } else {
      const parts = partsOf(formula);
      tasks.push({ kind: 'combine', formula, operands: parts.length });
      for (const part of [...parts].reverse()) tasks.push({ kind: 'visit', formula: part, locals });
    }
  }

  private visitName(name: string, place: Span, locals: NamedNodes, tasks: Task[], values: Value[]): void {
    const symbol = locals.get(name) ?? this.symbols.get(name);
    if (symbol !== undefined) {
      values.push(valueOf(symbol));
      return;
    }
    const definition = this.formulas.get(name);
    if (definition === undefined) {
      if (reservedNames.has(name)) throw new ExperimentError(`\`${name}\` cannot be used here.`, place);
      values.push(valueOf(name === 'pi' ? this.graph.constant(Math.PI) : this.data.column(name, place)));
      return;
    }
    const known = this.defined.get(name);
    if (known === 'begun') throw new ExperimentError(`\`${name}\` depends on itself.`, place);
    if (known !== undefined) {
      values.push(known);
      return;
    }
    this.defined.set(name, 'begun');
    tasks.push({ kind: 'define', name });
    tasks.push({ kind: 'visit', formula: choose(definition, this.run), locals: noNames });
  }

  private combine(formula: Formula, values: readonly Value[]): Node {
    const { graph } = this;
    const operands = values.map(({ node }) => node);
    const [first = graph.constant(NaN), second = graph.constant(NaN)] = operands;
    switch (formula.kind) {
      case 'number':
        return graph.constant(formula.value);
      case 'sum':
        return graph.sum(
          operands,
          formula.terms.map((term) => term.negative),
        );
      case 'product':
        return this.product(formula, operands);
      case 'negation':
        return graph.negate(first);
      case 'power':
        return graph.power(first, second);
      case 'comparison':
        return graph.compare(formula.operator, first, second);
      case 'call':
        return this.call(formula.function, operands, extentOf(values), formula);
      default:
        throw new ExperimentError('This stands where a number is expected.', formula);
    }
  }

  private product(formula: Formula & { kind: 'product' }, operands: readonly Node[]): Node {
    const { graph } = this;
    return (
      operands.reduce<Node | undefined>((product, operand, index) => {
        const inverse = formula.factors[index]?.inverse === true;
        if (product === undefined) return inverse ? graph.quotient(graph.constant(1), operand) : operand;
        return inverse ? graph.quotient(product, operand) : graph.product(product, operand);
      }, undefined) ?? graph.constant(1)
    );
  }

  private call(name: FunctionName, operands: readonly Node[], extent: Extent, place: Span): Node {
    const { graph } = this;
    const [least, most] = argumentCounts[name];
    if (operands.length < least || operands.length > most) {
      throw new ExperimentError(`\`${name}\` does not take ${operands.length} arguments.`, place);
    }
    const [first = graph.constant(NaN), second = graph.constant(NaN), third = graph.constant(1)] = operands;
    switch (name) {
      case 'mean':
        return this.mean(first, extent);
      case 'sum':
        return this.reduce('total', first, extent);
      case 'count':
        return this.count(extent);
      case 'std':
        return this.deviation(first, extent);
      case 'min':
        if (operands.length > 1) return graph.elementwise('minimum', operands);
        return this.reduce('smallest', first, extent);
      case 'max':
        if (operands.length > 1) return graph.elementwise('maximum', operands);
        return this.reduce('largest', first, extent);
      case 'where':
        return graph.choice(first, second, third);
      case 'mse':
        return this.mean(graph.wholePower(graph.difference(first, second), 2), extent);
      case 'mae':
        return this.mean(graph.elementwise('abs', [graph.difference(first, second)]), extent);
      case 'huber':
        return this.mean(huberLoss(graph, first, second, third), extent);
      case 'binary_cross_entropy':
        return this.mean(binaryCrossEntropy(graph, first, second), extent);
      case 'slope':
        throw new Error('The slope of the loss is no call.');
      default:
        return graph.elementwise(name, [first]);
    }
  }

  /** Over the batch where the formula depends on a parameter, else over the training rows, once. */
  private reduce(reduction: ReductionKind, operand: Node, extent: Extent): Node {
    const { graph } = this;
    if (extent === 'one') return operand;
    if (!operand.rows) return reduction === 'total' ? graph.product(this.count(extent), operand) : operand;
    if (extent === 'batch') return graph.reduce(reduction, operand);
    return graph.constant(this.data.reduce(reduction, operand));
  }

  private count(extent: Extent): Node {
    const { graph } = this;
    if (extent === 'one') return graph.constant(1);
    return extent === 'batch' ? graph.count() : graph.constant(this.data.trainingRows);
  }

  private mean(operand: Node, extent: Extent): Node {
    if (!operand.rows) return operand;
    return this.graph.quotient(this.reduce('total', operand, extent), this.count(extent));
  }

  /** The population's standard deviation; its slope at 0 is 0, as PyTorch has it. */
  private deviation(operand: Node, extent: Extent): Node {
    const { graph } = this;
    const zero = graph.constant(0);
    if (!operand.rows) return zero;
    const miss = graph.difference(operand, this.mean(operand, extent));
    const variance = this.mean(graph.wholePower(miss, 2), extent);
    return graph.choice(graph.compare('==', variance, zero), zero, graph.elementwise('sqrt', [variance]));
  }
}

/** What a reduction goes over: a single number, the rows of the batch, or all training rows. */
type Extent = 'one' | 'batch' | 'training';

function extentOf(values: readonly Value[]): Extent {
  if (!values.some(({ rows }) => rows)) return 'one';
  return values.some(({ varies }) => varies) ? 'batch' : 'training';
}

function valueOf(node: Node): Value {
  return { node, rows: node.rows, varies: node.varies };
}

/** Words that have a meaning in some formulas, and are never columns without backticks. */
const reservedNames: ReadonlySet<string> = new Set([
  'parameter',
  'gradient',
  'gradient_norm',
  'learning_rate',
  'step',
  'epoch',
  'steps',
  'epochs',
  'batch_size',
  'diverged',
  'steps_taken',
  'epochs_taken',
  'validation_loss',
]);

function slopeOfLoss(formula: Formula & { kind: 'call' }, locals: NamedNodes): Node {
  const [argument] = formula.arguments;
  const slope = locals.get(slopeName);
  if (slope !== undefined && argument?.kind === 'name' && argument.name === 'loss') return slope;
  throw new ExperimentError('`slope` stands only in the update, as `slope(loss)`.', formula);
}

function lastOf(values: readonly Value[]): Value {
  const last = values.at(-1);
  if (last === undefined) throw new Error('A formula has no value.');
  return last;
}
