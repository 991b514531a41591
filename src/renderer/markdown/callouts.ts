import { alert } from '@mdit/plugin-alert';
import type MarkdownIt from 'markdown-it';

import type { Environment } from './cells.ts';

/** Draws `> [!IMPORTANT]` and its kin as callouts, in the cells that `isLesson` names. */
export function drawCallouts(md: MarkdownIt, isLesson: (environment: Environment) => boolean): void {
  alert(onlyWhere(md, isLesson), {
    openRender: (tokens, index) => `<div class="gdnb-callout gdnb-callout-${tokens[index]?.markup ?? ''}">\n`,
    titleRender: (tokens, index) => {
      const name = tokens[index]?.markup ?? '';
      return `<p class="gdnb-callout-title">${name.charAt(0).toUpperCase()}${name.slice(1)}</p>\n`;
    },
  });
}

/** The plugin knows no cells: its rule is put in place so that it holds only in some of them. */
function onlyWhere(md: MarkdownIt, isLesson: (environment: Environment) => boolean): MarkdownIt {
  const { ruler } = md.block;
  const before: typeof ruler.before = (beforeName, ruleName, rule, options) => {
    const inLessons: typeof rule = (state, ...rest) =>
      isLesson(state.env as Environment) && rule(state, ...rest);
    ruler.before(beforeName, ruleName, inLessons, options);
  };
  return Object.create(md, { block: { value: { ruler: { before } } } }) as MarkdownIt;
}
