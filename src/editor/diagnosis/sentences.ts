import { formatNumber, isWell, type DiagnosisFix } from '../../kernel/index.ts';
import { conditionTitle, withoutMarks, type RunDiagnosis } from '../../output/index.ts';

/** A notification: what it says, and the fix that its button makes. */
export interface Telling {
  readonly kind: 'information' | 'warning';
  readonly text: string;
  readonly fix?: DiagnosisFix;
}

const lossDigits = 6;

/** What to say of the diagnoses of a cell, those that need help first. */
export function tellingOf(diagnoses: readonly RunDiagnosis[]): Telling {
  const [first, ...others] = diagnoses;
  if (first === undefined) return { kind: 'information', text: 'There is no run to judge.' };
  if (others.length === 0) return tellingOfRun(first);
  const sick = diagnoses.filter(({ condition }) => !isWell(condition)).length;
  const { length } = diagnoses;
  if (sick === 0) return { kind: 'information', text: `All ${length} runs are well.` };
  const own = tellingOfRun(first);
  const text = `${sick} of ${length} runs ${sick === 1 ? 'needs' : 'need'} help. ${own.text}`;
  return { ...own, text };
}

/** What to say when a fix has been made and its cell judged again. */
export function tellingOfCure(diagnoses: readonly RunDiagnosis[]): Telling {
  const [first] = diagnoses;
  if (first === undefined || !isWell(first.condition)) return tellingOf(diagnoses);
  const loss = first.evidence['loss at the end'];
  const end = diagnoses.length > 1 ? `all ${diagnoses.length} runs are well` : endText(loss);
  return { kind: 'information', text: `Cured: ${end}.` };
}

/** A fix as the text of a button; one that is told in code gets a verb. */
export function fixTitle({ title }: DiagnosisFix): string {
  return title.startsWith('`') ? `Use ${withoutMarks(title)}` : withoutMarks(title);
}

function endText(loss: number | string | undefined): string {
  return typeof loss === 'number' ? `the loss ends at ${formatNumber(loss, lossDigits)}` : 'the run is well';
}

function tellingOfRun(diagnosis: RunDiagnosis): Telling {
  const { condition, fixes, label } = diagnosis;
  const { what, why } = sentencesOf(diagnosis);
  const title = conditionTitle(condition);
  const ofRun =
    why === undefined ? `${label}: ${lowered(what)}` : `${label} is ${title.toLowerCase()}: ${why}`;
  const text = label === '' ? (why === undefined ? what : `${title}: ${why}`) : ofRun;
  if (isWell(condition)) return { kind: 'information', text };
  const fix = fixes.find(({ edits }) => edits !== undefined);
  return { kind: 'warning', text, ...(fix === undefined ? {} : { fix }) };
}

/** The first sentence of a summary tells what happened, the second why; noise has no other cause than itself. */
function sentencesOf({ summary, condition }: RunDiagnosis): { what: string; why?: string } {
  const [what = '', why] = withoutMarks(summary).split(/(?<=\.) /);
  return why === undefined || condition === 'noisy' ? { what } : { what, why: lowered(why) };
}

function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
