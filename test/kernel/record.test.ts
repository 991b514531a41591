import assert from 'node:assert/strict';
import fc from 'fast-check';
import { byParameter, Recorder, thinRun, type RunRecord } from '../../src/kernel/record.ts';
import type { Run } from '../../src/kernel/run.ts';

const plain = { parameters: ['w', 'b'], batches: false, validation: false };

/** Appends entries whose loss is `loss(step)` and whose parameters are the step, in slices of `cut` entries. */
function record(entries: number, loss: (step: number) => number, cut = 997): Recorder {
  const recorder = new Recorder(plain, entries);
  for (let step = 0; step < entries; step += cut) {
    const length = Math.min(cut, entries - step);
    const column = (value: (step: number) => number) =>
      Float64Array.from({ length }, (_, entry) => value(step + entry));
    const parameters = [column((at) => at), column((at) => -at)];
    recorder.append([column(loss), column(() => 0.1), column(() => 7), ...parameters], length);
  }
  return recorder;
}

/** Entries as the columns that a recorder takes. */
function columns(...entries: readonly number[][]): Float64Array[] {
  const [first = []] = entries;
  return first.map((_, column) => Float64Array.from(entries, (entry) => entry[column] ?? NaN));
}

function lossAt(recorded: RunRecord, step: number): number | undefined {
  return recorded.loss[recorded.steps.indexOf(step)];
}

function assertAscending(steps: Int32Array): void {
  assert.ok(steps.every((step, index) => index === 0 || step > (steps[index - 1] ?? Infinity)));
}

describe('Recorder', function () {
  this.timeout(60_000);

  it('keeps every step of a run that fits, column by column', () => {
    const recorded = record(5, (step) => 10 - step, 2).read();
    assert.deepEqual(recorded, {
      steps: Int32Array.of(0, 1, 2, 3, 4),
      loss: Float64Array.of(10, 9, 8, 7, 6),
      learningRate: new Float64Array(5).fill(0.1),
      gradientNorm: new Float64Array(5).fill(7),
      parameters: byParameter(['w', 'b'], (_, index) =>
        Float64Array.from([0, 1, 2, 3, 4], (step) => (index ? -step : step)),
      ),
    });
  });

  it('orders the columns of a run with batches and validation rows as it says', () => {
    const recorder = new Recorder(
      { parameters: ['constructor', '__proto__'], batches: true, validation: true },
      9,
    );
    recorder.append(columns([1, 2, 3, 4, 5, 6, 7]), 1);
    const { loss, learningRate, gradientNorm, batchLoss, validationLoss, parameters } = recorder.read();
    assert.deepEqual(
      [loss[0], learningRate[0], gradientNorm[0], batchLoss?.[0], validationLoss?.[0]],
      [1, 2, 3, 4, 5],
    );
    assert.deepEqual(
      [parameters.constructor, parameters['__proto__']],
      [Float64Array.of(6), Float64Array.of(7)],
    );
  });

  it('thins a long run evenly, and keeps the start, the end and the greatest and the least loss', () => {
    const entries = 1_000_001;
    const spikes = new Map([
      [123_457, 1e9],
      [500_003, -1e9],
      [999_998, Infinity],
    ]);
    const recorder = record(entries, (step) => spikes.get(step) ?? Math.sin(step));
    const recorded = recorder.read();
    assert.ok(recorder.length <= 100_000 && recorder.length >= 40_000, String(recorder.length));
    assertAscending(recorded.steps);
    assert.equal(recorded.steps[0], 0);
    assert.equal(recorded.steps.at(-1), entries - 1);
    for (const [step, loss] of spikes) assert.equal(lossAt(recorded, step), loss);
    recorded.steps.forEach((step, index) => {
      assert.equal(recorded.parameters['w']?.[index], step);
      assert.ok(step - (recorded.steps[index - 1] ?? 0) <= 64, 'no wide gap');
    });
  });

  it('keeps the same entries however they were sliced, and at every moment the latest', () => {
    const loss = (step: number) => Math.sin(step * step) * (step % 1000);
    const whole = record(220_000, loss, 220_000).read();
    assert.deepEqual(record(220_000, loss, 7).read(), whole);
    assert.deepEqual(record(220_000, loss, 4099).read(), whole);
    // Around the ends of stretches, where the latest entry is not yet one of many.
    for (const entries of [100_002, 100_003, 100_005, 100_008, 150_011]) {
      assert.deepEqual(record(entries, loss, 1).read(), record(entries, loss, entries).read());
    }
    for (const entries of [100_000, 100_001, 100_002, 150_001, 200_007]) {
      const recorded = record(entries, loss, 613).read();
      assert.equal(recorded.steps.at(-1), entries - 1);
      assertAscending(recorded.steps);
    }
  });

  it('prefers entries that have a loss to those that have none', () => {
    const recorded = record(900_001, (step) => (step % 100 === 0 ? step : NaN)).read();
    const taken = recorded.loss.filter((loss) => !Number.isNaN(loss));
    assert.equal(taken.length, 9001);
  });

  it('stays within 25 MB with a thousand parameters, and then keeps extremes of the batch losses too', () => {
    const parameters = Array.from({ length: 1000 }, (_, index) => `w${index}`);
    const recorder = new Recorder({ parameters, batches: true, validation: false }, 20_000);
    const slice = columns(Array.from({ length: recorder.layout.width }, () => 1));
    for (let step = 0; step < 20_000; step++) {
      slice[0]?.fill(NaN);
      slice[3]?.fill(step === 7777 ? 50 : step === 15_555 ? -50 : 1);
      recorder.append(slice, 1);
    }
    assert.ok(
      recorder.length * recorder.layout.width * 8 < 25e6 && recorder.length > 900,
      String(recorder.length),
    );
    const { steps, batchLoss } = recorder.read();
    assert.equal(batchLoss?.[steps.indexOf(7777)], 50);
    assert.equal(batchLoss[steps.indexOf(15_555)], -50);
  });

  it('shows a run on its way as it stood then, whatever comes after', () => {
    const recorder = new Recorder(plain, 3);
    recorder.append(columns([1, 2, 3, 4, 5]), 1);
    const early = recorder.read();
    recorder.append(columns([6, 7, 8, 9, 10], [11, 12, 13, 14, 15]), 2);
    assert.deepEqual(early.loss, Float64Array.of(1));
    assert.deepEqual(recorder.read().loss, Float64Array.of(1, 6, 11));
  });

  it('holds a run of no steps', () => {
    assert.deepEqual(record(1, () => 3).read().loss, Float64Array.of(3));
  });
});

describe('thinRun', () => {
  const losses = fc.array(fc.oneof(fc.double({ noNaN: true }), fc.constant(NaN)), {
    minLength: 1,
    maxLength: 200,
  });

  function runOf(loss: readonly number[], batchLoss?: readonly number[]): Run {
    const steps = Int32Array.from(loss, (_, index) => index);
    const index = Float64Array.from(steps);
    return {
      label: '',
      settings: {
        learningRate: 0.1,
        optimizer: 'sgd',
        steps: loss.length,
        batchSize: 1,
        seed: 0,
        precision: 'float64',
      },
      outcome: 'finished',
      steps,
      loss: Float64Array.from(loss),
      ...(batchLoss ? { batchLoss: Float64Array.from(batchLoss) } : {}),
      learningRate: index,
      gradientNorm: index,
      parameters: byParameter(['w'], () => index),
      stepsTaken: loss.length - 1,
      stepsPerEpoch: 1,
      start: { step: 0, loss: 0, parameters: {} },
      final: { step: 0, loss: 0, parameters: {} },
      checks: [],
    };
  }

  it('leaves a short run alone', () => {
    const run = runOf([3, 2, 1]);
    assert.equal(thinRun(run, 3), run);
  });

  it('keeps the ends and the extremes in at most so many entries, each whole', () => {
    fc.assert(
      fc.property(losses, fc.integer({ min: 6, max: 60 }), fc.boolean(), (loss, entries, batches) => {
        const run = runOf(loss, batches ? loss.toReversed() : undefined);
        const thin = thinRun(run, entries);
        assert.ok(thin.steps.length <= Math.max(entries, 2));
        assertAscending(thin.steps);
        assert.equal(thin.steps[0], 0);
        assert.equal(thin.steps.at(-1), loss.length - 1);
        for (const [whole, kept] of [
          [run.loss, thin.loss],
          [run.batchLoss, thin.batchLoss],
        ] as const) {
          if (!whole || !kept) continue;
          const taken = (column: Float64Array) => column.filter((value) => !Number.isNaN(value));
          assert.equal(Math.max(...taken(kept)), Math.max(...taken(whole)));
          assert.equal(Math.min(...taken(kept)), Math.min(...taken(whole)));
          thin.steps.forEach((step, index) => {
            assert.deepEqual(kept[index], whole[step]);
          });
        }
        assert.deepEqual(thin.parameters['w'], Float64Array.from(thin.steps));
      }),
    );
  });
});
