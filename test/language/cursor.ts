/** A cell whose text has a `|` where the cursor stands. */
export function atCursor(marked: string): { source: string; offset: number } {
  const offset = marked.indexOf('|');
  return { source: marked.slice(0, offset) + marked.slice(offset + 1), offset };
}
