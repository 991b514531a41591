/** A cell as far as a person who chooses among cells wants to know it. */
export interface ChoosableCell {
  readonly kind: 'code' | 'markdown';
  readonly text: string;
  /** What became of its latest run; absent for one that has not run. */
  readonly outcome?: string;
  /** Whether its latest run is known to have gone wrong. */
  readonly isSick?: boolean;
}

/** A cell to choose, with words that tell it from the others. */
export interface CellChoice {
  /** Where it stands in the notebook, counted from 0. */
  readonly index: number;
  /** The heading of its section. */
  readonly label: string;
  /** Its first line. */
  readonly description: string;
  readonly detail: string;
  readonly isSick: boolean;
}

/** The cells of a notebook that can be judged, those that went wrong first. */
export function cellChoices(cells: readonly ChoosableCell[]): CellChoice[] {
  const choices: CellChoice[] = [];
  let heading: string | undefined;
  for (const [index, { kind, text, outcome, isSick = false }] of cells.entries()) {
    if (kind === 'markdown') heading = lastHeading(text) ?? heading;
    else if (text.trim() !== '') {
      const description = firstLine(text);
      const label = heading ?? `Cell ${index + 1}`;
      choices.push({ index, label, description, detail: outcome ?? 'Has not run yet', isSick });
    }
  }
  return [...choices.filter((each) => each.isSick), ...choices.filter((each) => !each.isSick)];
}

/** The one cell that needs no asking: the only one that went wrong, or the only one at all. */
export function evidentChoice(choices: readonly CellChoice[]): CellChoice | undefined {
  const [first, second] = choices;
  if (first === undefined || second === undefined) return first;
  return first.isSick && !second.isSick ? first : undefined;
}

function lastHeading(markdown: string): string | undefined {
  const headings = [...markdown.matchAll(/^#{1,6}[ \t]+(.*?)[ \t#]*$/gm)];
  return headings.at(-1)?.[1]?.replace(/[*_`]/g, '');
}

/** The first line that says something, without its comment. */
function firstLine(text: string): string {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trim());
  const line =
    lines.find((each) => each !== '' && !each.startsWith('#')) ?? lines.find((each) => each !== '');
  return (line ?? '').replace(/\s+#.*$/, '');
}
