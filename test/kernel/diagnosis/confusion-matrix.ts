/** How often each label was found as what: a row for each label, a column for each finding. */
export function confusionMatrix(pairs: readonly (readonly [label: string, found: string])[]): string {
  const names = [...new Set(pairs.flat())];
  const width = Math.max(...names.map((name) => name.length)) + 2;
  const cell = (text: string) => text.padStart(width);
  const rows = names.map((label) => {
    const counts = names.map(
      (found) => pairs.filter((pair) => pair[0] === label && pair[1] === found).length,
    );
    return label.padEnd(width) + counts.map((count) => cell(count === 0 ? '.' : String(count))).join('');
  });
  return [`${'label \\ found'.padEnd(width)}${names.map(cell).join('')}`, ...rows].join('\n');
}
