/**
 * Text that Plotly shows as it is: Plotly reads `<b>`, `<a href>`, `<br>` and entities in every label, and
 * `%{...}` in templates, so a column of a data file could otherwise bring links and styles into the picture.
 */
export function plotlyText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('%{', '%&#123;')
    .replace(/\s+/g, ' ');
}
