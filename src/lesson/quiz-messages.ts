import { readAnswers, type Answers } from './answers.ts';

/** The id of the renderer that asks the questions, as the manifest has it. */
export const quizRendererId = 'gdnb.markdown';

/** What the questions of a notebook tell the editor. */
export type QuizRequest =
  /** Sent once, by the first cell that carries the mark of a lesson. */
  | { readonly type: 'hello' }
  | { readonly type: 'answer'; readonly question: string; readonly choice: number };

/** What the editor tells the questions of a notebook, and by it that the notebook is a lesson. */
export interface QuizNotice {
  readonly type: 'answers';
  readonly answers: Answers;
}

/** A request as it came, or undefined for anything else. */
export function readQuizRequest(message: unknown): QuizRequest | undefined {
  if (!isObject(message)) return undefined;
  const { type, question, choice } = message;
  if (type === 'hello') return { type };
  if (type !== 'answer' || typeof question !== 'string' || typeof choice !== 'number') return undefined;
  return Number.isInteger(choice) && choice >= 0 ? { type, question, choice } : undefined;
}

export function readQuizNotice(message: unknown): QuizNotice | undefined {
  if (!isObject(message) || message.type !== 'answers') return undefined;
  return { type: 'answers', answers: readAnswers(message.answers) };
}

interface Message {
  readonly type?: unknown;
  readonly question?: unknown;
  readonly choice?: unknown;
  readonly answers?: unknown;
}

function isObject(message: unknown): message is Message {
  return typeof message === 'object' && message !== null;
}
