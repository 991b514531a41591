/** A snippet as VS Code's snippet files write it. */
export interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}

/** A snippet that may be put where something has been typed. */
export interface Offer {
  readonly name: string;
  readonly prefix: string;
  readonly description: string;
  /** With places to fill in, in VS Code's notation. */
  readonly body: string;
}

export interface Offers {
  readonly found: readonly Offer[];
  /** What stands there and gives way, to both sides of the cursor. */
  readonly replaced: { readonly before: string; readonly after: string };
}

const typedSoFar = /^(?:```\w*|> ?\[!\w*|\w*)$/;

/**
 * The Markdown snippets to offer on a line: all of them at the start of a line, those that begin with a fence or a
 * callout behind one, and none amid a sentence.
 *
 * @param before the line up to the cursor
 * @param after the rest of it
 */
export function snippetsAt(
  snippets: Readonly<Record<string, Snippet>>,
  before: string,
  after: string,
): Offers {
  const isCallout = before.startsWith('>');
  const replaced = { before, after: isCallout && after === ']' ? ']' : '' };
  if (!typedSoFar.test(before) || after !== replaced.after)
    return { found: [], replaced: { before: '', after: '' } };
  const opening = isCallout ? '> [!' : before.startsWith('`') ? '```' : '';
  const found = Object.entries(snippets)
    .map(([name, { body, ...rest }]) => ({ name, ...rest, body: body.join('\n') }))
    .filter(({ body }) => body.startsWith(opening));
  return { found, replaced };
}
