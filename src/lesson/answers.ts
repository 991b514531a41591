import type { Question } from './quiz.ts';

/** For every question, by its id, the choices that were tried, by their index, in the order they were tried. */
export type Answers = Readonly<Record<string, readonly number[]>>;

/** `answers` after a choice; the same object where that choice was tried before. */
export function withAnswer(answers: Answers, question: string, choice: number): Answers {
  const tried = triedOf(answers, question);
  return tried.includes(choice) ? answers : { ...answers, [question]: [...tried, choice] };
}

export function triedOf(answers: Answers, question: string): readonly number[] {
  return Object.hasOwn(answers, question) ? (answers[question] ?? []) : [];
}

/** Whether the right choice was found. */
export function isSolved(question: Question, answers: Answers): boolean {
  return triedOf(answers, question.id).some((choice) => question.choices[choice]?.isRight === true);
}

/** Answers as they were stored or sent, without what is none. */
export function readAnswers(stored: unknown): Answers {
  if (typeof stored !== 'object' || stored === null) return {};
  const entries = Object.entries(stored).map(([question, tried]) => [question, indexesOf(tried)] as const);
  return Object.fromEntries(entries.filter(([, tried]) => tried.length > 0));
}

function indexesOf(tried: unknown): number[] {
  if (!Array.isArray(tried)) return [];
  return tried.filter((choice): choice is number => Number.isInteger(choice) && choice >= 0);
}
