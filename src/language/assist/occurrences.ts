import type { Span } from '../../kernel/index.ts';
import type { Cell } from '../cell.ts';
import { meaningOf, type Meaning, type Use } from '../names.ts';
import { analyse } from '../read.ts';
import { walk, type Assignment, type Expression, type NameNode, type Value } from '../syntax.ts';
import { isFormulaSetting, isSetting, settingsByName } from '../words/words.ts';

/** A name where it stands in a cell, and what it means there. */
export interface Occurrence extends Span {
  readonly name: string;
  readonly meaning: Meaning | 'word';
  /** True where the name is given its meaning. */
  readonly declares: boolean;
  /** True for a column that is written in backticks. */
  readonly quoted: boolean;
}

/** Every name of a cell, in the order of the text. */
export function occurrencesIn(source: string, columns?: readonly string[]): Occurrence[] {
  const { cell } = analyse(source, columns);
  const finder = new Finder(cell);
  for (const statement of cell.tree.statements) {
    switch (statement.kind) {
      case 'assignment':
        finder.assignment(statement, useOf(statement.name.name));
        break;
      case 'parameters':
        for (const { name, value } of statement.starts) {
          finder.name(name, 'parameter', true);
          finder.value(value, 'start');
        }
        break;
      case 'check':
        finder.value(statement.formula, 'check');
        break;
      case 'block':
        for (const line of statement.lines) {
          finder.assignment(line, cell.update.includes(line) ? 'update' : 'definition');
        }
        break;
      case 'unreadable':
        break;
    }
  }
  return finder.found.sort((a, b) => a.start - b.start);
}

/** What the formula that a name is given is used for. */
export function useOf(name: string): Use {
  if (isFormulaSetting(name) || !isSetting(name)) return 'definition';
  return name === 'learning_rate' ? 'schedule' : 'constant';
}

/** The occurrence that an offset is in or at the end of. */
export function occurrenceAt(occurrences: readonly Occurrence[], offset: number): Occurrence | undefined {
  return (
    occurrences.find(({ start, end }) => start <= offset && offset < end) ??
    occurrences.find(({ end }) => offset === end)
  );
}

class Finder {
  readonly found: Occurrence[] = [];
  private readonly cell: Cell;

  constructor(cell: Cell) {
    this.cell = cell;
  }

  assignment({ name, value }: Assignment, use: Use): void {
    this.name(name, this.meaningOfTarget(name.name, use), true);
    const takesWords = settingsByName.get(name.name)?.words !== undefined;
    this.value(value, use, takesWords ? 'word' : undefined);
  }

  name(node: NameNode, meaning: Occurrence['meaning'], declares: boolean): void {
    const { name, start, end } = node;
    this.found.push({ name, meaning, declares, quoted: false, start, end });
  }

  value(value: Value, use: Use, meaning?: 'word'): void {
    if (value.kind === 'axes') {
      for (const { name, window } of value.axes) {
        if (name.kind === 'name') this.name(name, meaningOf(this.cell, name.name, 'definition'), false);
        if (window !== undefined) this.value(window.low, use);
        if (window !== undefined) this.value(window.high, use);
      }
    } else if (value.kind === 'table') {
      for (const { name } of value.columns) {
        const text = name.kind === 'name' ? name.name : name.column;
        const { start, end } = name;
        this.found.push({
          name: text,
          meaning: 'column',
          declares: true,
          quoted: name.kind === 'column',
          start,
          end,
        });
      }
    } else {
      this.formula(value, use, meaning);
    }
  }

  private formula(formula: Expression, use: Use, meaning: 'word' | undefined): void {
    walk(formula, (part) => {
      if (part.kind === 'name') this.name(part, meaning ?? meaningOf(this.cell, part.name, use), false);
      if (part.kind === 'call') this.name(part.name, this.meaningOfFunction(part.name.name, use), false);
      if (part.kind === 'column') {
        const { column: name, start, end } = part;
        this.found.push({ name, meaning: 'column', declares: false, quoted: true, start, end });
      }
    });
  }

  private meaningOfTarget(name: string, use: Use): Meaning {
    if (isSetting(name)) return 'setting';
    const meaning = meaningOf(this.cell, name, use);
    return meaning === 'column' ? 'definition' : meaning;
  }

  /** Before a bracket a name is a function, unless it is something else and the bracket a slip. */
  private meaningOfFunction(name: string, use: Use): Meaning {
    const meaning = meaningOf(this.cell, name, use);
    return meaning === 'unknown' || meaning === 'column' ? 'function' : meaning;
  }
}
