import type MarkdownIt from 'markdown-it';
import type { ActivationFunction, RendererApi } from 'vscode-notebook-renderer';

import { drawCallouts } from './markdown/callouts.ts';
import { LessonCells, type Environment } from './markdown/cells.ts';
import { showDefinitions } from './markdown/definitions.ts';
import styles from './markdown/markdown.css' with { type: 'text' };
import { drawQuizzes } from './markdown/quiz-markup.ts';
import { Quizzes } from './markdown/quizzes.ts';
import { drawTerms } from './markdown/terms.ts';

/** The renderer of VS Code that this one extends. */
interface MarkdownRenderer extends RendererApi {
  extendMarkdownIt(extend: (md: MarkdownIt) => void): void;
}

/** Called once in every notebook's webview, of whatever type; what it adds holds in lessons only. */
export const activate: ActivationFunction = async (context) => {
  const renderer = await context.getRenderer('vscode.markdown-it-renderer');
  if (!renderer) throw new Error("VS Code's Markdown renderer could not be loaded.");
  addStyles();
  const quizzes = new Quizzes((request) => {
    context.postMessage?.(request);
  });
  const cells = new LessonCells(() => context.postMessage?.({ type: 'hello' }));
  const isLesson = (environment: Environment): boolean => cells.has(environment);
  context.onDidReceiveMessage?.((message: unknown) => {
    if (quizzes.receive(message)) cells.confirm();
  });
  (renderer as MarkdownRenderer).extendMarkdownIt((md) => {
    drawCallouts(md, isLesson);
    drawQuizzes(md, isLesson);
    drawTerms(md, isLesson);
    afterRender(
      md,
      (root) => {
        root.getElementById('preview')?.classList.add('gdnb-lesson');
        quizzes.build(root);
        showDefinitions(root);
      },
      isLesson,
    );
  });
};

/** Calls `build` with the shadow root of a lesson's cell once its HTML is in the page. */
function afterRender(
  md: MarkdownIt,
  build: (root: ShadowRoot) => void,
  isLesson: (environment: Environment) => boolean,
): void {
  const render = md.render.bind(md);
  md.render = (text: string, environment: Environment = {}) => {
    const html = render(text, environment);
    const id = environment.outputItem?.id;
    if (id !== undefined && isLesson(environment)) {
      // VS Code puts the HTML into the cell in the same breath, after this returns.
      queueMicrotask(() => {
        const root = document.getElementById(id)?.shadowRoot;
        if (root) build(root);
      });
    }
    return html;
  };
}

/** VS Code copies templates of this class into the shadow root of every Markdown cell. */
function addStyles(): void {
  const template = document.createElement('template');
  template.classList.add('markdown-style');
  const style = document.createElement('style');
  style.textContent = styles;
  template.content.append(style);
  document.head.append(template);
}
