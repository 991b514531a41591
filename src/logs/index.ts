export type { LogChunk } from './chunk-decoder.ts';
export { LogError } from './error.ts';
export { frameworkNames } from './format.ts';
export type { Framework, LoggedCurve } from './format.ts';
export { readTrainingLog } from './read.ts';
export { readTrainingLogInSlices } from './read-in-slices.ts';
export type { LogProgress, SliceOptions } from './read-in-slices.ts';
