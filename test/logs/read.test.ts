import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import fc from 'fast-check';
import { LogError, readTrainingLog, type LoggedCurve } from '../../src/logs/index.ts';
import { fixture, fixtures } from './fixture.ts';

/** Fixtures that hold a loss, which are all but the one of a learning rate. */
const logs = fixtures().filter((path) => !path.includes('learning_rate'));
/** Fixtures in which steps never go back. */
const unbroken = logs.filter((path) => !/resumed|append/.test(path));
const isJson = (path: string): boolean => path.endsWith('.json');

/** What reading gives: the curves or the error. Anything else that is thrown goes through. */
function outcome(text: string): LoggedCurve[] | string {
  try {
    return readTrainingLog(text);
  } catch (error) {
    if (error instanceof LogError) return error.message;
    throw error;
  }
}

/** The values of a field in their order, without the gaps; what is not finite is kept. */
function valuesOf(curve: LoggedCurve | undefined, field: 'loss' | 'validationLoss'): number[] {
  const notFinite = new Set(curve?.notFinite.filter((each) => each.field === field).map(({ step }) => step));
  return [...(curve?.[field] ?? [])].filter(
    (value, entry) => !Number.isNaN(value) || notFinite.has(curve?.steps[entry] ?? NaN),
  );
}

describe('a training log', () => {
  it('in no known format is an error that lists what was looked for', () => {
    assert.throws(
      () => readTrainingLog('epoch 1 of 3: loss 0.5, accuracy 0.8\n'),
      (error) => {
        assert.ok(error instanceof LogError);
        for (const name of [
          'trainer_state.json',
          'Trainer',
          'Lightning',
          'Keras',
          'TensorBoard CSV',
          'TensorBoard JSON',
        ])
          assert.ok(error.message.includes(name), name);
        for (const name of ['nanoGPT', 'llm.c output', 'main.log', 'log_history', 'Wall time,Step,Value'])
          assert.ok(error.message.includes(name), name);
        return true;
      },
    );
  });

  it('that is empty is an error that says so', () => {
    for (const text of ['', '\ufeff', '\n\n']) assert.throws(() => readTrainingLog(text), LogError);
    assert.throws(() => readTrainingLog(''), /empty/);
  });

  for (const path of logs) {
    it(`${path} has arrays of one length, rising steps and no gap that hides a NaN`, () => {
      for (const curve of readTrainingLog(fixture(path))) {
        const { steps, loss, validationLoss, gradientNorm, learningRate } = curve;
        assert.ok(steps.every((step, entry) => entry === 0 || step > (steps[entry - 1] ?? NaN)));
        for (const column of [loss, validationLoss, gradientNorm, learningRate])
          assert.equal(column?.length ?? steps.length, steps.length);
        for (const { step, field, value } of curve.notFinite)
          assert.equal(curve[field]?.[steps.indexOf(step)], value);
      }
    });

    it(`${path} is the same with a byte-order mark, CRLF or LF`, () => {
      const text = fixture(path);
      const curves = readTrainingLog(text);
      assert.deepEqual(readTrainingLog(`\ufeff${text}`), curves);
      assert.deepEqual(readTrainingLog(text.replace(/\r?\n/g, '\r\n')), curves);
      assert.deepEqual(readTrainingLog(text.replaceAll('\r\n', '\n')), curves);
    });

    it(`${path} is told by its content, whatever its name`, () => {
      const [curve] = readTrainingLog(fixture(path));
      for (const name of ['metrics.csv', 'trainer_state.json', 'main.log', 'notes.txt'])
        assert.equal(readTrainingLog(fixture(path), name)[0]?.framework, curve?.framework);
    });

    if (isJson(path)) continue;
    it(`${path} is found after other output`, () => {
      const other =
        'Downloading: 100%|####| 440M/440M\n{"name": "gpt2"}\n[INFO] loss function: mse, step 1 of 3\n\n';
      assert.deepEqual(readTrainingLog(other.repeat(500) + fixture(path)), readTrainingLog(fixture(path)));
    });
  }

  for (const path of unbroken) {
    it(`${path} is read up to its last whole record, wherever it is cut`, function () {
      this.timeout(20_000);
      const text = fixture(path);
      const whole = readTrainingLog(text);
      const stride = Math.ceil(text.length / 1500);
      for (let end = 0; end < text.length; end += stride) {
        const curves = outcome(text.slice(0, end));
        if (typeof curves === 'string') continue;
        for (const field of ['loss', 'validationLoss'] as const) {
          const values = valuesOf(curves[0], field);
          // The first line of nanoGPT has a mean, which gives way to the losses of batches after it.
          if (values.length < 2) continue;
          for (const [index, value] of values.entries()) {
            const expected = valuesOf(whole[0], field)[index] ?? assert.fail(`${field} at ${end}`);
            const near =
              Object.is(value, expected) || Math.abs(value - expected) <= 1e-4 * Math.abs(expected);
            assert.ok(near, `${field} ${value} for ${expected} at ${end}`);
          }
        }
      }
    });
  }

  it('never makes anything thrown but a LogError', function () {
    this.timeout(20_000);
    const token = fc.constantFrom(
      ...[
        "{'loss': ",
        "'epoch': 0.1}",
        '{"loss": 1, "step": ',
        '}',
        ', ',
        ': ',
        '"',
        "'",
        '\\',
        '(',
        '\r',
        '\n',
        '\r\n',
      ],
      ...[
        '{"log_history": [',
        '[',
        ']',
        '{',
        'nan',
        'inf',
        '1.5',
        '-3',
        'NaN',
        '1e999',
        '7',
        '',
        'np.float64(',
      ],
      ...[
        'epoch,loss\n',
        'step,train_loss,val_loss\n',
        'Wall time,Step,Value\n',
        ',',
        '3/9 [00:1',
        '{"run": [[1, 2, 3]',
      ],
      ...[
        'iter ',
        ': loss ',
        'step 3: train loss 1, val loss 2\n',
        'step 1/2 | loss 3 ',
        'val loss 1\n',
        's:1 trl:2 ',
        's:1 tel:',
      ],
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 9, arbitrary: token }, fc.string({ unit: 'binary' }))),
        (tokens) => {
          outcome(tokens.join(''));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('never makes anything thrown but a LogError when it is damaged', function () {
    this.timeout(20_000);
    const damage = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      drop: fc.nat(40),
      put: fc.string(),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...logs),
        fc.array(damage, { minLength: 1, maxLength: 5 }),
        (path, damages) => {
          let text = fixture(path);
          for (const { at, drop, put } of damages) {
            const place = Math.floor(at * text.length);
            text = text.slice(0, place) + put + text.slice(place + drop);
          }
          outcome(text);
        },
      ),
      { numRuns: 500 },
    );
  });

  // Work that grows with the square of the length would take hours here, and run into the time limit.
  for (const [name, unit, before] of [
    ['digits', '1', ''],
    ['open brackets', '{', ''],
    ['nested dictionaries', "{'a':", ''],
    ['dictionaries that break off', "{'loss': 1, 'epoch': ", ''],
    ['progress bars', '1/', "{'loss': 1}"],
    ['numbers after a dictionary', '11111111', "{'loss': 1}"],
    ['quotes', '"', 'epoch,loss\n0,'],
    ['quotes and separators', '"a"b,', 'step,train_loss\n0,'],
    ['columns', 'a_loss,', 'step,'],
    ['blanks', ' ', 'step 1: train loss'],
    ['steps', 'step 1', ''],
    ['parentheses', 'a(', '{"log_history": [{"loss": '],
    ['runs', '"run": [[1, 1, 1]],', '{'],
    ['resumed runs', 's:1 trl:1 \n', ''],
    ['empty lines', '\n', ''],
  ] as const) {
    it(`takes time in proportion to its length: ${name}`, function () {
      this.timeout(60_000);
      outcome(before + unit.repeat(Math.ceil(4_000_000 / unit.length)));
      const lines = `${before}${unit.repeat(Math.ceil(60_000 / unit.length))}\n`;
      outcome(lines.repeat(40));
    });
  }
});
