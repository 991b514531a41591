import { readColumnName, readRunName } from './column-name.ts';
import { CurveStore } from './curve-store.ts';
import { LogError } from './error.ts';
import type { JsonFormat, JsonReader, LoggedCurve } from './format.ts';
import { readNumber } from './number.ts';
import { Series } from './series.ts';
import type { Slices } from './slices.ts';
import { meaningOfExport } from './tensorboard-file.ts';

/**
 * TensorBoard's JSON: the events `[wall time, step, value]` of one run and one tag in a list, or an object of such
 * lists by run (`scalars_multirun`) or by tag (custom scalars). NaN and infinities are strings in it.
 * Source: tensorboard/plugins/scalar/http_api.md, tensorboard/plugins/custom_scalar, tensorboard/backend/json_util.py.
 */
export const tensorBoardJson: JsonFormat = {
  name: 'TensorBoard JSON',
  framework: 'tensorboard',
  lookedFor: 'lists of [wall time, step, value]',
  reader: (fileName) => new TensorBoardJsonReader(fileName),
};

/** How many tags an error names. */
const mostNames = 20;
/** Wall time, step, value. */
const eventFields = 3;

/** The events of one run and tag. */
interface EventList {
  /** The run or tag; none where the file has only this list. */
  readonly name: string | undefined;
  /** Whether the name is that of a tag, as in custom scalars, which put tags in an object of their own. */
  readonly isTag: boolean;
  readonly series: Series;
}

class TensorBoardJsonReader implements JsonReader {
  readonly #fileName: string | undefined;
  readonly #lists: EventList[] = [];
  readonly #open: ('{' | '[')[] = [];
  #key = '';
  /** The fields of the innermost list, if it holds nothing but numbers. */
  #fields: number[] | undefined;
  /** The list that events are read into. */
  #list: EventList | undefined;

  constructor(fileName: string | undefined) {
    this.#fileName = fileName;
  }

  get found(): boolean {
    return this.#lists.length > 0;
  }

  open(kind: '{' | '['): void {
    this.#fields = kind === '[' ? [] : undefined;
    this.#open.push(kind);
  }

  key(name: string): void {
    this.#key = name;
  }

  value(text: string): void {
    const value = readNumber(text);
    if (value === undefined || (this.#fields?.length ?? 0) >= eventFields) this.#fields = undefined;
    else this.#fields?.push(value);
  }

  close(): void {
    const closed = this.#open.pop();
    if (closed === '[' && this.#open.at(-1) === '[') this.#takeEvent();
    else this.#list = undefined;
    this.#fields = undefined;
  }

  *curves(): Slices<LoggedCurve[]> {
    const store = new CurveStore();
    for (const list of this.#lists) this.#addTo(store, list);
    const curves = yield* store.curves({ framework: 'tensorboard', stepUnit: 'step' });
    if (curves.length > 0) return curves;
    const names = this.#lists
      .slice(0, mostNames)
      .map((list) => list.name)
      .join(', ');
    throw new LogError(`This is a JSON export of TensorBoard, but none of its tags is a loss: ${names}.`);
  }

  #takeEvent(): void {
    const [wallTime, step, value] = this.#fields ?? [];
    if (wallTime === undefined || step === undefined || value === undefined || !Number.isFinite(step)) return;
    this.#list ??= this.#startList();
    this.#list.series.put(step, value);
  }

  #startList(): EventList {
    const isNamed = this.#open.includes('{');
    const list: EventList = {
      name: isNamed ? this.#key : undefined,
      isTag: this.#open.filter((kind) => kind === '{').length > 1,
      series: new Series(),
    };
    this.#lists.push(list);
    return list;
  }

  #addTo(store: CurveStore, { name, isTag, series }: EventList): void {
    if (name === undefined) {
      const { name: ofFile, ...meaning } = meaningOfExport(this.#fileName);
      store.add(ofFile, meaning, series);
      return;
    }
    const meaning = isTag ? readColumnName(name) : readRunName(name);
    if (meaning) store.add(name, meaning, series);
  }
}
