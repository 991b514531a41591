import { ColumnStore, RunData } from './data.ts';
import { differentiate } from './differentiate.ts';
import {
  choose,
  ExperimentError,
  mostSteps,
  type Check,
  type Experiment,
  type Precision,
} from './experiment.ts';
import { grouped } from './format-number.ts';
import type { Formula, Span } from './formula.ts';
import { Graph, type Node } from './graph.ts';
import { roundingTo } from './operations.ts';
import {
  endNames,
  timeNames,
  type PreparedCheck,
  type PreparedRun,
  type Program,
  type Schedule,
} from './program.ts';
import { randomStream, type RandomStream } from './random.ts';
import { reduceAhead } from './reduce-ahead.ts';
import type { RunSettings } from './run.ts';
import { Scope, type DataScope, type NamedNodes } from './scope.ts';
import { finishGivingWay, finishNow, type Pace, type Sliced } from './slices.ts';
import type { Table } from './table.ts';
import { buildUpdate } from './update.ts';

/** Definitions whose names cannot be chosen; a column of such a name is reached with backticks. */
const settingNames: ReadonlySet<string> = new Set(['loss', 'prediction', 'truth']);

/** What runs of one precision have in common; `data` is by their split into training and validation rows. */
interface Shared {
  readonly graph: Graph;
  readonly store: ColumnStore;
  readonly data: Map<string, RunData>;
}

/**
 * Compiles an experiment for its data.
 *
 * @param table the data file that `experiment.data` names; data in the cell itself needs none
 * @throws ExperimentError, with the place in the cell, where the data cannot serve the experiment
 */
export function prepare(experiment: Experiment, table?: Table): Program {
  return finishNow((pace) => prepareInSlices(experiment, table, pace));
}

/**
 * The same, giving way to others about every 10 ms; undefined where the signal ended it.
 *
 * @throws ExperimentError as `prepare` does
 */
export async function prepareGivingWay(
  experiment: Experiment,
  table?: Table,
  signal?: AbortSignal,
): Promise<Program | undefined> {
  return finishGivingWay((pace) => prepareInSlices(experiment, table, pace), signal);
}

/** @throws ExperimentError as `prepare` does */
export function* prepareInSlices(
  experiment: Experiment,
  table: Table | undefined,
  pace: Pace,
): Sliced<Program> {
  const data = experiment.table ?? table;
  checkNames(experiment, data);
  const shared = new Map<Precision, Shared>();
  const runs: PreparedRun[] = [];
  for (const index of experiment.labels.keys()) {
    const precision = choose(experiment.precision, index).value;
    let share = shared.get(precision);
    if (share === undefined) {
      const graph = new Graph(precision);
      share = { graph, store: new ColumnStore(graph, data), data: new Map() };
      shared.set(precision, share);
    }
    const { graph } = share;
    const runData = dataOf(experiment, index, share);
    if (runData.trainingRows > pace.rows) {
      yield* reduceAhead(runData, (scope) => prepareRun(experiment, index, graph, runData, scope), pace);
    }
    runs.push(prepareRun(experiment, index, graph, runData));
    yield;
  }
  const [first, ...rest] = runs;
  if (first === undefined) throw new ExperimentError('This experiment has no run.', { start: 0, end: 0 });
  return { experiment, ...(data === undefined ? {} : { table: data }), runs: [first, ...rest] };
}

/** @param dataScope what formulas see of the data */
function prepareRun(
  experiment: Experiment,
  index: number,
  graph: Graph,
  data: RunData,
  dataScope: DataScope = data,
): PreparedRun {
  const seed = choose(experiment.seed, index).value;
  const scopeWith = (symbols: NamedNodes) =>
    new Scope(graph, experiment.definitions, index, symbols, dataScope);
  const { parameters } = experiment;
  const symbols = parameters.map(({ name }) => graph.symbol(`parameter ${name}`));
  const byName = new Map(parameters.map(({ name }, place) => [name, symbols[place] ?? graph.constant(NaN)]));

  const scope = scopeWith(byName);
  const loss = buildLoss(experiment, index, scope);
  // The figure draws these two also where the loss does not use them: what is wrong with their data is said now.
  for (const name of ['prediction', 'truth']) scope.definition(name);
  const schedule = scheduleOf(experiment, index, data.trainingRows);
  const durations = durationNames(graph, schedule);
  const rateWhere = (time: (name: string) => Node) =>
    buildRate(experiment, index, graph, scopeWith(new Map([...namesOf(timeNames, time), ...durations])));
  const symbolOf = (name: string) => graph.symbol(name);
  const learningRate = rateWhere(symbolOf);
  const firstRate = rateWhere(() => graph.constant(1));
  const updateAt = (rate: Node) => {
    const names = [...byName, ...namesOf(timeNames, symbolOf), ...durations];
    const updateScope = scopeWith(new Map([...names, ['learning_rate', rate]]));
    return buildUpdate(graph, updateScope, choose(experiment.update, index));
  };
  const endScope = scopeWith(new Map([...byName, ...namesOf(endNames, symbolOf)]));

  return {
    index,
    label: choose(experiment.labels, index),
    settings: settingsOf(experiment, index, schedule, seed, firstRate),
    graph,
    scope,
    data,
    parameters,
    symbols,
    starts: startsOf(experiment, index, scopeWith(new Map()), randomStream(seed, 'starts')),
    loss,
    gradient: differentiate(graph, loss, symbols),
    learningRate,
    update: updateAt(learningRate),
    updateAt,
    schedule,
    checks: experiment.checks.map((check) => buildCheck(check, endScope)),
  };
}

function buildLoss(experiment: Experiment, index: number, scope: Scope): Node {
  const definition = experiment.definitions.get('loss');
  const loss = scope.definition('loss');
  if (definition === undefined || loss === undefined) {
    throw new ExperimentError('The cell has no `loss`: say what is to be made small.', { start: 0, end: 0 });
  }
  const formula = choose(definition, index);
  return oneNumber(loss.node, formula, 'the loss must be one number: wrap it in mean(...)');
}

function buildRate(experiment: Experiment, index: number, graph: Graph, scope: Scope): Node {
  if (experiment.learningRate === undefined) return graph.constant(NaN);
  const formula = choose(experiment.learningRate, index);
  return oneNumber(scope.build(formula), formula, 'the learning rate must be one number');
}

function buildCheck(check: Check, scope: Scope): PreparedCheck {
  const side = (formula: Formula) =>
    oneNumber(scope.build(formula), formula, 'a check compares two numbers: wrap this in mean(...)');
  return { check, left: side(check.formula.left), right: side(check.formula.right) };
}

/** Starts in the order of declaration, so that every draw has its place in the stream. */
function startsOf(experiment: Experiment, index: number, scope: Scope, stream: RandomStream): Float64Array {
  const value = (formula: Formula) => {
    const node = scope.build(formula);
    if (node.operation === 'constant') return node.value;
    throw new ExperimentError('A start must be one number: wrap it in mean(...).', formula);
  };
  const round = roundingTo(choose(experiment.precision, index).value);
  return Float64Array.from(experiment.parameters, ({ startsAt }) => {
    const start = choose(startsAt, index);
    if (start.kind === 'formula') return value(start.formula);
    if (start.distribution === 'normal') {
      const mean = value(start.mean);
      return round(mean + value(start.deviation) * stream.normal());
    }
    const low = value(start.low);
    return round(low + (value(start.high) - low) * stream.uniform());
  });
}

/** The data of a run; runs with the same split share it. */
function dataOf(experiment: Experiment, index: number, { graph, store, data }: Shared): RunData {
  const seed = choose(experiment.seed, index).value;
  const share = experiment.validation && choose(experiment.validation, index);
  if (share !== undefined && store.rows < 2) {
    const remedy = 'add a row, or take `validation` away';
    throw new ExperimentError(`Validation needs data with two rows at least: ${remedy}.`, share);
  }
  const key = share === undefined ? 'all' : `${share.value} ${seed}`;
  let known = data.get(key);
  if (known === undefined) {
    known = new RunData(graph, store, share === undefined ? undefined : { share: share.value, seed });
    data.set(key, known);
  }
  return known;
}

function scheduleOf(experiment: Experiment, index: number, rows: number): Schedule {
  const size = choose(experiment.batchSize, index).value;
  const batchSize = size === 'all' || size >= rows ? rows : size;
  const hasBatches = batchSize < rows;
  const stepsPerEpoch = hasBatches ? Math.ceil(rows / batchSize) : 1;
  const { unit, count } = experiment.duration;
  const duration = choose(count, index);
  const steps = unit === 'steps' ? duration.value : duration.value * stepsPerEpoch;
  if (steps > mostSteps) {
    const most = `at most ${grouped(mostSteps)} are possible`;
    const remedy = hasBatches ? 'lower `epochs`, or raise `batch_size`' : `lower \`${unit}\``;
    throw new ExperimentError(`These are ${grouped(steps)} steps, and ${most}: ${remedy}.`, duration);
  }
  const patience = experiment.patience && choose(experiment.patience, index).value;
  return {
    steps,
    rows,
    batchSize,
    hasBatches,
    stepsPerEpoch,
    stepsPerFullLoss: rows <= 100_000 ? Math.ceil(stepsPerEpoch / 10) : stepsPerEpoch,
    ...(patience === undefined ? {} : { patience }),
  };
}

function durationNames(graph: Graph, { steps, stepsPerEpoch, batchSize }: Schedule): [string, Node][] {
  return [
    ['steps', graph.constant(steps)],
    ['epochs', graph.constant(Math.ceil(steps / stepsPerEpoch))],
    ['batch_size', graph.constant(batchSize)],
  ];
}

function settingsOf(
  experiment: Experiment,
  index: number,
  schedule: Schedule,
  seed: number,
  firstRate: Node,
): RunSettings {
  return {
    learningRate: firstRate.operation === 'constant' ? firstRate.value : NaN,
    optimizer: experiment.optimizer ? choose(experiment.optimizer, index).value : 'for each step',
    steps: schedule.steps,
    batchSize: schedule.batchSize,
    seed,
    precision: choose(experiment.precision, index).value,
  };
}

/** Names of one's own must differ from the columns', or a formula would say one thing and mean another. */
function checkNames(experiment: Experiment, data: Table | undefined): void {
  if (data === undefined) return;
  const complain = (name: string, place: Span) => {
    if (!data.columns.has(name) || settingNames.has(name)) return;
    throw new ExperimentError(`The data has a column \`${name}\`: give this another name.`, place);
  };
  for (const parameter of experiment.parameters) complain(parameter.name, parameter);
  for (const [name, [formula]] of experiment.definitions) complain(name, formula);
}

function namesOf(names: readonly string[], node: (name: string) => Node): [string, Node][] {
  return names.map((name) => [name, node(name)]);
}

function oneNumber(node: Node, place: Span, message: string): Node {
  if (node.rows) throw new ExperimentError(message, place);
  return node;
}
