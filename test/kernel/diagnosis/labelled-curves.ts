import type { Condition, Curve } from '../../../src/kernel/index.ts';
import { curveOf, noise } from './curves.ts';

/** A curve as a log would have it, with what it shows. */
export interface LabelledCurve {
  readonly condition: Condition;
  readonly name: string;
  readonly curve: Curve;
}

/** A rate that warms up in a straight line and decays by a cosine to 0. */
function schedule(peak: number, warmUp: number, total: number): (index: number) => number {
  return (index) =>
    index < warmUp
      ? (peak * (index + 1)) / warmUp
      : 0.5 * peak * (1 + Math.cos((Math.PI * (index - warmUp)) / (total - warmUp)));
}

const decay = (index: number, length: number) => Math.exp(-index / length);

/** The same curves with other noise for each seed. */
export function labelledCurves(seed: number): LabelledCurve[] {
  const shake = noise(seed);
  const other = noise(seed + 1000);
  const curves: LabelledCurve[] = [];
  const add = (condition: Condition, name: string, ...curve: Parameters<typeof curveOf>) =>
    curves.push({ condition, name, curve: curveOf(...curve) });

  const pretraining = (i: number) => 3 + 7 * decay(i, 60) - 0.001 * i + 0.05 * shake(i);
  add('healthy', 'pretraining', 500, { loss: pretraining, learningRate: schedule(6e-4, 50, 500) }, 10);
  add('healthy', 'a power law', 400, { loss: (i) => 2 + 6 * (1 + i) ** -0.4 + 0.06 * shake(i) });
  const tuning = (i: number) => 1.2 + 0.6 * decay(i, 30) + 0.12 * shake(i);
  add('healthy', 'fine-tuning to a rate of 0', 200, { loss: tuning, learningRate: schedule(2e-4, 10, 200) });
  add('healthy', 'twelve records', 12, { loss: (i) => 2.3 * 0.8 ** i + 0.02 * shake(i) });
  add('healthy', 'epochs with validation', 20, {
    loss: (i) => 0.3 + 0.7 * 0.7 ** i + 0.003 * shake(i),
    validationLoss: (i) => 0.4 + 0.6 * 0.7 ** i + 0.01 * other(i),
  });
  const warming = (i: number) => 10.8 - 0.005 * i + 0.02 * shake(i);
  add('healthy', 'still warming up', 40, { loss: warming, learningRate: (i) => 1e-6 * (i + 1) });
  add('healthy', 'many records', 20_000, { loss: (i) => 3 + 7 * decay(i, 2000) + 0.1 * shake(i) - 2e-5 * i });
  const jumpsOnce = (i: number) => 2 + 3 * decay(i, 60) + 0.05 * shake(i) + (i === 200 ? 1 : 0);
  add('healthy', 'one that only rose once', 300, { loss: jumpsOnce });
  add('healthy', 'updates skipped by a loss scaler', 200, {
    loss: (i) => 2 + 3 * decay(i, 40) + 0.03 * shake(i),
    gradientNorm: (i) => (i < 3 ? Infinity : 1),
  });

  const blown = (i: number) => (i < 150 ? 3 + 5 * decay(i, 40) : Math.min(7.5, 3.1 + 0.1 * (i - 150)));
  add('exploding', 'a run that blew up', 300, {
    loss: (i) => blown(i) + 0.05 * shake(i),
    learningRate: () => 1e-3,
  });
  add('exploding', 'eight records, ninefold each', 8, { loss: (i) => 8 * 9 ** i });
  const tooWarm = (i: number) => (i < 40 ? 9 - 0.05 * i : 7 + 0.2 * Math.min(20, i - 40)) + 0.03 * shake(i);
  add('exploding', 'during the warm-up', 100, { loss: tooWarm, learningRate: (i) => 1e-5 * (i + 1) });
  add('exploding', 'a quadratic', 40, { loss: (i) => 7062 + 70_000 * 1.2384 ** i, learningRate: () => 0.25 });

  const bump = (i: number) => (i % 60 === 50 ? 2 : i % 60 === 51 ? 1 : 0);
  add('spikes', 'every 60 records', 300, {
    loss: (i) => 2 + 3 * decay(i, 60) + 0.05 * shake(i) + bump(i),
  });
  const slow = (i: number) => 10.8 - 0.003 * i + 0.02 * shake(i);
  add('crawling', 'a tiny rate', 100, { loss: slow, learningRate: () => 1e-6 });
  add('plateau', 'ten classes by chance', 100, {
    loss: (i) => 2.303 + 0.003 * shake(i),
    learningRate: () => 0.01,
  });
  const floor = (i: number) => 1 + decay(i, 20) + 0.25 * shake(i);
  add('noisy', 'a constant rate', 400, { loss: floor, learningRate: () => 0.01 });

  const rising = (i: number) => 0.4 + 0.5 * decay(i, 3) + 0.015 * i + 0.005 * other(i);
  add('overfitting', 'epochs', 30, {
    loss: (i) => 0.9 * 0.85 ** i + 0.01 * shake(i),
    validationLoss: rising,
  });
  add('overfitting', 'with a validation loss only', 30, { validationLoss: rising });

  const ends = (i: number) => (i >= 60 ? NaN : 2 + decay(i, 20) + 0.05 * shake(i));
  add('not-finite', 'one sudden jump', 100, { loss: ends });
  const grows = (i: number) => (i >= 20 ? NaN : i < 10 ? 2 + 0.01 * shake(i) : 2 * 2 ** (i - 9));
  add('not-finite', 'after steady growth', 30, { loss: grows });
  add('not-finite', 'a loss of 0 with a gradient of NaN', 30, {
    loss: (i) => (i >= 10 ? 0 : 2 - 0.05 * i + 0.01 * shake(i)),
    gradientNorm: (i) => (i >= 10 ? NaN : 1),
  });
  return curves;
}
