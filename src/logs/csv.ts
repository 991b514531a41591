import Papa from 'papaparse';

/**
 * The fields of lines of CSV; blank lines have none. A record is a line: where quotes are used, each line is read for
 * itself, so that one stray quote spoils one record and not all that follow.
 */
export function readRows(lines: readonly string[], delimiter: string): string[][] {
  const text = lines.join('\n');
  if (text.includes('"')) return lines.flatMap((line) => parse(line, delimiter));
  return parse(text, delimiter);
}

function parse(text: string, delimiter: string): string[][] {
  return Papa.parse<string[]>(text, { delimiter, newline: '\n', skipEmptyLines: true }).data;
}
