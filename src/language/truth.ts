import type { Definition } from './cell.ts';
import { partsOf, unwrap, type CallNode, type Expression, type SumNode } from './syntax.ts';
import { functionsByName } from './words/words.ts';

type Definitions = ReadonlyMap<string, Definition>;
type Term = SumNode['terms'][number];

/**
 * What `prediction` is compared with in one run, where the cell does not say it: the other side of the first
 * subtraction with `prediction` in the loss, looked for through names; else what a loss by name compares. Another
 * side that is the same for every example (as in `1 - prediction`) counts only where there is no better one.
 *
 * @param hasRows whether a formula has one value an example
 */
export function inferTruth(
  definitions: Definitions,
  run: number,
  hasRows: (formula: Expression) => boolean,
): Expression | undefined {
  if (!definitions.has('prediction')) return undefined;
  const { compared, byName } = new Search(definitions, run).inLoss();
  return compared.find(hasRows) ?? byName[0] ?? compared.find((formula) => !isOne(formula));
}

function isOne(formula: Expression): boolean {
  return formula.kind === 'number' && formula.value === 1;
}

class Search {
  private readonly compared: Expression[] = [];
  private readonly byName: Expression[] = [];
  private readonly definitions: Definitions;
  private readonly run: number;

  constructor(definitions: Definitions, run: number) {
    this.definitions = definitions;
    this.run = run;
  }

  /** What is compared with `prediction`, by subtraction and by a loss by name, in the order of reading. */
  inLoss(): { compared: readonly Expression[]; byName: readonly Expression[] } {
    // The stack holds what is still to read, the next on top; names are entered once.
    const entered = new Set(['loss', 'prediction']);
    const unread = [this.formulaOf('loss')];
    for (let formula = unread.pop(); formula !== undefined; formula = unread.pop()) {
      if (formula.kind === 'name') {
        if (entered.has(formula.name)) continue;
        entered.add(formula.name);
        const meant = this.formulaOf(formula.name);
        if (meant !== undefined) unread.push(meant);
        continue;
      }
      if (formula.kind === 'sum') this.lookAtSum(formula);
      if (formula.kind === 'call') this.lookAtCall(formula);
      for (const part of [...partsOf(formula)].reverse()) unread.push(part);
    }
    return { compared: this.compared, byName: this.byName };
  }

  private formulaOf(name: string): Expression | undefined {
    const alternatives = this.definitions.get(name)?.alternatives;
    return alternatives?.[this.run] ?? alternatives?.[0];
  }

  private lookAtSum(sum: SumNode): void {
    const index = sum.terms.findIndex((term) => this.isPrediction(term.operand));
    const term = sum.terms[index];
    if (term === undefined) return;
    const others = sum.terms.filter((_, place) => place !== index);
    const other = otherSide(others, isNegative(term));
    if (other !== undefined) this.compared.push(other);
  }

  private lookAtCall(call: CallNode): void {
    const [first, second] = call.arguments;
    const isLoss = functionsByName.get(call.name.name)?.shape === 'loss';
    if (isLoss && first !== undefined && second !== undefined) {
      this.byName.push(this.isPrediction(second) ? first : second);
    }
  }

  /** True for `prediction`, its negation, and other names of it. */
  private isPrediction(formula: Expression): boolean {
    let inner: Expression | undefined = formula;
    const seen = new Set<string>();
    while (inner !== undefined) {
      inner = unwrap(inner);
      if (inner.kind === 'negation') inner = inner.operand;
      else if (inner.kind !== 'name' || seen.has(inner.name)) return false;
      else if (inner.name === 'prediction') return true;
      else {
        seen.add(inner.name);
        inner = this.formulaOf(inner.name);
      }
    }
    return false;
  }
}

function isNegative({ negative, operand }: Term): boolean {
  return operand.kind === 'negation' ? !negative : negative;
}

/** What the prediction is subtracted from, or what is subtracted from it; `undefined` where nothing is subtracted. */
function otherSide(others: readonly Term[], predictionIsNegative: boolean): Expression | undefined {
  if (!others.some((term) => isNegative(term) !== predictionIsNegative)) return undefined;
  const terms = others.map(({ negative, operand }) => ({
    negative: negative !== !predictionIsNegative,
    operand,
  }));
  const [only] = terms;
  const start = Math.min(...terms.map((term) => term.operand.start));
  const end = Math.max(...terms.map((term) => term.operand.end));
  if (only === undefined || terms.length > 1) return { kind: 'sum', terms, start, end };
  if (!only.negative) return only.operand;
  if (only.operand.kind === 'negation') return only.operand.operand;
  return { kind: 'negation', operand: only.operand, start, end };
}
