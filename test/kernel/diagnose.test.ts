import assert from 'node:assert/strict';
import { descendNow, diagnose, isWell, type Condition, type Diagnosis } from '../../src/kernel/index.ts';
import { applyEdits } from '../language/edits.ts';
import { prepareCell } from '../reference/cases.ts';
import { confusionMatrix } from './diagnosis/confusion-matrix.ts';
import { assertTried, diagnoseCell } from './diagnosis/diagnose-cell.ts';
import type { LabelledRun } from './diagnosis/labelled-run.ts';
import { labelledRuns } from './diagnosis/labelled-runs.ts';
import { line } from './diagnosis/models.ts';

function isGrowing(condition: Condition): boolean {
  return condition === 'not-finite' || condition === 'exploding';
}

describe('the diagnosis of labelled runs', () => {
  const found = new Map<LabelledRun, Promise<Diagnosis>>();
  const diagnosisOf = (labelled: LabelledRun) => {
    const known = found.get(labelled) ?? diagnoseCell(labelled.cell).then(({ diagnosis }) => diagnosis);
    found.set(labelled, known);
    return known;
  };
  const diagnosesOf = (runs: Iterable<LabelledRun>) =>
    Promise.all(Array.from(runs, async (each) => [each, await diagnosisOf(each)] as const));

  for (const labelled of labelledRuns) {
    const { condition, cause, name, cell } = labelled;
    it(`finds ${condition}${cause === undefined ? '' : ` by ${cause}`}: ${name}`, async () => {
      const diagnosis = await diagnosisOf(labelled);
      assert.equal(diagnosis.condition, condition, diagnosis.summary);
      assert.equal(diagnosis.cause, cause, diagnosis.summary);
      for (const fix of diagnosis.fixes) assertTried(cell, fix);
    });
  }

  it('has at least 60 of them, and every condition five times', () => {
    assert.ok(labelledRuns.length >= 60);
    const conditions = new Set(labelledRuns.map(({ condition }) => condition));
    assert.equal(conditions.size, 10);
    for (const each of conditions) {
      // Only optimizers that divide by a fading mean are kicked out of rest.
      if (each !== 'spikes')
        assert.ok(labelledRuns.filter(({ condition }) => condition === each).length >= 5, each);
    }
  });

  it('offers first what cures: the cell with its edits is well, or no longer grows', async () => {
    const notCured: string[] = [];
    for (const [{ name, cell, condition }, { fixes }] of await diagnosesOf(labelledRuns)) {
      const [fix] = fixes;
      // A run that stops early for the sake of its validation loss may have more to learn of its training rows.
      if (fix?.edits === undefined || condition === 'overfitting') continue;
      const after = (await diagnoseCell(applyEdits(cell, fix.edits))).diagnosis.condition;
      const grew = isGrowing(condition);
      if (!isWell(after) && !(grew && !isGrowing(after))) notCured.push(`${name}: ${after}`);
    }
    assert.deepEqual(notCured, []);
  });

  it('never offers for a slow run what ends higher', async () => {
    const slow = labelledRuns.filter(({ condition }) => condition === 'crawling' || condition === 'plateau');
    for (const [{ name }, { fixes, evidence }] of await diagnosesOf(slow)) {
      for (const { loss } of fixes) assert.ok(Number(loss) < Number(evidence['loss at the end']), name);
    }
  });

  it('offers a fix for nearly every sick run, and none for a run that is well', async () => {
    const all = await diagnosesOf(labelledRuns);
    const sick = all.filter(([{ condition }]) => !isWell(condition));
    const without = sick.filter(([, { fixes }]) => fixes.length === 0).map(([{ name }]) => name);
    assert.ok(without.length <= 2, without.join('; '));
    for (const [{ name }, { condition, fixes }] of all) {
      if (isWell(condition)) assert.equal(fixes.length, 0, name);
    }
  });

  after(async () => {
    const pairs = (await diagnosesOf(found.keys())).map(
      ([labelled, diagnosis]) => [labelled.condition, diagnosis.condition] as const,
    );
    console.log(`\n${confusionMatrix(pairs)}\n`);
  });
});

describe('diagnose', () => {
  it('shows the limit, how far over it the rate is, and the growth that this predicts', async () => {
    const { diagnosis } = await diagnoseCell(`${line}learning_rate = 0.25\nsteps = 60`);
    const { evidence } = diagnosis;
    const expected = {
      'learning rate': 0.25,
      'largest curvature': 8.4514,
      limit: 0.23665,
      'times the limit': 1.0564,
      'predicted growth per step': 1.2384,
      'growth seen per step': 1.2384,
    };
    for (const [name, value] of Object.entries(expected)) {
      assert.ok(Math.abs(Number(evidence[name]) / value - 1) < 1e-4, `${name}: ${evidence[name] ?? ''}`);
    }
  });

  it('puts its mark on the rate, and offers one below the limit', async () => {
    const cell = `${line}learning_rate = 0.25   # too high\nsteps = 60`;
    const { diagnosis } = await diagnoseCell(cell);
    const [fix] = diagnosis.fixes;
    assert.ok(diagnosis.place && fix?.edits);
    assert.equal(cell.slice(diagnosis.place.start, diagnosis.place.end), '0.25');
    assert.equal(applyEdits(cell, fix.edits), cell.replace('0.25', '0.213'));
    assert.equal(fix.title, '`learning_rate = 0.213`');
  });

  it('mends the scale of a feature before it lowers the rate', async () => {
    const cell = line.replace('sqft / 1000', 'sqft') + 'learning_rate = 2e-4\nsteps = 60';
    const { diagnosis } = await diagnoseCell(cell);
    const titles = diagnosis.fixes.map(({ title }) => title);
    assert.deepEqual(titles, [
      '`size = sqft / 1000`, `learning_rate = 0.213`',
      '`size = (sqft - mean(sqft)) / std(sqft)`, `learning_rate = 0.7`',
      '`learning_rate = 2.69e-7`',
    ]);
    assert.ok(Number(diagnosis.evidence['times higher']) > 10);
  });

  it('mends a column where it stands, where it has no name of its own', async () => {
    const cell = `data = "houses.csv"
parameters w = 0, b = 0
prediction = w * sqft + b
loss = mse(prediction, price / 1000)
learning_rate = 2e-4`;
    const { diagnosis } = await diagnoseCell(cell);
    const [fix] = diagnosis.fixes;
    assert.ok(fix?.edits);
    assert.match(applyEdits(cell, fix.edits), /prediction = w \* \(sqft \/ 1000\) \+ b/);
  });

  it('names the bad row as a spreadsheet or the cell counts it', async () => {
    const slipped = labelledRuns.find(({ name }) => name === 'a slipped decimal point');
    const { diagnosis } = await diagnoseCell(slipped?.cell ?? '');
    const { row, column, value } = diagnosis.evidence;
    assert.deepEqual({ row, column, value }, { row: 8, column: 'size', value: 31 });
    assert.match(diagnosis.fixes[0]?.title ?? '', /row 8, whose `size` is 31/);
  });

  it('takes a bad row out of the table in the cell, wherever it stands', async () => {
    const sizes = ['1', '2', '3', '4', '3.5', '2.5'];
    for (const bad of [0, 2, 6]) {
      const cell = `data = table(
    size: [${sizes.toSpliced(bad, 0, '5000').join(', ')}],
    cost: [${['150', '280', '420', '560', '490', '360'].toSpliced(bad, 0, '700').join(', # so much\n      ')},],
)
parameters w = 0, b = 0
loss = mean((w * size + b - cost)^2)
learning_rate = 0.1
steps = 60
`;
      const { diagnosis } = await diagnoseCell(cell);
      const { place, fixes } = diagnosis;
      assert.equal(cell.slice(place?.start, place?.end), '5000');
      const [fix] = fixes;
      assert.equal(fix?.title, `Delete row ${bad + 1}, whose \`size\` is 5000`);
      assert.ok(fix.edits);
      const mended = applyEdits(cell, fix.edits);
      assert.match(mended, /size: \[1, 2, 3, 4, 3\.5, 2\.5\]/);
      assert.doesNotMatch(mended, /700/);
      assertTried(cell, fix);
    }
  });

  it('takes out the rows that break the loss before the first step', async () => {
    const cell = `data = table(x: [${Array.from({ length: 20 }, (_, row) => row).join()}, 1e200], y: [${Array.from({ length: 21 }, (_, row) => row).join()}])
parameters w = 1
loss = mean((w * x - y)^2)
learning_rate = 0.001`;
    const { fixes, evidence } = (await diagnoseCell(cell)).diagnosis;
    const [fix] = fixes;
    assert.equal(fix?.title, 'Delete row 21');
    assert.deepEqual(evidence, {
      'learning rate': 0.001,
      'loss at the start': Infinity,
      'first bad step': 0,
      row: 21,
    });
    assertTried(cell, fix);
  });

  it('judges every run of a sweep, and mends its own item', async () => {
    const cell = `${line}learning_rate = [0.001, 0.1, 0.25]\nsteps = 60`;
    const conditions = ['crawling', 'settled', 'exploding'];
    for (const [index, condition] of conditions.entries()) {
      assert.equal((await diagnoseCell(cell, index)).diagnosis.condition, condition);
    }
    const { diagnosis } = await diagnoseCell(cell, 2);
    const edits = diagnosis.fixes[0]?.edits ?? [];
    assert.equal(applyEdits(cell, edits), cell.replace('0.25', '0.213'));
  });

  it('multiplies a schedule', async () => {
    const cell = `${line}learning_rate = 0.4 * min(1, step / 5)\nsteps = 60`;
    const { diagnosis } = await diagnoseCell(cell);
    const edits = diagnosis.fixes[0]?.edits ?? [];
    assert.match(applyEdits(cell, edits), /learning_rate = 0\.\d+ \* \(?0\.4 \* min\(1, step \/ 5\)\)?\n/);
  });

  it('adds a line for a setting that the cell leaves out', async () => {
    const cell = `${line}learning_rate = 1e-3\n`;
    const { diagnosis } = await diagnoseCell(cell);
    const longer = diagnosis.fixes.find(({ title }) => title.includes('steps'));
    assert.ok(longer?.edits);
    assert.match(applyEdits(cell, longer.edits), /learning_rate = 1e-3\nsteps = \d+\n$/);
  });

  it('says that the limit is an upper bound for minibatches', async () => {
    const { diagnosis } = await diagnoseCell(`${line}learning_rate = 0.4\nbatch_size = 32\nepochs = 2`);
    assert.ok(diagnosis.notes.some((note) => note.includes('upper bound')));
  });

  it('judges a run without its program by its curve', async () => {
    const { run } = await diagnoseCell(`${line}learning_rate = 0.25\nsteps = 60`);
    const diagnosis = await diagnose(run);
    assert.equal(diagnosis.condition, 'exploding');
    assert.ok(Math.abs(Number(diagnosis.evidence['estimated limit']) - 0.23665) < 1e-4);
  });

  it('says without the program what was not finite: the loss, the gradient, or a parameter', async () => {
    const summaryOf = async (cell: string) => {
      const [run] = descendNow(prepareCell(cell));
      assert.ok(run);
      const { condition, summary } = await diagnose(run);
      assert.equal(condition, 'not-finite');
      return summary;
    };
    const atZero = 'parameters x = 0\nlearning_rate = 0.1\nloss = ';
    assert.match(await summaryOf(`${atZero}sqrt(x)`), /^The gradient norm is infinity from step 0 on, and/);
    assert.match(await summaryOf(`${atZero}1 / x`), /^The loss is infinity from step 0 on, and/);
    const batches = `data = table(v: [1, 1e200, 3, 4])
parameters x = 0
loss = mean((x - v)^2)
learning_rate = 0.1
batch_size = 1`;
    assert.match(await summaryOf(batches), /^The loss is infinity from step 0 on, and/);
    const bottomless = 'parameters x = 1\nloss = -x^2\nlearning_rate = 0.5\nsteps = 600';
    assert.match(
      await summaryOf(bottomless),
      /^The loss is -infinity from step 512 on, after the gradient norm grew/,
    );
    const flat = 'parameters x = 1\nloss = tanh(x)\nfor each step:\n    parameter = parameter * 1e200';
    assert.equal(await summaryOf(flat), 'A parameter or the gradient was no longer finite at step 2.');
  });

  it('ends when it is cancelled', async () => {
    const cell = `${line}learning_rate = 0.25\nbatch_size = 8\nepochs = 50`;
    const program = prepareCell(cell);
    const [run] = descendNow(program);
    assert.ok(run);
    const controller = new AbortController();
    const diagnosis = diagnose(run, program, { signal: controller.signal });
    controller.abort(new Error('enough'));
    await assert.rejects(diagnosis, /enough/);
  });
});
