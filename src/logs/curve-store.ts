import type { ColumnMeaning } from './column-name.ts';
import type { LoggedCurve } from './format.ts';
import { joinSeries, Series, type CurveParts } from './series.ts';
import type { Slices } from './slices.ts';

interface StoredSeries extends ColumnMeaning {
  /** What the log calls it. */
  readonly name: string;
  readonly series: Series;
}

/** The training losses and validation losses of one name. */
interface LossGroup {
  readonly loss: StoredSeries[];
  readonly validationLoss: StoredSeries[];
}

/**
 * Gathers values by column and step, and makes curves of them: one for each training loss, with the validation loss
 * of the same name, and with the gradient norm and the learning rate, which all losses share.
 *
 * A record whose step is not after the last of its column means that the run was resumed: later records replace
 * those of their step and after it, as TensorBoard does. Where it is a training loss, all that belongs to it goes back.
 */
export class CurveStore {
  readonly #stored: StoredSeries[] = [];

  /** Makes room for a column, or takes over one that was gathered elsewhere. Returns what `put` takes to name it. */
  add(name: string, meaning: ColumnMeaning, series = new Series()): number {
    return this.#stored.push({ ...meaning, name, series }) - 1;
  }

  put(column: number, step: number, value: number): void {
    const stored = this.#stored[column];
    if (!stored) return;
    const wentBack = stored.series.put(step, value);
    if (!wentBack || stored.field !== 'loss') return;
    for (const other of this.#stored) {
      if (other.loss === undefined || other.loss === stored.loss) other.series.forgetAfter(step);
    }
  }

  /**
   * The curves, the main loss first: that called just `loss`, or else the total, or else the first. A curve has the
   * name of its training loss. None where no loss has a value.
   */
  *curves(source: Pick<LoggedCurve, 'framework' | 'stepUnit'>): Slices<LoggedCurve[]> {
    const filled = this.#stored.filter((stored) => stored.series.length > 0);
    const norm = best(filled.filter((each) => each.field === 'gradientNorm'));
    const rate = best(filled.filter((each) => each.field === 'learningRate'));
    const shared = {
      ...(norm && { gradientNorm: norm.series }),
      ...(rate && { learningRate: rate.series }),
    };
    const curves: LoggedCurve[] = [];
    for (const group of inOrder(groupsOf(filled))) {
      const { name, parts } = partsOf(group, shared);
      curves.push({ ...(yield* joinSeries(name, parts)), ...source });
    }
    return curves;
  }
}

function groupsOf(stored: readonly StoredSeries[]): Map<string, LossGroup> {
  const groups = new Map<string, LossGroup>();
  for (const each of stored) {
    if (each.loss === undefined || (each.field !== 'loss' && each.field !== 'validationLoss')) continue;
    const group = groups.get(each.loss) ?? { loss: [], validationLoss: [] };
    group[each.field].push(each);
    groups.set(each.loss, group);
  }
  return groups;
}

/** The groups that make curves: those with a training loss; where there are none, the main one of the others. */
function inOrder(groups: ReadonlyMap<string, LossGroup>): LossGroup[] {
  const mainness = (name: string): number =>
    name === 'loss' || name === '' ? 0 : name === 'total loss' ? 1 : 2;
  const ordered = [...groups].sort(([a], [b]) => mainness(a) - mainness(b)).map(([, group]) => group);
  const trained = ordered.filter((group) => group.loss.length > 0);
  const onlyValidated = ordered.filter((group) => group.loss.length === 0);
  if (trained.length === 0) return onlyValidated.slice(0, 1);
  // `val_total_loss` belongs to `train_loss` where neither has another to go with.
  const alone = trained.filter((group) => group.validationLoss.length === 0);
  const [leftOver] = onlyValidated;
  if (!leftOver || onlyValidated.length > 1 || alone.length !== 1) return trained;
  return trained.map((group) =>
    group === alone[0] ? { ...group, validationLoss: leftOver.validationLoss } : group,
  );
}

function partsOf(
  group: LossGroup,
  shared: CurveParts,
): { readonly name: string; readonly parts: CurveParts } {
  // A loss that is logged by step and by epoch is best where it has more values.
  const training = best(group.loss, (each) => -each.series.length);
  const validation = best(group.validationLoss);
  return {
    name: (training ?? validation)?.name ?? '',
    parts: {
      ...shared,
      ...(training && { loss: training.series }),
      ...(validation && { validationLoss: validation.series }),
    },
  };
}

/** The series that comes first by a measure, and of equals by the rank of its name. */
function best(
  stored: readonly StoredSeries[],
  measure: (each: StoredSeries) => number = () => 0,
): StoredSeries | undefined {
  return [...stored].sort((a, b) => measure(a) - measure(b) || a.rank - b.rank)[0];
}
