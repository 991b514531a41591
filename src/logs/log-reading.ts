import { LogError } from './error.ts';
import type { JsonReader, LineReader, LoggedCurve } from './format.ts';
import { jsonFormats, lineFormats } from './formats.ts';
import { LineSplitter } from './lines.ts';
import { LiteralScanner, type LiteralEvents } from './literal.ts';
import type { Slices } from './slices.ts';

/** How much is read between two chances to give way: a millisecond or two. */
const pieceLength = 16_384;

/**
 * Reads a training log as its text arrives. The format is told by the content: it is that of the first record found,
 * whatever came before it. The text is cut into pieces of one length, however it arrived, so that the same text gives
 * the same curves.
 */
export class LogReading {
  readonly #json: JsonReading;
  readonly #lines: LinesReading;
  #buffer = '';
  #characters = 0;

  /** @param fileName the file's name, with or without its folders; the name of a curve that has none of its own */
  constructor(fileName?: string) {
    const base = fileName?.split(/[\\/]/).at(-1);
    this.#json = new JsonReading(base);
    this.#lines = new LinesReading(base);
  }

  /** How much of the text was read. */
  get characters(): number {
    return this.#characters;
  }

  *push(text: string): Slices<void> {
    this.#buffer += text;
    if (this.#buffer.length < pieceLength) return;
    const buffered = this.#buffer;
    let at = 0;
    for (; at + pieceLength <= buffered.length; at += pieceLength) {
      this.#read(buffered.slice(at, at + pieceLength));
      yield;
    }
    this.#buffer = buffered.slice(at);
  }

  /**
   * Ends the text and gives its curves.
   * @throws LogError where the text is in no known format or has no loss
   */
  *end(): Slices<LoggedCurve[]> {
    this.#read(this.#buffer);
    this.#buffer = '';
    if (!this.#json.reader) this.#lines.end();
    yield;
    const reader = this.#json.reader ?? this.#lines.reader;
    if (reader) return yield* reader.curves();
    throw new LogError(unknownFormat(this.#characters));
  }

  #read(piece: string): void {
    const text = this.#characters === 0 && piece.startsWith('\ufeff') ? piece.slice(1) : piece;
    this.#characters += piece.length;
    if (!this.#lines.reader) this.#json.read(text);
    if (!this.#json.reader) this.#lines.read(text);
  }
}

/** Offers the text to the formats that are JSON, until one knows it. */
class JsonReading implements LiteralEvents {
  reader: JsonReader | undefined;
  readonly #candidates: readonly JsonReader[];
  readonly #scanner = new LiteralScanner(this);

  constructor(fileName: string | undefined) {
    this.#candidates = jsonFormats.map((format) => format.reader(fileName));
  }

  read(text: string): void {
    this.#scanner.push(text);
  }

  open(kind: '{' | '['): void {
    this.#tell((reader) => {
      reader.open(kind);
    });
  }

  close(): void {
    this.#tell((reader) => {
      reader.close();
    });
  }

  key(name: string): void {
    this.#tell((reader) => {
      reader.key(name);
    });
  }

  value(text: string): void {
    this.#tell((reader) => {
      reader.value(text);
    });
  }

  #tell(tell: (reader: JsonReader) => void): void {
    if (this.reader) {
      tell(this.reader);
      return;
    }
    for (const candidate of this.#candidates) tell(candidate);
    this.reader = this.#candidates.find((candidate) => candidate.found);
  }
}

/** Offers each line to the formats whose records are lines, until one knows it. */
class LinesReading {
  reader: LineReader | undefined;
  readonly #fileName: string | undefined;
  readonly #splitter = new LineSplitter();

  constructor(fileName: string | undefined) {
    this.#fileName = fileName;
  }

  read(text: string): void {
    const lines = this.#splitter.push(text);
    if (this.reader) {
      this.reader.read(lines);
      return;
    }
    for (const [index, line] of lines.entries()) {
      if (line !== '') this.reader = this.#readerFrom(line);
      if (!this.reader) continue;
      this.reader.read(lines.slice(index));
      return;
    }
  }

  end(): void {
    const rest = this.#splitter.rest();
    if (rest === undefined) return;
    this.reader ??= this.#readerFrom(rest);
    this.reader?.readLast(rest);
  }

  #readerFrom(line: string): LineReader | undefined {
    return lineFormats.find((format) => format.starts(line))?.reader(line, this.#fileName);
  }
}

function unknownFormat(characters: number): string {
  const formats = [...jsonFormats, ...lineFormats].map((format) => `- ${format.name}: ${format.lookedFor}`);
  return [
    characters === 0
      ? 'The training log is empty. What can be read:'
      : 'This is no training log in a known format. What was looked for:',
    ...formats,
  ].join('\n');
}
