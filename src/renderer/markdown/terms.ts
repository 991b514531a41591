import type MarkdownIt from 'markdown-it';
import type Token from 'markdown-it/lib/token.mjs';

import { terms, type Term } from '../../language/index.ts';
import type { Environment } from './cells.ts';

const termsByForm: ReadonlyMap<string, Term> = new Map(
  terms.flatMap((term: Term) => term.forms.map((form) => [form.toLowerCase(), term] as const)),
);

/** The longest form first, so that gradient descent is not taken for a gradient. */
const anyForm = new RegExp(
  `(?<![\\p{L}\\p{N}_-])(?:${[...termsByForm.keys()].sort((a, b) => b.length - a.length).join('|')})(?![\\p{L}\\p{N}_-])`,
  'giu',
);

/** What makes a text the definition of a term: its name in bold with a colon. */
const definition = /\*\*([^*:]+):\*\*/g;

/**
 * Marks the first use of each term of the glossary in a cell, in the cells that `isLesson` names, with its
 * definition for `Definitions` to show; but not the terms that the cell itself defines.
 */
export function drawTerms(md: MarkdownIt, isLesson: (environment: Environment) => boolean): void {
  md.core.ruler.push('gdnb_terms', (state) => {
    // What is rendered inline stands in a control or a label, where nothing else can have the focus.
    if (state.inlineMode || !isLesson(state.env as Environment)) return;
    const used = definedIn(state.src);
    for (const [index, token] of state.tokens.entries()) {
      if (token.type !== 'inline' || token.children === null) continue;
      if (state.tokens[index - 1]?.type === 'heading_open') continue;
      token.children = markTerms(token.children, used, state.Token);
    }
  });
  md.renderer.rules['gdnb_term_open'] = (tokens, index) => {
    const definition = md.utils.escapeHtml(tokens[index]?.content ?? '');
    return `<dfn class="gdnb-term" tabindex="0" data-definition="${definition}">`;
  };
}

function definedIn(markdown: string): Set<Term> {
  const names = [...markdown.matchAll(definition)].map(([, name = '']) => name.toLowerCase());
  return new Set(names.flatMap((name) => termsByForm.get(name) ?? []));
}

function markTerms(children: readonly Token[], used: Set<Term>, NewToken: typeof Token): Token[] {
  let links = 0;
  return children.flatMap((child) => {
    if (child.type === 'link_open') links += 1;
    if (child.type === 'link_close') links -= 1;
    return child.type === 'text' && links === 0 ? splitAtTerms(child, used, NewToken) : [child];
  });
}

function splitAtTerms(token: Token, used: Set<Term>, NewToken: typeof Token): Token[] {
  const parts: Token[] = [];
  const add = (type: string, tag: string, nesting: Token['nesting'], content = ''): void => {
    const part = new NewToken(type, tag, nesting);
    part.content = content;
    part.level = token.level;
    parts.push(part);
  };
  let end = 0;
  for (const match of token.content.matchAll(anyForm)) {
    const term = termsByForm.get(match[0].toLowerCase());
    if (!term || used.has(term)) continue;
    used.add(term);
    add('text', '', 0, token.content.slice(end, match.index));
    add('gdnb_term_open', 'dfn', 1, `${term.name}: ${term.definition}.`);
    add('text', '', 0, match[0]);
    add('gdnb_term_close', 'dfn', -1);
    end = match.index + match[0].length;
  }
  add('text', '', 0, token.content.slice(end));
  return parts;
}
