import assert from 'node:assert/strict';
import { descendNow, diagnose, type Diagnosis } from '../../../src/kernel/index.ts';
import { programOf } from '../programs.ts';
import { assertTried, diagnoseCell } from './diagnose-cell.ts';
import { line, rawFeet } from './models.ts';

/** The diagnosis of a cell whose data file has these columns. */
async function diagnoseWith(cell: string, columns: Record<string, ArrayLike<number>>): Promise<Diagnosis> {
  const program = programOf(`data = "data.csv"\n${cell}`, columns);
  const [run] = descendNow(program);
  assert.ok(run);
  return await diagnose(run, program);
}

describe('what a diagnosis says and offers', () => {
  it('says of a rate just below a limit that the scale made low why it does not arrive', async () => {
    const cell = rawFeet + 'learning_rate = 2.9e-7\nsteps = 60';
    const { evidence, fixes, summary, cause } = (await diagnoseCell(cell)).diagnosis;
    assert.equal(cause, 'feature-scale');
    assert.match(summary, /`size` is at fault: the valley bends 21 million times as sharply across as along/);
    assert.match(summary, /the limit of the learning rate would be 0\.2366 in place of 2\.984e-7\.$/);
    assert.ok(Math.abs(Number(evidence['condition number']) / 21_304_000 - 1) < 1e-3);
    assert.ok(Math.abs(Number(evidence['condition after rescaling']) / 33.89 - 1) < 1e-3);
    assert.deepEqual(
      fixes.map(({ title }) => title),
      [
        '`size = sqft / 1000`, `learning_rate = 0.213`',
        '`size = (sqft - mean(sqft)) / std(sqft)`, `learning_rate = 0.7`',
      ],
    );
  });

  it('never rescales the truth', async () => {
    const cell = `data = "houses.csv"
rooms = beds * 500
parameters w = 0, v = 0, b = 0
prediction = w * sqft + v * rooms + b
loss = mse(prediction, price)
learning_rate = 1e-6`;
    const { cause, fixes } = (await diagnoseCell(cell)).diagnosis;
    assert.equal(cause, 'feature-scale');
    assert.ok(fixes.length > 0);
    for (const { title } of fixes) assert.doesNotMatch(title, /price/);
  });

  it('says that momentum swings below its limit, by how much, and what ends it', async () => {
    const cell = `${line}optimizer = momentum\nlearning_rate = 0.2\nsteps = 60`;
    const { summary, fixes, evidence } = (await diagnoseCell(cell)).diagnosis;
    assert.equal(
      summary,
      'The loss swings up and down: over the last 15 steps between 7,069 and 7,937. The velocity carries the parameters past the lowest point and back again. The learning rate 0.2 is 0.445 times the limit 0.4496, so the swings die out, but slowly.',
    );
    assert.deepEqual(
      fixes.map(({ title }) => title),
      ['`optimizer = sgd`', '`steps = 120`'],
    );
    assert.ok(
      Number(evidence['highest of the last quarter']) > Number(evidence['lowest of the last quarter']),
    );
  });

  it('turns down a velocity that has its number by name', async () => {
    const cell = `parameters x = 10, y = 1
loss = 0.005 * x^2 + 0.5 * y^2
keep = 0.99
learning_rate = 0.5
for each step:
    velocity  = keep * velocity + gradient
    parameter = parameter - learning_rate * velocity`;
    const [fix] = (await diagnoseCell(cell)).diagnosis.fixes;
    assert.equal(fix?.title, '`keep = 0.9`');
    assertTried(cell, fix);
  });

  it('brings to rest with a falling rate what a constant one kicks out again', async () => {
    const cell = `${line}optimizer = rmsprop\nlearning_rate = 20\nsteps = 200`;
    const { summary, fixes } = (await diagnoseCell(cell)).diagnosis;
    assert.match(
      summary,
      /^The loss had come to rest at 7,062, and jumped up again: to 41,140 in the last quarter\./,
    );
    assert.equal(fixes[0]?.title, '`learning_rate = 20 * (1 - (step - 1) / steps)`');
  });

  it('does not offer a higher rate against swings or a start at the answer', async () => {
    for (const rate of [0.2, 0.3, 0.4]) {
      const { fixes } = (
        await diagnoseCell(`${line}optimizer = momentum\nlearning_rate = ${rate}\nsteps = 60`)
      ).diagnosis;
      for (const { title } of fixes) {
        const offered = Number(/^`learning_rate = ([^`]*)`$/.exec(title)?.[1] ?? 0);
        assert.ok(offered < rate, title);
      }
    }
    const flat = 'parameters x = -20\nloss = x^2 / (1 + x^2)\nlearning_rate = 1';
    const [fix] = (await diagnoseCell(flat)).diagnosis.fixes;
    assert.doesNotMatch(fix?.title ?? '`x = 0`', /`x = 0`/);
  });

  it('points to a row of the truth that stands apart, though the run is well', async () => {
    const cell = `data = table(km: [1.2, 2.5, 3.1, 4.0, 5.6, 7.5], fare: [6, 9, 10.5, 1250, 16, 20])
parameters w = 0, b = 0
loss = mse(w * km + b, fare)
learning_rate = 0.04`;
    const { notes } = (await diagnoseCell(cell)).diagnosis;
    assert.ok(
      notes.includes('Row 4 has 1250 in `fare`, where all others lie between 6 and 20: is it right?'),
      notes.join(),
    );
  });

  it('shows an odd value and the range of all others to the last digit', async () => {
    const fare = [1006, 1008, 12345, 1010, 1012.25, 1016, 1020, 1014];
    const km = fare.map((_, row) => row / 2);
    const learn = 'parameters w = 0, b = 0\nloss = mse(w * km + b, fare)\nlearning_rate = 0.02';
    const { notes } = await diagnoseWith(learn, { km, fare });
    const odd = 'Row 4 has 12345 in `fare`, where all others lie between 1006 and 1020: is it right?';
    assert.deepEqual(notes, [odd]);
    const growing = 'parameters w = 0\nloss = mse(w * fare, km)\nlearning_rate = 4.5e-7\nsteps = 9';
    const { summary, fixes } = await diagnoseWith(growing, { km, fare });
    assert.match(summary, /\. Row 4 has 12345 in `fare`, where all others lie between 1006 and 1020\.$/);
    assert.equal(
      fixes[0]?.title,
      'Correct or delete row 4: it has 12345 in `fare`, where all others lie between 1006 and 1020',
    );
  });

  it('names the row of the table that breaks the loss, whichever rows are kept for validation', async () => {
    const numbers = Array.from({ length: 40 }, (_, row) => row / 10);
    const cell = `data = table(x: [${numbers.with(30, 1e200).join()}], y: [${numbers.join()}])
parameters w = 1
loss = mean((w * x - y)^2)
learning_rate = 0.001
validation = 0.4`;
    const { summary, evidence, fixes } = (await diagnoseCell(cell)).diagnosis;
    assert.match(summary, / It is so from the start, and only in row 31: look at the values there\.$/);
    assert.equal(evidence['row'], 31);
    const [fix] = fixes;
    assert.equal(fix?.title, 'Delete row 31');
    assertTried(cell, fix);
  });

  it('takes out all rows that break the loss, as long as they are few, and names the first ten', async () => {
    const rows = Array.from({ length: 600 }, (_, row) => row);
    const columns = { x: rows.map((row) => (row % 30 === 6 ? 1e200 : row / 600)), y: rows };
    const cell = 'parameters w = 1\nloss = mean((w * x - y)^2)\nlearning_rate = 0.1';
    const { summary, fixes } = await diagnoseWith(cell, columns);
    const named = 'rows 8, 38, 68, 98, 128, 158, 188, 218, 248, 278 and 10 more';
    assert.ok(summary.endsWith(`It is so from the start, and only in ${named}: look at the values there.`));
    assert.equal(fixes[0]?.title, `Correct or delete ${named}`);
    assert.ok(Number.isFinite(fixes[0].loss));
  });

  it('never says that a loss came down which rose', async () => {
    const once = (await diagnoseCell(`${line}learning_rate = 0.24\nsteps = 1`)).diagnosis;
    assert.match(once.summary, /^Too early to judge: the loss has not come down, it was 78,018 and/);
    const thrice = (await diagnoseCell(`${line}learning_rate = 0.237\nsteps = 3`)).diagnosis;
    assert.equal(thrice.condition, 'exploding');
  });

  it('tells single examples that throw a loss about from a floor of noise', async () => {
    const cell = `${line}learning_rate = 0.2\nbatch_size = 1\nepochs = 2`;
    const { condition, summary } = (await diagnoseCell(cell)).diagnosis;
    assert.equal(condition, 'exploding');
    assert.match(summary, /far above its start of 78,018.* 0\.2 is too high for batches of 1\.$/);
  });

  it('names no limit of a place far up where a run that broke had got to', async () => {
    const cell = `parameters x = 0, y = -3
loss = (x^2 + y - 11)^2 + (x + y^2 - 7)^2
optimizer = momentum
learning_rate = 0.02`;
    const { summary, fixes } = (await diagnoseCell(cell)).diagnosis;
    assert.match(summary, /0\.02 is below the limit at the start, 0\.04575, but too high for steeper places/);
    assert.equal(fixes.length, 1);
  });

  it('writes an offered line whole, and with one minus', async () => {
    const titleOf = async (...update: string[]) =>
      (await diagnoseCell(`${line}learning_rate = 0.3\nsteps = 60\nfor each step:\n${update.join('\n')}`))
        .diagnosis.fixes[0]?.title;
    assert.equal(
      await titleOf(
        '    velocity = 0.9 * velocity + gradient',
        '    parameter = parameter - learning_rate * velocity',
      ),
      '`velocity = 0.5 * velocity + gradient`',
    );
    assert.match(
      (await titleOf('    parameter = parameter - -learning_rate * gradient')) ?? '',
      /^`parameter = parameter - learning_rate \* gradient`/,
    );
  });

  it('says of a long valley without data that steps or momentum are missing', async () => {
    const cell = 'parameters x = 10, y = 1\nloss = 0.00005 * x^2 + 0.5 * y^2\nlearning_rate = 1.9';
    const { summary } = (await diagnoseCell(cell)).diagnosis;
    assert.match(summary, /0\.95 of the limit already, and the valley bends 10,000 times as sharply across/);
  });

  it('blames the scale, and not a rate that is over both limits, where no lower rate arrives', async () => {
    const { cause } = (await diagnoseCell(`${rawFeet}learning_rate = 0.3\nsteps = 60`)).diagnosis;
    assert.equal(cause, 'feature-scale');
  });

  it('finds a rate for steps that know no limit, however far off', async () => {
    const [fix] = (await diagnoseCell(`${line}optimizer = adam\nlearning_rate = 1e-5\nsteps = 60`)).diagnosis
      .fixes;
    assert.match(fix?.title ?? '', /^`learning_rate = 1?[\d.]+`$/);
    assert.ok(Number(fix?.loss) < 30_000);
  });

  it('sees the scale through an optimizer that divides by the size of the gradient', async () => {
    const cell = `${rawFeet}optimizer = rmsprop\nlearning_rate = 0.1\nsteps = 150`;
    const { cause, summary, evidence, fixes } = (await diagnoseCell(cell)).diagnosis;
    assert.equal(cause, 'feature-scale');
    assert.match(summary, /the condition number would be 34 in place of 21 million\.$/);
    assert.equal('limit after rescaling' in evidence, false);
    assert.ok(fixes.length > 0);
  });
});
