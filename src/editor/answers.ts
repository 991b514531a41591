import { commands, EventEmitter, notebooks, window } from 'vscode';
import type { Event, ExtensionContext, NotebookEditor, NotebookRendererMessaging } from 'vscode';

import {
  quizRendererId,
  readAnswers,
  readQuizRequest,
  withAnswer,
  type Answers,
  type QuizNotice,
} from '../lesson/index.ts';
import type { KeptState } from './kept-state.ts';
import { notebookType } from './serializer.ts';

const storageKey = 'gdnb.answers';

/** The answers to all questions, kept where VS Code keeps an extension's state and synchronised with it. */
export class QuizAnswers {
  readonly #state: KeptState;
  readonly #didChange = new EventEmitter<Answers>();
  readonly onDidChange: Event<Answers> = this.#didChange.event;

  constructor(context: ExtensionContext, state: KeptState) {
    this.#state = state;
    context.globalState.setKeysForSync([storageKey]);
    context.subscriptions.push(this.#didChange);
  }

  get all(): Answers {
    return readAnswers(this.#state.get(storageKey));
  }

  async change(change: (answers: Answers) => Answers): Promise<void> {
    this.#didChange.fire(await this.#state.change(storageKey, (kept) => change(readAnswers(kept))));
  }
}

/** Tells the questions of lessons what was answered, takes their answers, and lets a person begin again. */
export function registerAnswers(context: ExtensionContext, state: KeptState): QuizAnswers {
  const answers = new QuizAnswers(context, state);
  const messaging = notebooks.createRendererMessaging(quizRendererId);
  context.subscriptions.push(
    messaging.onDidReceiveMessage(async ({ editor, message }) => {
      const request = isLesson(editor) ? readQuizRequest(message) : undefined;
      if (request?.type === 'hello') tellAnswers(messaging, [editor], answers.all);
      if (request?.type !== 'answer') return;
      const { question, choice } = request;
      await answers.change((before) => withAnswer(before, question, choice));
    }),
    // Each change as it was made: the questions wait to be told of every answer, though it is taken back since.
    answers.onDidChange((changed) => {
      tellAnswers(messaging, window.visibleNotebookEditors, changed);
    }),
    // One that was hidden has missed what was answered elsewhere.
    window.onDidChangeVisibleNotebookEditors((editors) => {
      tellAnswers(messaging, editors, answers.all);
    }),
    commands.registerCommand('gdnb.resetQuizAnswers', async () => resetAnswers(answers)),
  );
  return answers;
}

function tellAnswers(
  messaging: NotebookRendererMessaging,
  editors: readonly NotebookEditor[],
  answers: Answers,
): void {
  const notice: QuizNotice = { type: 'answers', answers };
  for (const editor of editors.filter(isLesson)) void messaging.postMessage(notice, editor);
}

function isLesson(editor: NotebookEditor): boolean {
  return editor.notebook.notebookType === notebookType;
}

async function resetAnswers(answers: QuizAnswers): Promise<void> {
  const before = answers.all;
  const count = Object.keys(before).length;
  if (count === 0) {
    void window.showInformationMessage('No question has been answered yet.');
    return;
  }
  await answers.change(() => ({}));
  const told = `Your answers to ${count === 1 ? 'one question' : `${count} questions`} are forgotten.`;
  // Not awaited: who ran the command need not answer the notification first.
  void window.showInformationMessage(told, 'Undo').then(async (chosen) => {
    if (chosen === 'Undo') await answers.change((since) => ({ ...since, ...before }));
  });
}
