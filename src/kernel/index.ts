export { choose, ExperimentError, optimizerNames } from './experiment.ts';
export type {
  Axis,
  Check,
  Choice,
  Duration,
  Experiment,
  OptimizerName,
  Parameter,
  Precision,
  Setting,
  Start,
  Update,
  UpdateLine,
} from './experiment.ts';
export { functionNames } from './formula.ts';
export type { ComparisonOperator, Factor, Formula, FunctionName, Span, Term } from './formula.ts';
export type { ByParameter, CheckResult, Outcome, Point, Run, RunSettings } from './run.ts';
export { thinRun } from './record.ts';
export { DataError, readTable } from './table.ts';
export type { Column, Table } from './table.ts';
