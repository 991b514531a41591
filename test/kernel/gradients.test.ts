import { gradient } from '../../src/kernel/index.ts';
import { assertNear, prepareCell, readCases, type Gradient } from '../reference/cases.ts';

/** Agreement to 1e-10 of each number, and to rounding of the largest where terms cancel. */
function assertAgrees({ cell, at, ...expected }: Gradient): void {
  const found = gradient(prepareCell(cell), at);
  const numbers = [expected.loss, ...Object.values(expected.gradient)].map(Math.abs).filter(Number.isFinite);
  const rounding = 1e-14 * Math.max(...numbers);
  assertNear(found.loss, expected.loss, 1e-10 * Math.abs(expected.loss) + rounding, `loss of\n${cell}\n`);
  for (const [name, slope] of Object.entries(expected.gradient)) {
    const tolerance = 1e-10 * Math.abs(slope) + rounding;
    assertNear(found.gradient[name], slope, tolerance, `derivative by ${name} of\n${cell}\n`);
  }
}

describe('gradient beside PyTorch', function () {
  this.timeout(60_000);

  it('agrees with PyTorch for 1000 random formulas', () => {
    readCases('gradients.json').forEach(assertAgrees);
  });

  const kinks = readCases('kinks.json');
  const formulaOf = ({ cell }: Gradient) => /loss = (.*)/.exec(cell)?.[1] ?? '';
  for (const formula of new Set(kinks.map(formulaOf))) {
    it(`takes what PyTorch takes where the derivative is special: ${formula}`, () => {
      kinks.filter((kink) => formulaOf(kink) === formula).forEach(assertAgrees);
    });
  }
});
