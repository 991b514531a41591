import { lessonCells } from './lesson-cells.ts';
import { faultyCells } from './faulty/cells.ts';

const lessons: readonly string[] = [...lessonCells.values()];

const faulty: readonly string[] = faultyCells
  .map(([, marked]) => marked.replace(/[«»]/g, ''))
  .filter((source) => source.length < 4096);

/** What the language treats apart, to be put in at random places. */
const spice: readonly string[] = [
  ...Array.from('()[]{},:=+-*/^<>!%"\'`#._ \t\n\r0159eExyz²–×≤é\u0301٣\u200d\u{1F600}'),
  '\uD800',
  '..',
  'for each step:\n',
];

/** Numbers from 0 to 1 that are the same for the same seed. */
function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A cell of the lesson, or a faulty one, after one to eight slips of the hand. */
export function mutatedCell(seed: number): string {
  const next = chance(seed);
  const below = (limit: number) => Math.floor(next() * limit);
  const sources = below(3) > 0 ? lessons : faulty;
  let text = sources[below(sources.length)] ?? '';
  for (let count = 1 + below(1 + below(8)); count > 0; count -= 1) text = mutate(text, below);
  return text;
}

type Below = (limit: number) => number;
type Slip = (text: string, at: number, below: Below) => string;

const drop: Slip = (text, at) => text.slice(0, at) + text.slice(at + 1);
const double: Slip = (text, at) => text.slice(0, at) + text.charAt(at) + text.slice(at);
const swap: Slip = (text, at) =>
  text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2);
const insert: Slip = (text, at, below) =>
  text.slice(0, at) + (spice[below(spice.length)] ?? '') + text.slice(at);
const cutEnd: Slip = (text, at) => text.slice(0, at);

const cutPiece: Slip = (text, at, below) => text.slice(0, at) + text.slice(at + 1 + below(6));

const repeatPiece: Slip = (text, at, below) => {
  const to = at + 1 + below(6);
  return text.slice(0, at) + text.slice(at, to).repeat(1 + below(40)) + text.slice(to);
};

const cutLine: Slip = (text, _, below) => {
  const lines = text.split('\n');
  lines.splice(below(lines.length), 1);
  return lines.join('\n');
};

/** The likelier ones stand more than once. */
const slips: readonly Slip[] = [
  ...[drop, drop, drop, double, double, swap, swap, swap],
  ...[cutLine, cutLine, insert, insert, insert, cutEnd, cutPiece, repeatPiece],
];

function mutate(text: string, below: Below): string {
  const slip = slips[below(slips.length)] ?? drop;
  return slip(text, below(text.length + 1), below);
}
