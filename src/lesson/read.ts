import { readHead } from './head.ts';
import { lessonLanguage, type Cell, type Form, type Lesson } from './lesson.ts';
import { commonLineEnd, isBlank, leadingLineEnd, linesOf, type Line } from './lines.ts';
import { scan, type Block } from './scan.ts';

/** Where a cell stands in a text: from the start of its opening line to the end of its closing one. */
type Place = {
  readonly start: number;
  readonly textStart: number;
  readonly textEnd: number;
  readonly end: number;
} & ({ readonly kind: 'markdown' } | { readonly kind: 'code'; readonly language: string });

/**
 * The cells of a `.gdnb` text. Every text is a lesson, and `writeLesson` gives it back exactly.
 *
 * A fence at the start of a line whose first word is `gd` is a code cell; what stands between is Markdown, which
 * `<!-- cell -->` parts; `<!-- cell code python 5 lines -->` makes a cell of as many lines after it. A blank line
 * next to a cell belongs to the seam, a further one to the Markdown.
 */
export function readLesson(text: string): Lesson {
  const head = readHead(text);
  const cells: Cell[] = [];
  let lead: string | undefined;
  let end = head.byteOrderMark.length + head.frontMatter.length;
  const lineEnd = head.frontMatter === '' ? '' : leadingLineEnd(text.slice(end, end + 2));
  for (const place of placesOf(linesOf(text, end + lineEnd.length))) {
    const before = text.slice(end, place.start);
    const form: Form = {
      before: lead === undefined ? '' : before,
      open: text.slice(place.start, place.textStart),
      close: text.slice(place.textEnd, place.end),
    };
    cells.push(cellOf(place, text.slice(place.textStart, place.textEnd), form));
    lead ??= before;
    end = place.end;
  }
  return { ...head, lead: lead ?? '', cells, tail: text.slice(end), lineEnd: commonLineEnd(text) };
}

function cellOf(place: Place, text: string, form: Form): Cell {
  return place.kind === 'markdown'
    ? { kind: 'markdown', text, form }
    : { kind: 'code', language: place.language, text, form };
}

function placesOf(lines: readonly Line[]): Place[] {
  const places: (Place | undefined)[] = [];
  let index = 0;
  for (const block of scan(lines).blocks) {
    places.push(markdownPlace(lines.slice(index, block.first)), blockPlace(lines, block));
    index = block.after;
  }
  places.push(markdownPlace(lines.slice(index)));
  return places.filter((place) => place !== undefined);
}

/** The Markdown between two blocks; none where all is blank. */
function markdownPlace(lines: readonly Line[]): Place | undefined {
  if (lines.every((line) => isBlank(line.text))) return undefined;
  const first = lines[0]?.text === '' ? lines[1] : lines[0];
  const last = lines.at(-1)?.text === '' ? lines.at(-2) : lines.at(-1);
  if (!first || !last) return undefined;
  return { kind: 'markdown', start: first.start, textStart: first.start, textEnd: last.end, end: last.end };
}

function blockPlace(lines: readonly Line[], block: Block): Place | undefined {
  const opening = lines[block.first];
  const last = lines[block.after - 1];
  if (block.kind === 'parting' || !opening || !last) return undefined;
  const body = lines.slice(
    block.first + 1,
    block.kind === 'fence' && block.closed ? block.after - 1 : block.after,
  );
  const emptyAt = block.kind === 'fence' && block.closed ? opening.next : opening.end;
  const extent = {
    start: opening.start,
    textStart: body[0]?.start ?? emptyAt,
    textEnd: body.at(-1)?.end ?? emptyAt,
    end: last.end,
  };
  if (block.kind === 'length' && block.mark.kind === 'markdown') return { kind: 'markdown', ...extent };
  return {
    kind: 'code',
    language: block.kind === 'length' ? block.mark.language : lessonLanguage,
    ...extent,
  };
}
