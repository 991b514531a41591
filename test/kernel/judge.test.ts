import assert from 'node:assert/strict';
import { line, runOf, runsOf } from './programs.ts';

function judged(cell: string): [passed: boolean, left: number, right: number][] {
  return runOf(cell).checks.map(({ passed, left, right }) => [passed, left, right]);
}

describe('a check', () => {
  it('compares two numbers at the end of the run', () => {
    const cell = 'parameters x = 8\nloss = x^2\nlearning_rate = 0.25\nsteps = 3';
    assert.deepEqual(judged(`${cell}\ncheck loss < 2\ncheck x == 1\ncheck x + 1 >= 3\ncheck loss != 1`), [
      [true, 1, 2],
      [true, 1, 1],
      [false, 2, 3],
      [false, 1, 1],
    ]);
  });

  it('knows how the run ended', () => {
    const cell =
      'data = table(v: [1, 2, 3, 4])\nparameters x = 0\nloss = mean((x - v)^2)\nlearning_rate = 0.1\nepochs = 3';
    assert.deepEqual(
      judged(`${cell}\nbatch_size = 2\ncheck steps_taken == 6\ncheck epochs_taken == 3\ncheck diverged == 0`),
      [
        [true, 6, 6],
        [true, 3, 3],
        [true, 0, 0],
      ],
    );
    const [check] = runOf(`${cell}\nvalidation = 0.5\ncheck validation_loss < 1000`).checks;
    assert.ok(check?.passed === true && Number.isFinite(check.left));
  });

  it('takes means over the training rows', () => {
    const cell = 'data = table(v: [1, 2, 3, 6])\nparameters x = 2\nloss = mean((x - v)^2)\nsteps = 0';
    assert.deepEqual(
      judged(`${cell}\ncheck mean(v > x) == 0.5\ncheck max(x * v) == 12\ncheck count(v) == 4`),
      [
        [true, 0.5, 0.5],
        [true, 12, 12],
        [true, 4, 4],
      ],
    );
  });

  it('fails on NaN, even where NaN differs', () => {
    const cell = 'parameters x = 1\nloss = x^2\nsteps = 0';
    assert.deepEqual(
      judged(`${cell}\ncheck log(-x) < 1\ncheck log(-x) != 1`).map(([passed]) => passed),
      [false, false],
    );
  });

  it('is passed by a diverged run only where it asks for that', () => {
    const cell = 'parameters x = 1\nloss = x^2\nlearning_rate = 1e200\nsteps = 9';
    assert.deepEqual(
      judged(`${cell}\ncheck diverged == 1\ncheck diverged * x < -1\ncheck 1 < 2\ncheck steps_taken < 9`).map(
        ([passed]) => passed,
      ),
      [true, true, false, false],
    );
  });

  it('has its label and its place in the cell, in every run of a sweep', () => {
    const cell = `${line}\nlearning_rate = [0.1, 0.001]\nsteps = 60\ncheck loss < 7100 # nearly there`;
    const runs = runsOf(cell);
    assert.deepEqual(
      runs.map(({ checks }) => checks.map(({ label, passed }) => [label, passed])),
      [[['nearly there', true]], [['nearly there', false]]],
    );
    const [check] = runs[0]?.checks ?? [];
    assert.match(cell.slice(check?.start, check?.end), /loss < 7100/);
  });
});
