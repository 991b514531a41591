export { constantValues } from './constant-value.ts';
export type { ConstantValue } from './constant-value.ts';
export { curvature } from './curvature.ts';
export type { Curvature, CurvatureOptions } from './curvature.ts';
export type { Curve, CurveField, NotFinite } from './curve.ts';
export { descend, descendNow } from './descend.ts';
export type { DescendOptions } from './descend.ts';
export { diagnose, isWell } from './diagnose.ts';
export type {
  Cause,
  CellEdit,
  Condition,
  DiagnoseOptions,
  Diagnosis,
  DiagnosisFix,
  Evidence,
  Moment,
} from './diagnose.ts';
export { choose, ExperimentError, mostSteps, optimizerNames } from './experiment.ts';
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
export { singleRun } from './diagnosis/changes.ts';
export { brokenText, rateAgainstLimit } from './diagnosis/phrases.ts';
export { countOf, formatNumber, grouped, roundDown } from './format-number.ts';
export { functionNames, partsOf } from './formula.ts';
export type { ComparisonOperator, Factor, Formula, FunctionName, Span, Term } from './formula.ts';
export { gradient } from './gradient.ts';
export { landscape } from './landscape.ts';
export type { AxisOption, Landscape, LandscapeOptions } from './landscape.ts';
export { predict } from './predict.ts';
export type { Prediction } from './predict.ts';
export { prepare, prepareGivingWay } from './prepare.ts';
export type { PreparedRun, Program, Schedule } from './program.ts';
export { RunMemory } from './run-memory.ts';
export type { ByParameter, CheckResult, Outcome, Point, Run, RunSettings } from './run.ts';
export { thinRun } from './record.ts';
export { validationRowsOf } from './split-rows.ts';
export { readTable, readTableGivingWay } from './read-table.ts';
export { DataError, numericColumn, readColumns, withoutCommas } from './table.ts';
export { thinCurve } from './thin-curve.ts';
export type { Column, Table } from './table.ts';
