import { descend, descendNow, prepare, readTable, type Run } from '../../src/kernel/index.ts';
import { randomStream } from '../../src/kernel/random.ts';
import { special } from '../../src/kernel/special.ts';
import { readExperiment } from '../../src/language/index.ts';

/** A number that stands for every bit of many numbers: FNV-1a (Fowler, Noll and Vo). */
class Digest {
  readonly #bits = new DataView(new ArrayBuffer(8));
  #value = 0x811c9dc5;

  add(number: number): void {
    // A NaN has bits of its own in every engine.
    this.#bits.setFloat64(0, Number.isNaN(number) ? 0 : number);
    for (let place = 0; place < 8; place++) {
      this.#value = Math.imul(this.#value ^ this.#bits.getUint8(place), 16777619);
    }
  }

  get value(): number {
    return this.#value >>> 0;
  }
}

/** The digest of 40,000 results of a special function, over arguments of all sizes. */
export function digestOf(name: keyof typeof special): number {
  const chance = randomStream(3, 'starts');
  const digest = new Digest();
  for (let index = 0; index < 40_000; index++) {
    const x = (chance.uniform() - 0.5) * (([2, 20, 200, 1500] as const)[index % 4] ?? 1);
    digest.add(special[name](x, chance.uniform() * 5 - 2));
  }
  return digest.value;
}

/** The digest of all that a cell's runs record, given at once and given while giving way. */
export async function digestsOfRuns(
  cell: string,
  csv: string,
): Promise<{ atOnce: number; givingWay: number }> {
  const { experiment } = readExperiment(cell);
  if (!experiment) throw new Error(`The cell has errors:\n${cell}`);
  const program = prepare(experiment, experiment.data === undefined ? undefined : readTable(csv));
  return { atOnce: digestRuns(descendNow(program)), givingWay: digestRuns(await descend(program)) };
}

function digestRuns(runs: readonly Run[]): number {
  const digest = new Digest();
  for (const run of runs) {
    const columns = [run.loss, run.batchLoss, run.validationLoss, run.learningRate, run.gradientNorm];
    for (const column of [...columns, ...Object.values(run.parameters)])
      column?.forEach((n) => {
        digest.add(n);
      });
    run.steps.forEach((step) => {
      digest.add(step);
    });
    for (const { left, right } of run.checks)
      [left, right].forEach((side) => {
        digest.add(side);
      });
  }
  return digest.value;
}
