import { commands, EventEmitter, notebooks, window } from 'vscode';
import type { Event, ExtensionContext, Memento, NotebookEditor, NotebookRendererMessaging } from 'vscode';

import {
  quizRendererId,
  readAnswers,
  readQuizRequest,
  withAnswer,
  type Answers,
  type QuizNotice,
} from '../lesson/index.ts';
import { notebookType } from './serializer.ts';

const storageKey = 'gdnb.answers';

/** The answers to all questions, kept where VS Code keeps an extension's state and synchronised with it. */
export class QuizAnswers {
  readonly #storage: Memento;
  readonly #didChange = new EventEmitter<void>();
  readonly onDidChange: Event<void> = this.#didChange.event;

  constructor(context: ExtensionContext) {
    this.#storage = context.globalState;
    context.globalState.setKeysForSync([storageKey]);
    context.subscriptions.push(this.#didChange);
  }

  get all(): Answers {
    return readAnswers(this.#storage.get(storageKey));
  }

  async add(question: string, choice: number): Promise<void> {
    await this.replace(withAnswer(this.all, question, choice));
  }

  async replace(answers: Answers): Promise<void> {
    await this.#storage.update(storageKey, answers);
    this.#didChange.fire();
  }
}

/** Tells the questions of lessons what was answered, takes their answers, and lets a person begin again. */
export function registerAnswers(context: ExtensionContext): QuizAnswers {
  const answers = new QuizAnswers(context);
  const messaging = notebooks.createRendererMessaging(quizRendererId);
  const tell = (editors: readonly NotebookEditor[]): void => {
    tellAnswers(messaging, editors, answers.all);
  };
  context.subscriptions.push(
    messaging.onDidReceiveMessage(async ({ editor, message }) => {
      const request = isLesson(editor) ? readQuizRequest(message) : undefined;
      if (request?.type === 'hello') tell([editor]);
      if (request?.type === 'answer') await answers.add(request.question, request.choice);
    }),
    answers.onDidChange(() => {
      tell(window.visibleNotebookEditors);
    }),
    // One that was hidden has missed what was answered elsewhere.
    window.onDidChangeVisibleNotebookEditors(tell),
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
  await answers.replace({});
  const told = `Your answers to ${count === 1 ? 'one question' : `${count} questions`} are forgotten.`;
  // Not awaited: who ran the command need not answer the notification first.
  void window.showInformationMessage(told, 'Undo').then(async (chosen) => {
    if (chosen === 'Undo') await answers.replace({ ...answers.all, ...before });
  });
}
