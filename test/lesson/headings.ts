/** A heading of a Markdown text, and where its line is. */
export interface Heading {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A fence, which hides what looks like a heading in it; or a heading. */
const fenceOrHeading = /^(`{3,}|~{3,}).*\n[^]*?^\1[`~]*$|^#+ (.*)$/gm;

export function headingsOf(markdown: string): Heading[] {
  return [...markdown.matchAll(fenceOrHeading)].flatMap((match) => {
    const [line, , text] = match;
    return text === undefined ? [] : [{ text, start: match.index, end: match.index + line.length }];
  });
}
