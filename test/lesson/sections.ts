import { readFileSync } from 'node:fs';

import {
  descendNow,
  prepare,
  readTable,
  type Program,
  type Run,
  type Table,
} from '../../src/kernel/index.ts';
import { readExperiment } from '../../src/language/index.ts';
import { readLesson } from '../../src/lesson/index.ts';
import { headingsOf } from './headings.ts';

const folder = new URL('../../notebooks/', import.meta.url);

/** What stands under one heading of a notebook. */
export interface Section {
  readonly heading: string;
  /** The Markdown, the heading left out. */
  readonly prose: string;
  readonly cells: readonly string[];
}

export function readNotebook(name: string): Section[] {
  const sections: { heading: string; prose: string; cells: string[] }[] = [
    { heading: '', prose: '', cells: [] },
  ];
  for (const cell of readLesson(readFileSync(new URL(name, folder), 'utf8')).cells) {
    if (cell.kind === 'code') {
      sections.at(-1)?.cells.push(cell.text);
      continue;
    }
    const headings = headingsOf(cell.text);
    const last = sections.at(-1);
    if (last) last.prose += `\n${cell.text.slice(0, headings[0]?.start)}`;
    for (const [index, { text, end }] of headings.entries()) {
      const prose = cell.text.slice(end, headings[index + 1]?.start);
      sections.push({ heading: text, prose, cells: [] });
    }
  }
  return sections;
}

const tables = new Map<string, Table>();

/** A data file beside the notebooks. */
export function readData(name: string): Table {
  const table = tables.get(name) ?? readTable(readFileSync(new URL(name, folder), 'utf8'));
  tables.set(name, table);
  return table;
}

/** Prepares a cell as the editor does. @throws where the cell has an error */
export function prepareCell(source: string): Program {
  const { experiment, problems } = readExperiment(source);
  const errors = problems.filter(({ severity }) => severity === 'error').map(({ message }) => message);
  if (!experiment || errors.length > 0) throw new Error(`${errors.join(' ')}\n${source}`);
  return prepare(experiment, experiment.data === undefined ? undefined : readData(experiment.data));
}

/** Runs a cell as the editor does. @throws where the cell has an error */
export function runCell(source: string): Run[] {
  return descendNow(prepareCell(source));
}
