export {
  decodeLog,
  decodeNotice,
  decodePayload,
  encodeLog,
  encodeNotice,
  encodePayload,
  PayloadError,
} from './codec.ts';
export { causeTitle, conditionTitle, sickFirst, withoutMarks } from './diagnosis.ts';
export type { RunDiagnosis } from './diagnosis.ts';
export { isSendable, limitGrowingRuns, limitPayload } from './limit.ts';
export { entriesPerCurve, mostCurves } from './log-limit.ts';
export { logMimeType, logPayloadVersion } from './log-payload.ts';
export type { JudgedCurve, LogPayload } from './log-payload.ts';
export { columnsOf, describeExtent, describeLog, progressOf, stoppedText, titleOf } from './log-text.ts';
export { figureRendererId } from './messages.ts';
export type {
  DiagnosisNotice,
  FigureNotice,
  FigureRequest,
  ProgressNotice,
  ReadingNotice,
  RevealNotice,
  SourceEdit,
} from './messages.ts';
export { divergedText, isExploding, outcomeOf } from './outcome.ts';
export type { Outcome } from './outcome.ts';
export { payloadVersion, runMimeType } from './payload.ts';
export { readRequest } from './requests.ts';
export type { FitSample, LandscapeGrid, RunPayload } from './payload.ts';
export { describeOutcome, describeRuns, significant } from './text.ts';
