/** What is told of a literal while it is read, in its order. */
export interface LiteralEvents {
  open(kind: '{' | '['): void;
  close(): void;
  /** A key of the innermost object. */
  key(name: string): void;
  /** A value that is neither an object nor a list: the text of a string, or a bare word such as `2.5`, `NaN`, `None`. */
  value(text: string): void;
}

type State = 'reading' | 'whole' | 'broken';

/** Deeper than any log, so that junk takes no memory. */
const deepest = 64;
/** What is kept of a string: keys, names and numbers are far shorter. */
const longestText = 4096;

const quote = 34;
const apostrophe = 39;
const comma = 44;
const colon = 58;
const openList = 91;
const backslash = 92;
const closeList = 93;
const openObject = 123;
const closeObject = 125;

/**
 * Reads JSON as Python writes it (`NaN`, `Infinity`) and Python's own literals (`{'loss': nan}`), piece by piece as
 * the text arrives. It reads one object or list, and ends `whole` after it or `broken` where the text is neither.
 */
export class LiteralScanner {
  readonly #events: LiteralEvents;
  #state: State = 'reading';
  /** Whether each open bracket is that of an object. */
  readonly #objects: boolean[] = [];
  /** In an object: whether a value is due, its key being read. */
  #valueDue = false;
  #keyRead = false;
  /** The quote of the string that is being read; 0 outside strings. */
  #string = 0;
  #escaped = false;
  #inWord = false;
  #text = '';

  constructor(events: LiteralEvents) {
    this.#events = events;
  }

  get state(): State {
    return this.#state;
  }

  /** Reads on. Returns where it stopped: the text's end, or just after the literal or before what broke it. */
  push(text: string, from = 0): number {
    let at = from;
    while (at < text.length && this.#state === 'reading') {
      if (this.#string !== 0) at = this.#readString(text, at);
      else if (this.#inWord) at = this.#readWord(text, at);
      else at = this.#readMark(text, at);
    }
    return at;
  }

  #readMark(text: string, at: number): number {
    const code = text.charCodeAt(at);
    if (isSpace(code)) return at + 1;
    if (this.#objects.length === 0 && code !== openObject && code !== openList) return this.#break(at);
    switch (code) {
      case openObject:
      case openList:
        return this.#open(code, at);
      case closeObject:
      case closeList:
        return this.#close(code, at);
      case colon:
        if (!this.#keyRead) return this.#break(at);
        this.#keyRead = false;
        this.#valueDue = true;
        return at + 1;
      case comma:
        return this.#keyRead || this.#valueDue ? this.#break(at) : at + 1;
      case quote:
      case apostrophe:
        if (this.#keyRead) return this.#break(at);
        this.#string = code;
        this.#text = '';
        return at + 1;
      default:
        if (!this.#takesValue) return this.#break(at);
        this.#inWord = true;
        this.#text = '';
        return at;
    }
  }

  get #takesValue(): boolean {
    return this.#objects.at(-1) === false || this.#valueDue;
  }

  #open(code: number, at: number): number {
    const first = this.#objects.length === 0;
    if (!first && (!this.#takesValue || this.#objects.length === deepest)) return this.#break(at);
    this.#valueDue = false;
    this.#objects.push(code === openObject);
    this.#events.open(code === openObject ? '{' : '[');
    return at + 1;
  }

  #close(code: number, at: number): number {
    if (this.#keyRead || this.#valueDue || this.#objects.at(-1) !== (code === closeObject))
      return this.#break(at);
    this.#objects.pop();
    this.#events.close();
    if (this.#objects.length === 0) this.#state = 'whole';
    return at + 1;
  }

  #readString(text: string, from: number): number {
    let at = from;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (this.#escaped) this.#escaped = false;
      else if (code === backslash) this.#escaped = true;
      else if (code === this.#string) {
        this.#keep(text, from, at);
        const whole = unescape(this.#text);
        this.#string = 0;
        this.#take(whole);
        return at + 1;
      }
    }
    this.#keep(text, from, at);
    return at;
  }

  #readWord(text: string, from: number): number {
    let at = from;
    while (at < text.length && !endsWord(text.charCodeAt(at))) at++;
    this.#keep(text, from, at);
    if (at < text.length) {
      this.#inWord = false;
      this.#take(this.#text);
    }
    return at;
  }

  #keep(text: string, from: number, to: number): void {
    const room = longestText - this.#text.length;
    if (room > 0) this.#text += text.slice(from, Math.min(to, from + room));
  }

  #take(text: string): void {
    if (this.#takesValue) {
      this.#valueDue = false;
      this.#events.value(text);
    } else {
      this.#keyRead = true;
      this.#events.key(text);
    }
  }

  #break(at: number): number {
    this.#state = 'broken';
    return at;
  }
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

function endsWord(code: number): boolean {
  switch (code) {
    case quote:
    case apostrophe:
    case comma:
    case colon:
    case openList:
    case closeList:
    case openObject:
    case closeObject:
      return true;
    default:
      return isSpace(code);
  }
}

function unescape(text: string): string {
  if (!text.includes('\\')) return text;
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    return text;
  }
}

/**
 * Reads the object that begins at a place of a line.
 * @returns its entries that are strings or bare words, if the object is whole; and where reading stopped
 */
export function readDictionary(
  line: string,
  at: number,
): { entries?: ReadonlyMap<string, string>; end: number } {
  const collector = new EntryCollector();
  const scanner = new LiteralScanner(collector);
  const end = scanner.push(line, at);
  return scanner.state === 'whole' ? { entries: collector.entries, end } : { end };
}

class EntryCollector implements LiteralEvents {
  readonly entries = new Map<string, string>();
  #depth = 0;
  #key = '';

  open(): void {
    this.#depth++;
  }

  close(): void {
    this.#depth--;
  }

  key(name: string): void {
    if (this.#depth === 1) this.#key = name;
  }

  value(text: string): void {
    if (this.#depth === 1) this.entries.set(this.#key, text);
  }
}
