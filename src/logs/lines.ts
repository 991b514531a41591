/** Longer than any record; a longer line is passed over, so that memory stays bounded. */
const longestLine = 65_536;

/** Cuts a text that arrives in pieces into lines. A line ends with LF, CRLF or CR (progress bars draw over themselves). */
export class LineSplitter {
  #open = '';
  #tooLong = false;

  /** The lines that end in this piece. Between CR and LF of two pieces there may be an empty one. */
  push(piece: string): string[] {
    const lines = piece.split(piece.includes('\r') ? /\r\n|\n|\r/ : '\n');
    const last = lines.pop() ?? '';
    const first = lines[0];
    if (first === undefined) {
      this.#keep(last);
      return lines;
    }
    lines[0] = this.#open + first;
    if (this.#tooLong || lines[0].length > longestLine) lines.shift();
    this.#open = '';
    this.#tooLong = false;
    this.#keep(last);
    return lines;
  }

  /** The text after the last line end: a line that may not be whole. */
  rest(): string | undefined {
    return this.#tooLong || this.#open === '' ? undefined : this.#open;
  }

  #keep(part: string): void {
    this.#tooLong ||= this.#open.length + part.length > longestLine;
    this.#open = this.#tooLong ? '' : this.#open + part;
  }
}
