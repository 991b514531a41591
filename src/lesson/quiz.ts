import { openingFence, closesMarker } from './fences.ts';
import { contentId } from './content-id.ts';
import { isBlank, linesOf } from './lines.ts';

/** One answer that a question offers. All texts are Markdown. */
export interface Choice {
  readonly text: string;
  readonly isRight: boolean;
  /** What it says to who chose it; '' where the author gave none. */
  readonly explanation: string;
}

export interface Question {
  /** Known by its content: the same wherever its file lies, another once question, choices or right answer change. */
  readonly id: string;
  readonly text: string;
  readonly choices: readonly Choice[];
}

/** What is wrong with a quiz, and on which line of it, counted from 1. */
export interface QuizProblem {
  readonly line: number;
  readonly message: string;
}

export interface QuizReading {
  /** Absent where there are problems. */
  readonly question?: Question;
  readonly problems: readonly QuizProblem[];
}

interface Item {
  readonly line: number;
  readonly text: string;
  /** Absent where the item has no box. */
  readonly isRight?: boolean;
  readonly below: string[];
}

const item = /^ {0,3}[-*+](?:[ \t]+(?:\[([ xX])\](?:[ \t]+|$))?(.*))?$/s;
const example = 'for instance "- [x] the right one" and "- [ ] a wrong one"';

/**
 * Reads the text of a `quiz` fence: the question, then a task list of its choices, the right one checked, each with
 * its explanation indented below.
 */
export function readQuiz(source: string): QuizReading {
  const lines = linesOf(source).map((line) => line.text);
  const first = lines.findIndex((line) => item.test(line));
  const text = unindented(first < 0 ? lines : lines.slice(0, first));
  const { items, problems } = first < 0 ? { items: [], problems: [] } : readItems(lines, first);
  problems.push(...problemsOf(text, items));
  if (problems.length > 0) return { problems: problems.sort((a, b) => a.line - b.line) };
  const choices = items.map((each) => ({
    text: each.text,
    isRight: each.isRight === true,
    explanation: unindented(each.below),
  }));
  return { question: { id: questionId(text, choices), text, choices }, problems };
}

/** The questions of a Markdown text, in order; a quiz with problems has none. */
export function questionsOf(markdown: string): Question[] {
  const questions: Question[] = [];
  let quiz: string[] | undefined;
  let marker: string | undefined;
  for (const { text } of linesOf(markdown)) {
    if (marker !== undefined && closesMarker(text, marker)) {
      const question = quiz && readQuiz(quiz.join('\n')).question;
      if (question) questions.push(question);
      quiz = marker = undefined;
    } else if (marker === undefined) {
      const fence = openingFence(text);
      marker = fence?.marker;
      quiz = fence && isQuiz(fence.info) ? [] : undefined;
    } else {
      quiz?.push(text);
    }
  }
  return questions;
}

/** Whether a fence with this info string is a question. */
export function isQuiz(info: string): boolean {
  return info.trim().split(/\s/, 1)[0] === 'quiz';
}

function readItems(lines: readonly string[], first: number): { items: Item[]; problems: QuizProblem[] } {
  const items: Item[] = [];
  const problems: QuizProblem[] = [];
  for (const [index, line] of lines.entries()) {
    if (index < first) continue;
    const [isItem, box, text = ''] = item.exec(line) ?? [];
    if (isItem !== undefined) {
      const isRight = box === undefined ? {} : { isRight: box !== ' ' };
      items.push({ line: index + 1, text: text.trim(), ...isRight, below: [] });
    } else if (isBlank(line) || /^(?: {2}|\t)/.test(line)) {
      items.at(-1)?.below.push(line);
    } else {
      problems.push({
        line: index + 1,
        message: 'Indent this line by two spaces, so that it explains the choice above it.',
      });
    }
  }
  return { items, problems };
}

function problemsOf(text: string, items: readonly Item[]): QuizProblem[] {
  const problems: QuizProblem[] = [];
  const add = (line: number, message: string): void => void problems.push({ line, message });
  const right = items.filter((each) => each.isRight === true);
  const last = items.at(-1)?.line ?? 1;
  if (text === '') add(1, 'Write the question above its choices.');
  if (items.length < 2) add(last, `Give at least two choices as a task list, ${example}.`);
  else if (right.length === 0) add(items[0]?.line ?? 1, 'Check the right choice: "- [x] ...".');
  for (const each of right.slice(1))
    add(each.line, `Only one choice can be right, and line ${right[0]?.line ?? 1} is.`);
  for (const [index, each] of items.entries()) {
    if (each.isRight === undefined) add(each.line, 'Give this choice a box: "- [ ] ..." for a wrong one.');
    if (each.text === '') add(each.line, 'Write the choice behind its box.');
    const twin = items.slice(0, index).find((other) => other.text === each.text);
    if (twin && each.text !== '') add(each.line, `This choice is the same as on line ${twin.line}.`);
    if (each.isRight === false && each.below.every(isBlank)) {
      add(each.line, 'Say below this choice, indented, what is wrong with it.');
    }
  }
  return problems;
}

/** Lines without the blank ones around them and without the indentation that they share. */
function unindented(lines: readonly string[]): string {
  const indents = lines.filter((line) => !isBlank(line)).map((line) => line.length - line.trimStart().length);
  const shared = indents.reduce((least, indent) => Math.min(least, indent), Infinity);
  return lines
    .map((line) => (isBlank(line) ? '' : line.slice(shared)))
    .join('\n')
    .replace(/^\n+|\n+$/g, '');
}

/** Explanations are left out: to mend one asks nobody again. */
function questionId(text: string, choices: readonly Choice[]): string {
  return contentId([text, ...choices.flatMap((choice) => [choice.isRight ? 'right' : 'wrong', choice.text])]);
}
