import type MarkdownIt from 'markdown-it';

import { isQuiz, readQuiz, type Choice, type Question, type QuizProblem } from '../../lesson/index.ts';
import type { Environment } from './cells.ts';

/**
 * Renders `quiz` fences as questions, in the cells that `isLesson` names. In Restricted Mode the HTML is cleaned of
 * all controls, so it holds the question as text; `QuizView` builds the controls in it.
 */
export function drawQuizzes(md: MarkdownIt, isLesson: (environment: Environment) => boolean): void {
  const { rules } = md.renderer;
  const fence = rules.fence;
  rules.fence = (tokens, index, options, env: Environment, self) => {
    const token = tokens[index];
    if (token && isQuiz(token.info) && isLesson(env)) {
      // Not without its item: other extensions of the renderer rely on it.
      return quizMarkup(md, token.content, { ...env, inQuestion: true });
    }
    return fence?.(tokens, index, options, env, self) ?? self.renderToken(tokens, index, options);
  };
}

function quizMarkup(md: MarkdownIt, source: string, env: Environment): string {
  const { question, problems } = readQuiz(source);
  return question ? questionMarkup(md, question, env) : problemMarkup(md, source, problems);
}

function questionMarkup(md: MarkdownIt, { id, text, choices }: Question, env: Environment): string {
  const items = choices.map((choice) => choiceMarkup(md, choice, env)).join('');
  return (
    `<div class="gdnb-quiz" data-question="${id}">` +
    `<div class="gdnb-question">${md.render(text, env)}</div>` +
    `<ul class="gdnb-choices">${items}</ul></div>\n`
  );
}

function choiceMarkup(md: MarkdownIt, { text, isRight, explanation }: Choice, env: Environment): string {
  return (
    `<li class="gdnb-choice" data-right="${String(isRight)}">` +
    `<span class="gdnb-choice-text">${md.renderInline(text, env)}</span>` +
    `<div class="gdnb-explanation">${md.render(explanation, env)}</div></li>`
  );
}

function problemMarkup(md: MarkdownIt, source: string, problems: readonly QuizProblem[]): string {
  const escape = md.utils.escapeHtml;
  const items = problems.map(({ line, message }) => `<li>Line ${line}: ${escape(message)}</li>`).join('');
  return (
    '<div class="gdnb-quiz gdnb-quiz-broken"><p>This question cannot be asked yet.</p>' +
    `<ul>${items}</ul><pre><code>${escape(source)}</code></pre></div>\n`
  );
}
