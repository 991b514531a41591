import type { Axis, Check, Choice, Duration, Experiment, Formula, OptimizerName } from '../kernel/index.ts';
import type { Parameter, Setting, Start, Update } from '../kernel/index.ts';
import {
  checkBatches,
  checkConstant,
  checkTrainingLog,
  readBatchSize,
  readOptimizer,
} from './check-settings.ts';
import { readPrecision, readValidation, readWhole } from './check-settings.ts';
import { checkSchedule, drawOf } from './check-uses.ts';
import type { ParameterEntry } from './cell.ts';
import { replaceBy } from './problems.ts';
import { insertLearningRate } from './insert-rate.ts';
import { meantFix } from './meant.ts';
import { factsIn, isConstant, lower, placeForMissing, type Reading } from './reading.ts';
import { nearest } from './suggest.ts';
import { alternativesOfSetting, nonEmpty } from './sweep.ts';
import { isExpression, mentions, unwrap, type AxisNode, type Expression } from './syntax.ts';
import { inferTruth } from './truth.ts';
import { updateOf } from './update-text.ts';

const nowhere = { start: 0, end: 0 };
const defaultSteps = 100;
const defaultEpochs = 3;

/**
 * The experiment that a cell describes, reporting what is wrong with its settings on the way. It is complete only
 * where no error was reported.
 */
export function lowerCell(reading: Reading): Experiment | undefined {
  const { cell, sweep } = reading;
  const duration = readDuration(reading);
  const optimizer = readOptimizer(reading);
  const learningRate = readLearningRate(reading, duration);
  const batchSize = readBatchSize(reading) ?? setTo<number | 'all'>('all');
  const seed = readWhole(reading, 'seed') ?? setTo(0);
  const precision = readPrecision(reading) ?? setTo('float64');
  const patience = readWhole(reading, 'patience');
  const validation = cell.columns.kind === 'none' ? undefined : readValidation(reading);
  checkBatches(reading, batchSize, validation);
  const landscape = readLandscape(reading);
  const update = readUpdate(reading, optimizer);
  const definitions = lowerDefinitions(reading);
  const parameters = [...cell.parameters.values()].map((entry) => lowerParameter(reading, entry));
  const checks = lowerChecks(reading);
  if (reading.problems.hasErrors || update === undefined) return undefined;
  return {
    ...(cell.columns.file === undefined ? {} : { data: cell.columns.file }),
    ...(cell.columns.table === undefined ? {} : { table: cell.columns.table }),
    ...(cell.columns.tablePlaces === undefined ? {} : { tablePlaces: cell.columns.tablePlaces }),
    definitions,
    parameters: parameters.filter((parameter) => parameter !== undefined),
    ...(learningRate === undefined ? {} : { learningRate }),
    ...(cell.block === undefined ? { optimizer: optimizer ?? setTo<OptimizerName>('sgd') } : {}),
    update,
    duration,
    batchSize,
    seed,
    precision,
    ...(patience === undefined ? {} : { patience }),
    ...(validation === undefined ? {} : { validation }),
    ...(landscape === undefined ? {} : { landscape }),
    checks,
    labels: sweep.labels,
  };
}

/** The experiment of a cell that shows a training log; `undefined` where the cell is none. */
export function lowerTrainingLog(reading: Reading): Experiment | undefined {
  const trainingLog = checkTrainingLog(reading);
  const { cell, problems } = reading;
  const setting = cell.settings.get('training_log');
  const other = cell.tree.statements.find((statement) => statement !== setting);
  if (setting !== undefined && other !== undefined) problems.add('training-log-alone', other, {});
  if (trainingLog === undefined || problems.hasErrors) return undefined;
  return {
    trainingLog,
    definitions: new Map(),
    parameters: [],
    optimizer: setTo<OptimizerName>('sgd'),
    update: [updateOf('sgd', nowhere)],
    duration: { unit: 'steps', count: setTo(0) },
    batchSize: setTo<number | 'all'>('all'),
    seed: setTo(0),
    precision: setTo('float64'),
    checks: [],
    labels: [''],
  };
}

/** A setting that the cell leaves out. */
function setTo<T>(value: T): Choice<Setting<T>> {
  return [{ value, ...nowhere }];
}

function readDuration(reading: Reading): Duration {
  const { settings } = reading.cell;
  const steps = readWhole(reading, 'steps');
  const epochs = readWhole(reading, 'epochs');
  if (steps !== undefined) return { unit: 'steps', count: steps };
  if (epochs !== undefined) return { unit: 'epochs', count: epochs };
  if (settings.has('batch_size')) return { unit: 'epochs', count: setTo(defaultEpochs) };
  return { unit: 'steps', count: setTo(defaultSteps) };
}

function readLearningRate(reading: Reading, duration: Duration): Choice<Formula> | undefined {
  const { cell, problems } = reading;
  checkSchedule(reading);
  const items = alternativesOfSetting(cell, 'learning_rate');
  if (cell.settings.has('learning_rate')) return formulasOf(reading, items);
  const usesRate =
    cell.block === undefined || cell.update.some(({ value }) => mentions(value, 'learning_rate'));
  if (usesRate && duration.count.some((count) => count.value !== 0)) {
    problems.add('missing-learning-rate', placeForMissing(cell), {}, [
      meantFix(cell, 'learning_rate'),
      insertLearningRate(cell, '0.1'),
    ]);
  }
  return undefined;
}

function formulasOf({ cell }: Reading, items: readonly Expression[]): Choice<Formula> | undefined {
  return nonEmpty(items.map((item) => lower(cell, item)).filter((formula) => formula !== undefined));
}

function lowerDefinitions(reading: Reading): Map<string, Choice<Formula>> {
  const { cell } = reading;
  const definitions = new Map<string, Choice<Formula>>();
  for (const { name, alternatives } of cell.definitions.values()) {
    const formulas = formulasOf(reading, alternatives);
    if (formulas !== undefined) definitions.set(name, formulas);
  }
  const truth = cell.definitions.has('truth') ? undefined : readTruth(reading);
  if (truth !== undefined) definitions.set('truth', truth);
  return definitions;
}

/** The truth of every run, once where it is the same for all. */
function readTruth(reading: Reading): Choice<Formula> | undefined {
  const { cell, sweep } = reading;
  const { source } = cell.tree;
  const truths: Expression[] = [];
  for (let run = 0; run < sweep.runs; run += 1) {
    const truth = inferTruth(cell.definitions, run, (formula) => factsIn(reading, formula).rows);
    if (truth === undefined) return undefined;
    truths.push(truth);
  }
  const texts = new Set(truths.map((truth) => `${truth.kind} ${source.slice(truth.start, truth.end)}`));
  return formulasOf(reading, texts.size === 1 ? truths.slice(0, 1) : truths);
}

function lowerParameter(
  reading: Reading,
  { name, place, alternatives }: ParameterEntry,
): Parameter | undefined {
  const starts = alternatives
    .map((start) => lowerStart(reading, start))
    .filter((start) => start !== undefined);
  const startsAt = nonEmpty(starts);
  return startsAt && { name, startsAt, start: place.start, end: place.end };
}

function lowerStart({ cell }: Reading, expression: Expression): Start | undefined {
  const place = { start: expression.start, end: expression.end };
  const draw = drawOf(expression);
  if (draw === undefined) {
    const formula = lower(cell, expression);
    return formula && { kind: 'formula', formula, ...place };
  }
  const [first, second] = draw.arguments.map((argument) => lower(cell, argument));
  if (first === undefined || second === undefined) return undefined;
  return draw.name.name === 'normal'
    ? { kind: 'draw', distribution: 'normal', mean: first, deviation: second, ...place }
    : { kind: 'draw', distribution: 'uniform', low: first, high: second, ...place };
}

function lowerChecks({ cell }: Reading): Check[] {
  return cell.checks.flatMap((check) => {
    const formula = lower(cell, unwrap(check.formula));
    if (formula?.kind !== 'comparison') return [];
    const { start, end } = check.formula;
    const comment = check.comment?.text.replace(/^#+/, '').trim() ?? '';
    // Signs that cancel out are no part of the formula, but of its text.
    const text = cell.tree.source.slice(check.keyword.end, check.end).trim();
    const label = comment === '' ? text.replace(/\s+/g, ' ') : comment;
    return [{ formula, label, start, end }];
  });
}

function readUpdate(
  reading: Reading,
  optimizer: Choice<Setting<OptimizerName>> | undefined,
): Choice<Update> | undefined {
  const { cell } = reading;
  if (cell.block === undefined) {
    const named = optimizer ?? setTo<OptimizerName>('sgd');
    return nonEmpty(named.slice(0, reading.sweep.runs).map((setting) => updateOf(setting.value, setting)));
  }
  const lines = cell.update.flatMap(({ name, value, start, end }) => {
    const formula = isExpression(value) ? lower(cell, value) : undefined;
    return formula === undefined ? [] : [{ name: name.name, formula, start, end }];
  });
  const memories = memoriesOf(reading);
  return nonEmpty(memories.map((values) => ({ lines, memories: values })));
}

/** Where the memories start, in each run; once where it is the same in all. */
function memoriesOf(reading: Reading): ReadonlyMap<string, number>[] {
  const { cell, problems, constants, facts } = reading;
  const given = [...cell.memories].filter((name) => cell.definitions.has(name));
  for (const name of given) {
    const definition = cell.definitions.get(name);
    const known = facts.get(name);
    if (definition === undefined || known === undefined || known.broken || isConstant(known)) continue;
    problems.add('memory-not-constant', definition.place, { name });
  }
  const starts = constants.map((valueOf) => {
    const values = new Map<string, number>();
    for (const name of given) {
      const value = valueOf({ kind: 'name', name, ...nowhere });
      if (value !== undefined) values.set(name, value);
    }
    return values;
  });
  const vary = given.some((name) => new Set(starts.map((values) => values.get(name))).size > 1);
  return vary ? starts : starts.slice(0, 1);
}

function readLandscape(reading: Reading): Experiment['landscape'] {
  const { cell, problems } = reading;
  const value = cell.settings.get('landscape')?.value;
  if (value === undefined || value.kind === 'missing') return undefined;
  if (value.kind !== 'axes') {
    const known = value.kind === 'name' && cell.parameters.has(value.name);
    const text = cell.tree.source.slice(value.start, value.end);
    const fix = known ? replaceBy(value, `[${text}]`, `Write \`[${text}]\``) : undefined;
    problems.add('axes-expected', value, {}, [fix]);
    return undefined;
  }
  const [first, second, ...others] = value.axes.map((axis) => readAxis(reading, axis));
  if (value.axes.length === 0 || others.length > 0)
    problems.add('axes-count', value, { count: value.axes.length });
  if (first === undefined) return undefined;
  if (second === undefined) return [first];
  if (first.parameter === second.parameter) problems.add('axis-twice', second, { name: second.parameter });
  return [first, second];
}

function readAxis(reading: Reading, { name, window, start, end }: AxisNode): Axis | undefined {
  const { cell, problems } = reading;
  if (name.kind === 'missing') return undefined;
  if (!cell.parameters.has(name.name)) {
    const parameters = [...cell.parameters.keys()];
    const suggestion = nearest(name.name, parameters);
    problems.add('axis-unknown', name, { name: name.name, suggestion, parameters }, [
      suggestion === undefined ? undefined : replaceBy(name, suggestion, `Change to \`${suggestion}\``),
    ]);
  }
  if (window === undefined) return { parameter: name.name, start, end };
  const low = readEnd(reading, window.low);
  const high = readEnd(reading, window.high);
  if (low === undefined || high === undefined) return { parameter: name.name, start, end };
  if (!(low < high) || !Number.isFinite(high - low)) {
    const { source } = cell.tree;
    const turned = `${source.slice(window.high.start, window.high.end)}..${source.slice(window.low.start, window.low.end)}`;
    const place = { start: window.low.start, end: window.high.end };
    const fix = low > high ? replaceBy(place, turned, `Change to \`${turned}\``) : undefined;
    problems.add('range-empty', place, { low, high }, [fix]);
  }
  return { parameter: name.name, window: { low, high }, start, end };
}

/** The value of an end of a window, which is the same in all runs; `undefined` where it has none. */
function readEnd(reading: Reading, end: Expression): number | undefined {
  const formula = checkConstant(reading, 'landscape', end);
  if (formula === undefined) return undefined;
  const values = new Set(reading.constants.map((valueOf) => valueOf(formula)));
  const [first, other] = values;
  if (first !== undefined && other !== undefined) {
    reading.problems.add('range-varies', end, { first, other });
    return undefined;
  }
  return first;
}
