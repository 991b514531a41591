import { readQuizNotice, triedOf, withAnswer, type Answers, type QuizRequest } from '../../lesson/index.ts';
import { QuizView } from './quiz-view.ts';

/** The questions on the page and what has been answered; both change by clicks here and by notices of the editor. */
export class Quizzes {
  readonly #post: (request: QuizRequest) => void;
  readonly #views = new Set<QuizView>();
  #answers: Answers = {};
  /** Choices made here that the editor has not told of yet: a notice already under way must not undo them. */
  #untold: readonly Made[] = [];

  constructor(post: (request: QuizRequest) => void) {
    this.#post = post;
  }

  /** Builds the controls of the questions below `root` that have none. */
  build(root: ParentNode): void {
    for (const view of this.#views) if (!view.isShown) this.#views.delete(view);
    for (const rendered of root.querySelectorAll<HTMLElement>('.gdnb-quiz[data-question]:not([role])')) {
      const view = new QuizView(rendered, (choice) => {
        this.#answer(view.question, choice);
      });
      view.show(triedOf(this.#answers, view.question));
      this.#views.add(view);
    }
  }

  /** Takes a message of the editor. Returns whether it was one for the questions. */
  receive(message: unknown): boolean {
    const notice = readQuizNotice(message);
    if (notice) {
      this.#untold = this.#untold.filter(
        ({ question, choice }) => !triedOf(notice.answers, question).includes(choice),
      );
      this.#setAnswers(this.#untold.reduce(withMade, notice.answers));
    }
    return notice !== undefined;
  }

  #answer(question: string, choice: number): void {
    const made = { question, choice };
    this.#untold = [...this.#untold, made];
    this.#setAnswers(withMade(this.#answers, made));
    this.#post({ type: 'answer', question, choice });
  }

  #setAnswers(answers: Answers): void {
    this.#answers = answers;
    for (const view of this.#views) view.show(triedOf(answers, view.question));
  }
}

interface Made {
  readonly question: string;
  readonly choice: number;
}

function withMade(answers: Answers, { question, choice }: Made): Answers {
  return withAnswer(answers, question, choice);
}
