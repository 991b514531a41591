import { choose } from '../experiment.ts';
import type { Formula } from '../formula.ts';
import { formulaOf, type BrokenOperation } from './broken-operation.ts';
import { callFormula, numberFormula } from './build-formula.ts';
import type { Change } from './changes.ts';
import type { Subject } from './subject.ts';

const leastArgument = 1e-12;

/** Changes that keep the broken operation within its domain, the best first. */
export function guardsFor(subject: Subject, { node }: BrokenOperation): Change[][] {
  const broken = formulaOf(subject, node);
  const loss = subject.trials.experiment.definitions.get('loss');
  const guards: Change[][] = [];
  const entropy = loss && asCrossEntropy(choose(loss, 0));
  if (loss && entropy) guards.push([{ kind: 'formula', at: choose(loss, 0), by: entropy }]);
  const operand = broken && guardedOperand(broken);
  if (operand === undefined) return guards;
  const by = callFormula('max', operand, numberFormula(leastArgument));
  guards.push([{ kind: 'formula', at: operand, by }]);
  return guards;
}

/** What must not become 0 or less. */
function guardedOperand(broken: Formula): Formula | undefined {
  if (broken.kind === 'call' && (broken.function === 'log' || broken.function === 'sqrt'))
    return broken.arguments[0];
  if (broken.kind === 'product') return broken.factors.findLast(({ inverse }) => inverse)?.formula;
  if (broken.kind === 'power') return broken.base;
  return undefined;
}

/** `-mean(y * log(p) + (1 - y) * log(1 - p))` as the loss by name, which keeps its logarithms finite. */
function asCrossEntropy(loss: Formula): Formula | undefined {
  const sum = loss.kind === 'negation' ? meanOf(loss.operand) : undefined;
  if (sum?.kind !== 'sum' || sum.terms.length !== 2 || sum.terms.some(({ negative }) => negative))
    return undefined;
  const [first, second] = sum.terms.map(({ formula }) => timesLog(formula));
  if (first === undefined || second === undefined) return undefined;
  for (const [yes, no] of [
    [first, second],
    [second, first],
  ] as const) {
    if (isRest(no.factor, yes.factor) && isRest(no.argument, yes.argument)) {
      return callFormula('binary_cross_entropy', yes.argument, yes.factor);
    }
  }
  return undefined;
}

function meanOf(formula: Formula): Formula | undefined {
  return formula.kind === 'call' && formula.function === 'mean' ? formula.arguments[0] : undefined;
}

/** `factor * log(argument)`, in either order. */
function timesLog(formula: Formula): { factor: Formula; argument: Formula } | undefined {
  if (formula.kind !== 'product' || formula.factors.length !== 2) return undefined;
  if (formula.factors.some(({ inverse }) => inverse)) return undefined;
  const [left, right] = formula.factors.map((factor) => factor.formula);
  if (left === undefined || right === undefined) return undefined;
  for (const [factor, log] of [
    [left, right],
    [right, left],
  ] as const) {
    if (log.kind !== 'call' || log.function !== 'log') continue;
    const [argument] = log.arguments;
    if (argument !== undefined) return { factor, argument };
  }
  return undefined;
}

/** `1 - whole`. */
function isRest(formula: Formula, whole: Formula): boolean {
  if (formula.kind !== 'sum' || formula.terms.length !== 2) return false;
  const [one, part] = formula.terms;
  if (one === undefined || part === undefined) return false;
  const startsWithOne = one.formula.kind === 'number' && one.formula.value === 1 && !one.negative;
  return startsWithOne && part.negative && isSame(part.formula, whole);
}

/** The same formula, wherever it stands. */
function isSame(left: Formula, right: Formula): boolean {
  const bare = (formula: Formula) =>
    JSON.stringify(formula, (key, value: unknown) => (key === 'start' || key === 'end' ? undefined : value));
  return bare(left) === bare(right);
}
