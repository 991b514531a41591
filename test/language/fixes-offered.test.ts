import assert from 'node:assert/strict';
import { readExperiment } from '../../src/language/index.ts';
import { bowl, codesOf } from './bowl-cell.ts';
import { applyFix } from './edits.ts';

/** The titles of the fixes of a cell's problems with a code, and the cell after each of these fixes. */
function fixesOf(source: string, code: string, columns?: string[]): [title: string, after: string][] {
  const problems = readExperiment(source, columns).problems.filter((problem) => problem.code === code);
  assert.ok(problems.length > 0, `${code} is reported`);
  return problems.flatMap(({ fixes = [] }) =>
    fixes.map((fix): [string, string] => [fix.title, applyFix(source, fix)]),
  );
}

describe('no fix is offered', () => {
  const without: readonly (readonly [why: string, code: string, source: string])[] = [
    ['for what is neither a file name nor a table', 'file-expected', 'data = [1,\n2]'],
    ['for braces about something else', 'file-expected', 'data = {x: "a.csv"}'],
    ['for words about a part at fault', 'foreign-word', `${bowl}check w + > 0 or loss < 3`],
    ['for a text that is neither name nor number', 'text-in-formula', 'loss = "houses.csv"'],
    ['for a start behind which something else stands', 'missing-start', 'parameters w from the start'],
    ['for an `=` with nothing behind it', 'equals-inside', 'loss = abs((w =))'],
    ['for a setting that is changed in its place', 'compound-assignment', `${bowl}steps += 3`],
    [
      'for a line that a head with an open bracket holds',
      'not-in-block',
      'for (each step:\n    paramee w = 1',
    ],
    ['for the line below a head with an open bracket', 'line-after-head', 'for (each step:\n    v /= 3'],
    [
      'for a learning rate that changes by no number',
      'setting-in-block',
      `${bowl}for each step:\n    learning_rate = learning_rate / step\n    parameter = parameter - gradient`,
    ],
    ['for a column that is changed in its place', 'column-clash', 'data = table(x: [1, 2])\nx += 1\ny = x'],
    ['for a name that is changed in its place', 'self-dependency', 'data = "a.csv"\nx += 1\ny = x'],
  ];
  for (const [why, code, source] of without) {
    it(why, () => {
      assert.deepEqual(fixesOf(source, code), []);
    });
  }
});

describe('the fixes that are offered', () => {
  it('close the brackets in what was passed over, too', () => {
    const source = `${bowl}check max(w : [w`;
    assert.deepEqual(fixesOf(source, 'missing-bracket'), [['Insert the 2 missing brackets', `${source}])`]]);
  });

  it('take no quote that has no end for the name of a column', () => {
    assert.equal(codesOf('data = table(“x: [1, 2])').includes('column-in-quotes'), false);
  });

  it('quote a file name once that has a quote already', () => {
    const fixes = fixesOf('data = data\\houses.csv"', 'file-name-backslash');
    assert.deepEqual(fixes, [['Write it with `/`', 'data = "data/houses.csv"']]);
  });

  it('give up no velocity for the nudge', () => {
    const lines = 'velocity = 0.9 * velocity + gradient\nw = w - learning_rate * velocity';
    const titles = fixesOf(bowl + lines, 'duplicate-name').map(([title]) => title);
    assert.deepEqual(titles, ['Delete this statement']);
  });

  it('give no update outside of its block another name', () => {
    const titles = fixesOf(`${bowl}w = w - learning_rate * slope(loss)`, 'duplicate-name').map(
      ([title]) => title,
    );
    assert.deepEqual(titles, ['Put it into `for each step:`', 'Delete this statement']);
  });

  for (const [given, line] of [
    ['b = 3\nloss = w^b', 'parameters w = 0'],
    ['w = 2\nb = 3\nloss = w^b', 'parameters w_2 = 0'],
    ['data = table(w: [1, 2])\nloss = mean(w) * b', 'parameters b = 0'],
  ] as const) {
    it(`insert \`${line}\` where other names are taken`, () => {
      const titles = fixesOf(`${given}\nlearning_rate = 0.1`, 'missing-parameters').map(([title]) => title);
      assert.equal(titles.at(-1), `Insert \`${line}\``);
    });
  }

  it('make no parameter of a loss', () => {
    const titles = fixesOf('loss = 3\nlearning_rate = 0.1', 'missing-parameters').map(([title]) => title);
    assert.deepEqual(titles, ['Insert `parameters w = 0, b = 0`']);
  });

  it('name a column in backticks where it needs them', () => {
    const data = 'data = "a.csv"\nparameters w = 0\nlearning_rate = 0.1';
    const columns = ['sale date'];
    assert.deepEqual(fixesOf(`${data}\nloss = mean(prediction)`, 'undefined-setting', columns), [
      [
        'Insert `prediction = w * `sale date``',
        `${data}\nloss = mean(prediction)\nprediction = w * \`sale date\``,
      ],
    ]);
    const [[, after] = []] = fixesOf(`${data}\nprediction = w * \`sale date\``, 'missing-loss', columns);
    assert.match(after ?? '', /\nloss = mean\(\(prediction - `sale date`\)\^2\)$/);
  });
});
