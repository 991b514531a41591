import { element } from '../dom.ts';

type State = 'open' | 'right' | 'wrong';

interface ChoiceView {
  readonly item: HTMLElement;
  readonly button: HTMLButtonElement;
  readonly verdict: HTMLElement;
  readonly explanation: HTMLElement;
  readonly isRight: boolean;
}

const verdicts: Readonly<Record<State, string>> = { open: '', right: 'Right. ', wrong: 'Not right. ' };

/** A question that can be answered where it stands: the controls in what `drawQuizzes` rendered. */
export class QuizView {
  /** The id of the question. */
  readonly question: string;
  readonly #root: HTMLElement;
  readonly #choices: readonly ChoiceView[];
  readonly #hint = element('p', { class: 'gdnb-hint' });
  readonly #announcement = element('div', { class: 'gdnb-announcement', role: 'status' });

  /** @param answer called with the index of a choice when it is made */
  constructor(root: HTMLElement, answer: (choice: number) => void) {
    this.#root = root;
    this.question = root.dataset['question'] ?? '';
    const items = [...root.querySelectorAll<HTMLElement>('.gdnb-choice')];
    this.#choices = items.map((item, index) =>
      choiceView(item, () => {
        answer(index);
        this.#announce(index);
      }),
    );
    nameGroup(root);
    keepEventsInside(root);
    root.append(this.#hint, this.#announcement);
  }

  /** Whether the question is still on the page. */
  get isShown(): boolean {
    return this.#root.isConnected;
  }

  /** Shows which choices were made, by their index. */
  show(tried: readonly number[]): void {
    for (const [index, choice] of this.#choices.entries()) {
      setState(choice, tried.includes(index) ? (choice.isRight ? 'right' : 'wrong') : 'open');
    }
    const isSolved = tried.some((index) => this.#choices[index]?.isRight === true);
    this.#root.classList.toggle('gdnb-solved', isSolved);
    this.#hint.textContent = isSolved || tried.length === 0 ? '' : 'Try again.';
    this.#hint.hidden = this.#hint.textContent === '';
  }

  #announce(index: number): void {
    const choice = this.#choices[index];
    if (!choice) return;
    const verdict = choice.isRight ? verdicts.right : verdicts.wrong;
    this.#announcement.textContent = verdict + (choice.explanation.textContent.trim() || '');
  }
}

function choiceView(item: HTMLElement, choose: () => void): ChoiceView {
  const explanation = item.querySelector<HTMLElement>('.gdnb-explanation') ?? element('div');
  const text = item.querySelector('.gdnb-choice-text') ?? element('span');
  const verdict = element('span', { class: 'gdnb-verdict' });
  const mark = element('span', { class: 'gdnb-mark', 'aria-hidden': 'true' });
  const button = element('button', { type: 'button', class: 'gdnb-answer' }, mark, verdict, text);
  button.addEventListener('click', () => {
    if (button.getAttribute('aria-disabled') !== 'true') choose();
  });
  item.prepend(button);
  return { item, button, verdict, explanation, isRight: item.dataset['right'] === 'true' };
}

function setState({ item, button, verdict, explanation }: ChoiceView, state: State): void {
  item.dataset['state'] = state;
  verdict.textContent = verdicts[state];
  explanation.hidden = state === 'open' || explanation.textContent.trim() === '';
  // Not `disabled`, which would take the focus away from who has just chosen it.
  button.setAttribute('aria-disabled', String(state !== 'open'));
}

/** Screen readers call the choices together by the text of the question. */
function nameGroup(root: HTMLElement): void {
  const text = root.querySelector('.gdnb-question')?.textContent.trim() ?? '';
  root.setAttribute('role', 'group');
  root.setAttribute('aria-label', text);
}

/**
 * To the notebook a click or a key on a Markdown cell is a wish to select or to edit it, which takes the focus away
 * from the question: those meant for a choice stay here.
 */
function keepEventsInside(root: HTMLElement): void {
  for (const type of ['click', 'dblclick', 'keydown', 'keypress', 'keyup'] as const) {
    root.addEventListener(type, (event) => {
      const isOnChoice = event.target instanceof Element && event.target.closest('button') !== null;
      const isOtherKey = event instanceof KeyboardEvent && event.key !== 'Enter' && event.key !== ' ';
      if (isOnChoice && !isOtherKey) event.stopPropagation();
    });
  }
}
