const longestQuotation = 40;
const longestInventory = 12;

export function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= longestQuotation ? line : `${line.slice(0, longestQuotation)}...`;
}

export function didYouMean(suggestion: string | undefined, before = ':'): string {
  return suggestion === undefined ? '.' : `${before} did you mean \`${suggestion}\`?`;
}

/** What to do about a name on both sides of its definition, if a column is meant. */
export function columnRemedy(remedy: 'rename' | 'backticks' | undefined): string {
  switch (remedy) {
    case 'rename':
      return ': if it is a column of the data, give the new name another spelling';
    case 'backticks':
      return ': if a column of the data is meant, write it in backticks';
    case undefined:
      return '';
  }
}

/** What to do about a name that is spelled like a word of a setting. */
export function wordRemedy(setting: string): string {
  return setting === 'optimizer'
    ? ', which names an update in `optimizer`: to change how that steps, spell it out with `for each step:`.'
    : `, which is a word of the language in \`${setting}\`.`;
}

/** What exists in place of what does not. */
export function inventory(columns: readonly string[], parameters: readonly string[]): string {
  const parts = [inventoryOf('column', columns), inventoryOf('parameter', parameters)];
  return parts.join('');
}

function inventoryOf(kind: string, names: readonly string[]): string {
  if (names.length === 0) return '';
  return names.length === 1
    ? ` The one ${kind} is ${enumerate(names)}.`
    : ` The ${kind}s are ${enumerate(names)}.`;
}

function enumerate(names: readonly string[]): string {
  const shown = names.slice(0, longestInventory).map((name) => shorten(name));
  return shown.join(', ') + (names.length > longestInventory ? ', ...' : '');
}

export function argumentRange(least: number, most: number): string {
  if (most === Infinity) return `${least} or more arguments`;
  if (least === most) return least === 1 ? 'one argument' : `${least} arguments`;
  return `${least} or ${most} arguments`;
}
