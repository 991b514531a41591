export { readExperiment } from './read.ts';
export type { Fix, Problem, Severity, TextEdit } from './problems.ts';
export type { ProblemCode } from './messages.ts';
export { completions } from './assist/completions.ts';
export type { Completion, CompletionKind } from './assist/completions.ts';
export { hover } from './assist/hover.ts';
export type { Hover } from './assist/hover.ts';
export { foldingRanges, outline } from './assist/outline.ts';
export type { FoldingRange, OutlineEntry } from './assist/outline.ts';
export { learningRatePlaces } from './assist/learning-rate-places.ts';
export { definitionsAt, referencesAt, renameableAt, renameAt } from './assist/rename.ts';
export type { NamedSpan, Refusable } from './assist/rename.ts';
export { semanticTokenModifiers, semanticTokens, semanticTokenTypes } from './assist/semantic-tokens.ts';
export type { SemanticToken } from './assist/semantic-tokens.ts';
export { signatureHelp } from './assist/signature.ts';
export type { SignatureHelp } from './assist/signature.ts';
export { spellOutUpdate } from './assist/spell-out.ts';
export { terms } from './words/terms.ts';
export type { Term } from './words/terms.ts';
export {
  functionsByName,
  keywordsByName,
  optimizersByName,
  reservedByName,
  settingsByName,
} from './words/words.ts';
