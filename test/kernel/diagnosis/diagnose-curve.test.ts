import assert from 'node:assert/strict';
import { diagnose, type Condition } from '../../../src/kernel/index.ts';
import { confusionMatrix } from './confusion-matrix.ts';
import { curveOf, noise } from './curves.ts';
import { labelledCurves } from './labelled-curves.ts';

describe('the diagnosis of a curve alone', () => {
  const pairs: (readonly [Condition, Condition])[] = [];

  for (const seed of [1, 2, 3, 4, 5]) {
    for (const { condition, name, curve } of labelledCurves(seed)) {
      it(`finds ${condition}: ${name}, seed ${seed}`, async () => {
        const diagnosis = await diagnose(curve);
        pairs.push([condition, diagnosis.condition]);
        assert.equal(diagnosis.condition, condition, diagnosis.summary);
      });
    }
  }

  after(() => {
    console.log(`\n${confusionMatrix(pairs)}\n`);
  });

  it('puts the limit at 2 rate / (1 + sqrt(r)) where the growth is geometric', async () => {
    const quadratic = (i: number) => 7062 + 70_000 * 1.2384 ** i;
    const { evidence, fixes } = await diagnose(curveOf(40, { loss: quadratic, learningRate: () => 0.25 }));
    assert.ok(Math.abs(Number(evidence['estimated limit']) - 0.23665) < 1e-4);
    assert.match(fixes[0]?.title ?? '', /below 0\.237, such as `0\.12`$/);
  });

  it('names the rate as the program is told it', async () => {
    const quadratic = (i: number) => 7062 + 70_000 * 1.2384 ** i;
    const curve = curveOf(40, { loss: quadratic, learningRate: () => 0.25 });
    const rateOf = async (framework: string) =>
      (await diagnose({ ...curve, framework } as typeof curve)).fixes[0]?.title ?? '';
    assert.match(await rateOf('lightning'), /, such as `lr=0\.12`$/);
    assert.match(await rateOf('keras'), /, such as `learning_rate=0\.12`$/);
  });

  it('takes the steps between two records into account', async () => {
    const quadratic = (i: number) => 7062 + 70_000 * 1.2384 ** (10 * i);
    const { evidence } = await diagnose(curveOf(40, { loss: quadratic, learningRate: () => 0.25 }, 10));
    assert.ok(Math.abs(Number(evidence['estimated limit']) - 0.23665) < 1e-4);
  });

  it('claims no limit where the growth is noisy, or the rate changes or is not known', async () => {
    const shake = noise(1);
    const grows = (i: number) => 100 * 1.3 ** i;
    const curves = [
      curveOf(30, { loss: (i) => grows(i) * (1 + 0.05 * shake(i)), learningRate: () => 0.1 }),
      curveOf(30, { loss: grows, learningRate: (i) => 0.1 + 0.001 * i }),
      curveOf(30, { loss: grows }),
    ];
    for (const curve of curves) {
      const { condition, evidence } = await diagnose(curve);
      assert.equal(condition, 'exploding');
      assert.equal(evidence['estimated limit'], undefined);
    }
  });

  it('tells growth before the end from one sudden jump', async () => {
    const curves = labelledCurves(1);
    const causeOf = async (name: string) => {
      const found = curves.find((each) => each.name === name);
      assert.ok(found);
      return (await diagnose(found.curve)).cause;
    };
    assert.equal(await causeOf('after steady growth'), 'learning-rate');
    assert.equal(await causeOf('one sudden jump'), undefined);
  });

  it('names what grew before the end, and from where to where', async () => {
    const fallsBesideGradient = curveOf(30, {
      loss: (i) => (i >= 20 ? NaN : 2 - 0.01 * i),
      gradientNorm: (i) => (i >= 20 ? NaN : 2 ** i),
    });
    const { cause, summary, evidence } = await diagnose(fallsBesideGradient);
    assert.equal(cause, 'learning-rate');
    assert.match(
      summary,
      /^The loss is NaN from step 21 on, after the gradient norm grew record after record, from 1 to 524,288:/,
    );
    assert.equal(evidence['growth of the gradient norm per record'], 2);
    const losses = [2, 1.9, 1.95, 1.85, 1.9, 1.8, 1.75, 3.5, 7, 14, NaN];
    const late = await diagnose(curveOf(losses.length, { loss: (i) => losses[i] ?? NaN }));
    assert.match(
      late.summary,
      /, after it grew record after record, from 1\.75 to 14: the learning rate is too high/,
    );
  });

  it('takes neither one jump among small rises for a growth, nor a gradient that shakes', async () => {
    const endsIn = async (field: 'loss' | 'gradientNorm', ...end: number[]) => {
      const values = [1, 1.1, 0.9, 1.1, 0.9, 1, ...end];
      const loss = (i: number) => (i < values.length ? 1 : NaN);
      const curve = curveOf(values.length + 1, { loss, [field]: (i: number) => values[i] ?? NaN });
      return (await diagnose(curve)).cause;
    };
    assert.equal(await endsIn('loss', 1.01, 1.02, 51), undefined);
    assert.equal(await endsIn('loss', 1.01, 1.02), undefined);
    assert.equal(await endsIn('loss', 0.9, 2, 3.5), undefined);
    assert.equal(await endsIn('loss', 1.6, 2.5, 4), 'learning-rate');
    assert.equal(await endsIn('gradientNorm', 1.6, 2.5, 4), undefined);
    assert.equal(await endsIn('gradientNorm', 3, 9, 27), 'learning-rate');
  });

  it('says where it cannot tell', async () => {
    const broken = await diagnose(curveOf(5, { loss: (i) => (i === 0 ? 2 : NaN) }));
    assert.ok(broken.notes.some((note) => note.includes('cannot be told')));
    const flat = await diagnose(curveOf(60, { loss: (i) => 2 + 1e-4 * noise(3)(i) }));
    assert.equal(flat.condition, 'plateau');
    assert.ok(flat.notes.some((note) => note.includes('look alike')));
  });

  it("gives advice in the framework's own words", async () => {
    const curve = curveOf(8, { loss: (i) => 8 * 9 ** i });
    const titles = async (framework?: string) => {
      const { fixes } = await diagnose(framework === undefined ? curve : Object.assign({ framework }, curve));
      return fixes.map(({ title }) => title).join('\n');
    };
    assert.match(await titles('hugging-face'), /`max_grad_norm=1.0`/);
    assert.match(await titles('lightning'), /gradient_clip_val/);
    assert.match(await titles('keras'), /clipnorm/);
    assert.match(await titles('nanogpt'), /`grad_clip = 1.0`/);
    assert.match(await titles('llm.c'), /option `-l`/);
    assert.match(await titles(), /a lower learning rate/);
  });

  it('judges nothing where there is hardly anything', async () => {
    for (const records of [0, 1, 2]) {
      const { condition, summary } = await diagnose(curveOf(records, { loss: () => 1 }));
      assert.equal(condition, 'healthy');
      assert.match(summary, /too few to judge/);
    }
  });

  it("counts in the log's own unit, and claims no limit where that is not the update, or the program trains with Adam", async () => {
    const grows = curveOf(12, { loss: (i) => 3 + 2 ** i, learningRate: () => 0.1 });
    for (const [stepUnit, claims] of [
      ['step', true],
      ['epoch', false],
      ['record', false],
    ] as const) {
      const { summary, evidence } = await diagnose(Object.assign({ stepUnit }, grows));
      assert.match(summary, new RegExp(`at ${stepUnit} 1 and`));
      assert.equal(evidence[`at ${stepUnit}`], 1);
      assert.equal('estimated limit' in evidence, claims);
    }
    const { evidence } = await diagnose(Object.assign({ framework: 'hugging-face' }, grows));
    assert.equal('estimated limit' in evidence, false);
  });

  it('points to the step where it happened', async () => {
    const curves = labelledCurves(1);
    const momentsOf = async (name: string) => {
      const found = curves.find((each) => each.name === name);
      assert.ok(found);
      return (await diagnose(found.curve)).moments;
    };
    assert.deepEqual(await momentsOf('one sudden jump'), [{ step: 61, label: 'NaN' }]);
    const [best] = (await momentsOf('epochs')) ?? [];
    assert.equal(best?.label, 'best validation loss');
    assert.ok(best.step > 6 && best.step < 20, String(best.step));
    const spikes = (await momentsOf('every 60 records')) ?? [];
    assert.deepEqual(
      spikes.filter(({ label }) => label === 'spike').map(({ step }) => step % 60 === 51 || step % 60 === 52),
      spikes.map(() => true),
    );
    assert.equal(await momentsOf('pretraining'), undefined);
  });

  it('judges the validation loss where it is all that there is, and says so', async () => {
    const falls = curveOf(30, { validationLoss: (i) => 0.4 + 0.5 * 0.8 ** i });
    const { condition, notes } = await diagnose(falls);
    assert.equal(condition, 'healthy');
    assert.match(notes.join(), /validation loss and no training loss/);
    const rises = curveOf(30, { validationLoss: (i) => 0.4 + 0.5 * Math.exp(-i / 3) + 0.015 * i });
    const { summary } = await diagnose(rises);
    assert.doesNotMatch(summary, /while the training loss/);
  });

  it('gives way while it judges a million records', async function () {
    this.timeout(60_000);
    const records = 1_000_000;
    const shake = (i: number) => Math.sin(i * i);
    const spiky = curveOf(records, {
      loss: (i) => (i > records / 2 ? NaN : i % 3 === 0 ? 9 : 2 + 0.01 * shake(i)),
      validationLoss: (i) => 2 + 0.1 * shake(i + 1),
    });
    let others = 0;
    let isOver = false;
    const other = () => {
      others++;
      if (!isOver) setImmediate(other);
    };
    setImmediate(other);
    const { condition } = await diagnose(spiky);
    isOver = true;
    assert.equal(condition, 'not-finite');
    assert.ok(others > 3, String(others));
  });
});
