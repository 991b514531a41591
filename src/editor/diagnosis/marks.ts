import { isWell, type DiagnosisFix, type Span } from '../../kernel/index.ts';
import { outline } from '../../language/index.ts';
import { withoutMarks } from '../../output/index.ts';
import type { CellDiagnosis } from './diagnoses.ts';

/** A problem in the text of a cell, with what cures it. */
export interface Mark extends Span {
  readonly condition: string;
  readonly message: string;
  readonly fixes: readonly DiagnosisFix[];
}

/** The marks of a diagnosed cell, one for each run that needs help. */
export function marksOf({ source, diagnoses }: CellDiagnosis): Mark[] {
  return diagnoses
    .filter(({ condition }) => !isWell(condition))
    .map(({ condition, label, summary, place, fixes }) => ({
      ...(place ?? placeFor(condition, source)),
      condition,
      message: withoutMarks(label === '' ? summary : `${label}: ${summary}`),
      fixes,
    }));
}

/** Where to mark what is at fault nowhere in the text: at the setting that the first fixes change. */
function placeFor(condition: string, source: string): Span {
  const entries = outline(source);
  const found =
    entries.find(({ kind, name }) => {
      if (condition === 'plateau') return kind === 'parameter';
      return condition === 'overfitting' ? name === 'steps' || name === 'epochs' : false;
    }) ??
    entries.find(({ name }) => name === 'learning_rate') ??
    entries.find(({ name }) => name === 'loss');
  return found === undefined
    ? { start: 0, end: firstLineEnd(source) }
    : { start: found.start, end: found.end };
}

function firstLineEnd(source: string): number {
  const end = source.search(/[\r\n]/);
  return end < 0 ? source.length : end;
}
