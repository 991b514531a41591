import type { CheckResult, ComparisonOperator, Run } from '../kernel/index.ts';
import { element } from './dom.ts';
import { icon } from './icons.ts';
import { formatNumber } from './numbers.ts';

/** The exercises of the cell, each green or red, with the numbers that it compared. */
export class Checks {
  readonly element = element('ul', { class: 'gd-checks', 'aria-label': 'Checks' });

  /** @param operators - the comparison of each check, in the cell's order */
  update(runs: readonly Run[], operators: readonly ComparisonOperator[]): void {
    const [first] = runs;
    this.element.hidden = first === undefined || first.checks.length === 0;
    const items = (first?.checks ?? []).map(({ label }, index) => {
      const results = runs.flatMap((run) => {
        const result = run.checks[index];
        return result === undefined ? [] : [{ run, result }];
      });
      const passed = results.every(({ result }) => result.passed);
      const numbers = results.map(({ run, result }) =>
        runs.length === 1
          ? element('span', { class: 'gd-note' }, comparison(result, operators[index]))
          : element('span', { class: 'gd-note' }, `${run.label}: ${verdict(result, operators[index])}`),
      );
      return element(
        'li',
        { class: passed ? 'gd-check gd-passed' : 'gd-check gd-failed' },
        icon(passed ? 'passed' : 'failed'),
        element(
          'span',
          { class: 'gd-check-label' },
          `${passed ? 'Passed' : 'Not yet'}: `,
          element('b', {}, label),
        ),
        ...numbers,
      );
    });
    this.element.replaceChildren(...items);
  }
}

function verdict(result: CheckResult, operator: ComparisonOperator | undefined): string {
  return `${result.passed ? 'passed' : 'not yet'}, ${comparison(result, operator)}`;
}

function comparison({ left, right, passed }: CheckResult, operator: ComparisonOperator | undefined): string {
  const [one, other] = [formatNumber(left, 6), formatNumber(right, 6)];
  if (operator === undefined) return `${one} against ${other}`;
  return passed ? `${one} ${operator} ${other}` : `${one} is not ${operator} ${other}`;
}
