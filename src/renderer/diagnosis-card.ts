import { isWell } from '../kernel/index.ts';
import type { DiagnosisFix, Evidence } from '../kernel/index.ts';
import { causeTitle, conditionTitle, sickFirst, withoutMarks } from '../output/index.ts';
import type { RunDiagnosis } from '../output/index.ts';
import { element } from './dom.ts';
import { icon } from './icons.ts';
import { formatNumber } from './numbers.ts';
import { isPieceOfProgram } from './piece-of-program.ts';

const digits = 5;

/** Evidence that counts something: all its digits matter. */
const counts: ReadonlySet<string> = new Set(['first bad step', 'at step', 'row']);

/**
 * What is wrong with the runs above, how that shows, and what cures it: one run openly, the runs of a sweep as a list
 * to be opened. Hidden while there is nothing to say.
 */
export class DiagnosisCard {
  readonly element = element('div', {
    class: 'gd-diagnosis',
    role: 'group',
    'aria-label': 'Diagnosis',
    hidden: true,
  });
  readonly #apply: ((fix: DiagnosisFix) => void) | undefined;
  readonly #copy: ((text: string) => Promise<string>) | undefined;

  /**
   * @param apply - makes a fix that has edits; without it, as without edits, a fix is advice in words
   * @param copy - copies what advice would have put into a program, and says how that went
   */
  constructor(apply?: (fix: DiagnosisFix) => void, copy?: (text: string) => Promise<string>) {
    this.#apply = apply;
    this.#copy = copy;
    this.element.addEventListener('keydown', (event) => {
      // Space opens and closes a run here; further up it would play the timeline.
      if (event.key === ' ' && event.target instanceof HTMLElement && event.target.matches('summary'))
        event.stopPropagation();
    });
  }

  update(diagnoses: readonly RunDiagnosis[]): void {
    this.element.hidden = diagnoses.length === 0;
    const [only, ...others] = diagnoses;
    if (only === undefined) this.element.replaceChildren();
    else if (others.length === 0) this.element.replaceChildren(this.#one(only));
    else
      this.element.replaceChildren(...sickFirst(diagnoses).map((each, index) => this.#several(each, index)));
  }

  #one(diagnosis: RunDiagnosis): HTMLElement {
    return element('div', { class: 'gd-diagnosed' }, title(diagnosis), this.#body(diagnosis));
  }

  #several(diagnosis: RunDiagnosis, index: number): HTMLElement {
    return element(
      'details',
      { class: 'gd-diagnosed', open: index === 0 },
      element('summary', {}, title(diagnosis)),
      this.#body(diagnosis),
    );
  }

  #body(diagnosis: RunDiagnosis): HTMLElement {
    const { summary, notes, fixes, evidence } = diagnosis;
    return element(
      'div',
      { class: 'gd-diagnosis-body' },
      element('p', {}, ...marked(summary)),
      ...this.#fixes(fixes),
      evidenceTable(evidence),
      ...notes.map((note) => element('p', { class: 'gd-note' }, ...marked(note))),
    );
  }

  #fixes(fixes: readonly DiagnosisFix[]): HTMLElement[] {
    if (fixes.length === 0) return [];
    const items = fixes.map((fix, index) =>
      element('li', {}, this.#fix(fix, index === 0), ...outcomeOf(fix)),
    );
    return [element('ul', { class: 'gd-fixes', 'aria-label': 'What helps' }, ...items)];
  }

  #fix(fix: DiagnosisFix, isFirst: boolean): HTMLElement {
    const apply = this.#apply;
    if (apply === undefined || fix.edits === undefined) return this.#advice(fix);
    const button = element(
      'button',
      {
        type: 'button',
        class: isFirst ? 'gd-button gd-fix' : 'gd-button gd-secondary gd-fix',
        'aria-label': `${withoutMarks(fix.title)}: change the cell and run it`,
      },
      ...marked(fix.title),
    );
    button.addEventListener('click', () => {
      apply(fix);
    });
    return button;
  }

  /** Advice in words, whose pieces of a program can be copied where they stand. */
  #advice(fix: DiagnosisFix): HTMLElement {
    const copy = this.#copy;
    const advice = element('span', { class: 'gd-advice' }, ...marked(fix.title));
    const pieces = [...advice.querySelectorAll('code')].filter((code) => isPieceOfProgram(code.textContent));
    if (copy === undefined || pieces.length === 0) return advice;
    const said = element('span', { class: 'gd-note', role: 'status' });
    for (const piece of pieces) piece.after(copyButton(piece.textContent, copy, said));
    advice.append(said);
    return advice;
  }
}

function copyButton(text: string, copy: (text: string) => Promise<string>, said: HTMLElement): HTMLElement {
  const button = element(
    'button',
    { type: 'button', class: 'gd-icon-button gd-copy', title: 'Copy', 'aria-label': `Copy ${text}` },
    icon('copy'),
  );
  button.addEventListener('click', () => {
    void copy(text).then((outcome) => {
      said.textContent = outcome;
    });
  });
  return button;
}

function title({ label, condition, cause }: RunDiagnosis): HTMLElement {
  const well = isWell(condition);
  return element(
    'div',
    { class: well ? 'gd-diagnosis-title gd-passed' : 'gd-diagnosis-title gd-failed' },
    icon(well ? 'passed' : 'warning'),
    element('b', {}, conditionTitle(condition)),
    ...(cause === undefined ? [] : [element('span', { class: 'gd-note' }, `· ${causeTitle(cause)}`)]),
    ...(label === '' ? [] : [element('span', { class: 'gd-code gd-diagnosis-run' }, label)]),
  );
}

function outcomeOf({ loss }: DiagnosisFix): HTMLElement[] {
  if (loss === undefined) return [];
  return [element('span', { class: 'gd-note' }, `ends at a loss of ${formatNumber(loss, digits)}`)];
}

/** Names and numbers in as many columns as there is room for. */
function evidenceTable(evidence: Evidence): HTMLElement {
  const rows = Object.entries(evidence).map(([name, value]) =>
    element('div', {}, element('dt', {}, name), element('dd', {}, evidenceText(name, value))),
  );
  return element('dl', { class: 'gd-evidence', 'aria-label': 'Evidence' }, ...rows);
}

function evidenceText(name: string, value: number | string): string {
  if (typeof value === 'string') return value;
  return counts.has(name) ? value.toLocaleString('en') : formatNumber(value, digits);
}

/** Text with its parts between backticks as code. */
function marked(text: string): (string | HTMLElement)[] {
  return text
    .split('`')
    .map((part, index) => (index % 2 === 0 ? part : element('code', { class: 'gd-code' }, part)))
    .filter((part) => part !== '');
}
