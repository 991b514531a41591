import { lengthOf } from '../vectors.ts';
import { isGrowing, type Evidence } from './diagnosis.ts';
import type { Found } from './causes.ts';
import { operationText } from './broken-operation.ts';
import { fileRow } from './row-text.ts';
import { lastUpdates } from './run-state.ts';
import { median } from './statistics.ts';
import type { Subject } from './subject.ts';

/** What a run shows, as numbers under names to be shown as they are. */
export function evidenceOf(subject: Subject, found: Found | undefined): Evidence {
  const { run, judgement } = subject;
  const { end, overfit, noise, swings } = judgement;
  const grows = isGrowing(judgement.condition);
  return {
    ...(Number.isFinite(judgement.rate) ? { 'learning rate': judgement.peakRate } : {}),
    ...curvatureEvidence(subject),
    ...(grows ? growthEvidence(subject) : {}),
    'loss at the start': run.start.loss,
    ...(judgement.losses.values.length === 0
      ? {}
      : { 'best loss': judgement.best, 'loss at the end': judgement.losses.values.at(-1) ?? NaN }),
    ...(run.firstBadStep === undefined ? {} : { 'first bad step': run.firstBadStep }),
    ...(end === undefined || grows
      ? {}
      : { 'left to gain': end.left, 'gradient at the end': lengthOf(end.gradient) }),
    ...(judgement.condition === 'oscillating' ? { 'updates that turn back': judgement.turning } : {}),
    ...(swings === undefined
      ? {}
      : { 'lowest of the last quarter': swings.low, 'highest of the last quarter': swings.high }),
    ...(overfit === undefined
      ? {}
      : {
          'best validation loss': overfit.best,
          'at step': overfit.bestStep,
          'validation loss at the end': overfit.end,
        }),
    ...(noise === undefined
      ? {}
      : { 'loss of the last iterates': noise.iterates, 'loss at their mean': noise.atMean }),
    ...causeEvidence(subject, found),
  };
}

function curvatureEvidence({ steepest, judgement }: Subject): Evidence {
  const curvature = steepest?.curvature;
  if (curvature === undefined || !(curvature.largest > 0)) return {};
  const limit = curvature.stableBelow;
  return {
    'largest curvature': curvature.largest,
    ...(Number.isFinite(curvature.condition) ? { 'condition number': curvature.condition } : {}),
    ...(limit === undefined ? {} : { limit, 'times the limit': judgement.peakRate / limit }),
  };
}

/** The factor from step to step by which the loss grows, as the curvature has it and as it was. */
function growthEvidence(subject: Subject): Evidence {
  const predicted = predictedGrowth(subject);
  const seen = seenGrowth(subject);
  return {
    ...(predicted === undefined ? {} : { 'predicted growth per step': predicted }),
    ...(seen === undefined ? {} : { 'growth seen per step': seen }),
  };
}

/**
 * On a quadratic the distance along an axis of curvature c is multiplied by 1 - rate c at each step, and the loss by
 * the square of that; with momentum by the larger root of the two-step recurrence.
 */
function predictedGrowth({ prepared, judgement, steepest }: Subject): number | undefined {
  const limit = steepest?.curvature.stableBelow;
  if (limit === undefined || !(judgement.rate > limit)) return undefined;
  const over = judgement.rate / limit;
  const beta = 0.9;
  switch (prepared.settings.optimizer) {
    case 'momentum':
      return largestRoot(1 + beta - over * 2 * (1 + beta), beta) ** 2;
    case 'nesterov': {
      const rest = 1 - (over * 2 * (1 + beta)) / (1 + 2 * beta);
      return largestRoot((1 + beta) * rest, beta * rest) ** 2;
    }
    default:
      return prepared.update.memories.length === 0 ? (1 - 2 * over) ** 2 : undefined;
  }
}

/** The greater size of the real roots of z^2 - trace z + determinant. */
function largestRoot(trace: number, determinant: number): number {
  return (Math.abs(trace) + Math.sqrt(Math.max(0, trace ** 2 - 4 * determinant))) / 2;
}

/** From the lengths of the last updates, which grow with the root of the loss. */
function seenGrowth({ prepared, run }: Subject): number | undefined {
  const lengths = lastUpdates(prepared, run, 8).map(lengthOf);
  const ratios = lengths.slice(1).map((length, index) => (length / (lengths[index] ?? NaN)) ** 2);
  const growth = median(ratios.filter(Number.isFinite));
  return Number.isFinite(growth) ? growth : undefined;
}

function causeEvidence({ trials, steepest }: Subject, found: Found | undefined): Evidence {
  switch (found?.cause) {
    case 'feature-scale': {
      const { features, scales, limit, condition } = found.scaling;
      const before = steepest?.curvature.stableBelow;
      return {
        feature: features.map(({ name }) => name).join(', '),
        ...(scales === undefined ? {} : { 'its scale': scales.join(', ') }),
        ...(limit === undefined || before === undefined
          ? {}
          : { 'limit after rescaling': limit, 'times higher': limit / before }),
        'condition after rescaling': condition,
      };
    }
    case 'data': {
      const { bad, broken } = found;
      if (bad !== undefined)
        return { row: fileRow(trials.experiment.data, bad.row), column: bad.column, value: bad.value };
      return broken === undefined ? {} : rowEvidence(trials.experiment.data, broken.rows);
    }
    case 'start':
    case 'domain': {
      const { broken } = found;
      if (broken === undefined) return {};
      const operand = broken.node.operation === 'quotient' ? broken.operands[1] : broken.operands[0];
      return {
        'broken operation': operationText(broken),
        'it was given': operand ?? NaN,
        ...rowEvidence(trials.experiment.data, broken.rows),
      };
    }
    default:
      return {};
  }
}

/** The first of the rows. */
function rowEvidence(file: string | undefined, [row]: readonly number[]): Evidence {
  return row === undefined ? {} : { row: fileRow(file, row) };
}
