import { roundDown } from '../kernel/index.ts';
import { significant } from '../output/index.ts';
import type { Limit, Stability } from './stability.ts';

/** Longer hints of one line are cut short: `editor.inlayHints.maximumLength`, unless a person has set another. */
const mostCharacters = 43;

type Limits = Stability['limits'];

/** What stands behind a learning rate: its limit, or those of a list in the list's order, or their range. */
export function hintText(limits: Limits): string {
  const each = limits.map(({ limit }) => (limit ? formatLimit(limit.stableBelow) : '–'));
  const shown = new Set(each).size === 1 ? each.slice(0, 1) : each;
  const text = `stable below ${shown.join(', ')}`;
  if (text.length <= mostCharacters) return text;
  const known = limits.flatMap(({ limit }) => (limit ? [limit.stableBelow] : []));
  return `stable below ${formatLimit(Math.min(...known))} to ${formatLimit(Math.max(...known))}`;
}

/** How the limits come about, as Markdown. */
export function hintTooltip(limits: Limits): string {
  const [first, ...others] = limits;
  const hasBatches = limits.some(({ limit }) => limit?.hasBatches);
  const batches = hasBatches ? ' With minibatches the limit is an upper bound.' : '';
  if (first?.limit && others.length === 0) {
    const { stableBelow, largestCurvature } = first.limit;
    return (
      `The steepest curvature of the loss ${placeOf(first.limit)} is ${significant(largestCurvature)}. ` +
      `There, steps with a learning rate of more than ${significant(stableBelow)} jump ever further across the valley.${batches}`
    );
  }
  const lines = limits.map(
    ({ rate, limit }) => `- \`${rate}\`: ${limit ? wordsOf(limit) : 'no limit is known'}`,
  );
  return [`Each run of the list has its own limit.${batches}`, '', ...lines].join('\n');
}

/** A limit with four digits, rounded towards zero: what is shown is still below it. */
export function formatLimit(limit: number): string {
  return String(roundDown(limit));
}

function wordsOf(limit: Limit): string {
  return `stable below ${significant(limit.stableBelow)}, with a curvature of ${significant(limit.largestCurvature)} ${placeOf(limit)}`;
}

function placeOf({ at }: Limit): string {
  return at === 'end' ? 'where the run ended' : 'where the run starts';
}
