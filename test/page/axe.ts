import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';

import type { FigurePage } from './page.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong with the figures of a page. */
export async function violations(figure: FigurePage): Promise<string[]> {
  await figure.page.evaluate(axe);
  const { violations: found } = await figure.page.evaluate(async () => {
    const { axe: checker } = window as unknown as { axe: { run: (where: string) => Promise<AxeResults> } };
    return checker.run('.gd-figure');
  });
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}
