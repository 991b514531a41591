export { readExperiment } from './read.ts';
export type { Fix, Problem, Severity, TextEdit } from './problems.ts';
export type { ProblemCode } from './messages.ts';
