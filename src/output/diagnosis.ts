import { isWell, type Cause, type Condition, type Diagnosis } from '../kernel/index.ts';

/** The diagnosis of one run or of one curve, as a figure is given it. All of it is plain data. */
export interface RunDiagnosis extends Diagnosis {
  /** What tells the run from the others of a sweep; empty where there is only one. */
  readonly label: string;
}

const conditionTitles: Readonly<Record<Condition, string>> = {
  'not-finite': 'Not finite',
  exploding: 'Exploding',
  spikes: 'Spikes',
  oscillating: 'Oscillating',
  crawling: 'Crawling',
  noisy: 'Noisy floor',
  plateau: 'Stuck on a plateau',
  settled: 'Settled',
  overfitting: 'Overfitting',
  healthy: 'Healthy',
};

const causeTitles: Readonly<Record<Cause, string>> = {
  'learning-rate': 'the learning rate',
  'feature-scale': 'the scale of a feature',
  data: 'a row of the data',
  domain: 'an operation outside its domain',
  start: 'where it starts',
  update: 'the update',
  precision: 'the range of float32',
  direction: 'the direction of the steps',
  momentum: 'the momentum',
};

/** The state of a run in a word or two, to stand as a title. */
export function conditionTitle(condition: Condition): string {
  return conditionTitles[condition];
}

/** What is at fault, to stand beside the title. */
export function causeTitle(cause: Cause): string {
  return causeTitles[cause];
}

/** The runs that need help first, each kind in the order in which the runs are given. */
export function sickFirst(diagnoses: readonly RunDiagnosis[]): RunDiagnosis[] {
  const [sick, well] = [false, true].map((wanted) =>
    diagnoses.filter(({ condition }) => isWell(condition) === wanted),
  );
  return [...(sick ?? []), ...(well ?? [])];
}

/** The text of a summary or of a fix's title without the marks around its code, for places that show plain text. */
export function withoutMarks(text: string): string {
  return text.replaceAll('`', '');
}
