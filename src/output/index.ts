export { decodeNotice, decodePayload, encodeNotice, encodePayload, PayloadError } from './codec.ts';
export { isSendable, limitGrowingRuns, limitPayload } from './limit.ts';
export { figureRendererId } from './messages.ts';
export type { FigureNotice, FigureRequest, SourceEdit } from './messages.ts';
export { payloadVersion, runMimeType } from './payload.ts';
export { readRequest } from './requests.ts';
export type { FitSample, LandscapeGrid, RunPayload } from './payload.ts';
export { describeOutcome, describeRuns, significant } from './text.ts';
