import assert from 'node:assert/strict';
import { predict } from '../../src/kernel/index.ts';
import { line, programOf } from './programs.ts';

const data = 'data = table(u: [1, 2, 3], v: [0, 1, 0], y: [2, 4, 7])\nparameters a = 1, b = 0\n';

function fitOf(lines: string, at: Record<string, number> = {}) {
  return predict(programOf(`${data}${lines}\nloss = mean((prediction - y)^2)\nsteps = 0`), at);
}

describe('predict', () => {
  it('gives the prediction and the truth of every row', () => {
    const fit = fitOf('prediction = a * u + b', { a: 2, b: 1 });
    assert.deepEqual(fit?.prediction, Float64Array.of(3, 5, 7));
    assert.deepEqual(fit.truth, Float64Array.of(2, 4, 7));
    assert.deepEqual(fit.x, Float64Array.of(1, 2, 3));
    assert.equal(fit.xLabel, 'u');
  });

  it('takes means over the rows first', () => {
    assert.deepEqual(fitOf('prediction = a * u - mean(a * u)')?.prediction, Float64Array.of(-1, 0, 1));
  });

  it('has a value of every row also where a constant takes the data out', () => {
    const fit = fitOf('prediction = a * u^0', { a: 2 });
    assert.deepEqual([fit?.prediction, fit?.x], [Float64Array.of(2, 2, 2), undefined]);
  });

  it('leaves validation rows out', () => {
    const program = programOf(
      `${data}prediction = a * u\nloss = mean((prediction - y)^2)\nsteps = 0\nvalidation = 0.4`,
    );
    assert.equal(predict(program, {})?.prediction.length, 2);
  });

  it('has none where there is no prediction, or it is one number', () => {
    assert.equal(predict(programOf('parameters a = 1\nloss = a^2\nsteps = 0'), {}), undefined);
    assert.equal(
      predict(programOf('parameters a = 1\nprediction = 2 * a\nloss = (prediction - 1)^2\nsteps = 0'), {}),
      undefined,
    );
  });

  it('uses the definitions of the run that is asked for', () => {
    const program = programOf(
      `${data}prediction = [a * u, a * v]\nloss = mean((prediction - y)^2)\nsteps = 0`,
    );
    assert.deepEqual(predict(program, {}, 1)?.prediction, Float64Array.of(0, 1, 0));
    assert.equal(predict(program, {}, 1)?.xLabel, 'v');
  });

  const axes: [lines: string, label: string | undefined][] = [
    ['prediction = a * u + b * u^2', 'u'],
    ['size = u / 1000\nprediction = a * size + b', 'size'],
    ['size = u / 1000\nsquare = size^2\nprediction = a * size + b * square', 'size'],
    ['z = (u - mean(u)) / std(u)\nprediction = a * z + b', 'z'],
    ['size = u\nprediction = a * size', 'size'],
    ['hidden = tanh(a * u)\nprediction = b * hidden', 'u'],
    ['prediction = a * u + b * v', undefined],
    ['size = u / 1000\nprediction = a * size + b * u', 'u'],
    ['both = u + v\nprediction = a * both', 'both'],
    ['prediction = a * u + mean(v)', 'u'],
    ['prediction = a * mean(u) + 0 * (u > a)', 'u'],
  ];
  for (const [lines, label] of axes) {
    it(`knows through which name all data enter: ${lines.replace('\n', '; ')}`, () => {
      assert.equal(fitOf(lines)?.xLabel, label);
    });
  }

  it('predicts for every so many-th example, with reductions over all of them', () => {
    const x = Float64Array.from({ length: 10 }, (_, row) => row);
    const program = programOf(
      'data = "d.csv"\nparameters a = 2\nprediction = a * x + mean(a * x)\nloss = mse(prediction, x)\nsteps = 0',
      { x },
    );
    const whole = predict(program, {});
    assert.equal(whole?.prediction.length, 10);
    const [sample, other] = [predict(program, {}, 0, 3), predict(program, {}, 0, 100)];
    assert.deepEqual(sample?.prediction, Float64Array.of(9, 15, 21, 27));
    assert.deepEqual([sample.x, sample.truth], [Float64Array.of(0, 3, 6, 9), Float64Array.of(0, 3, 6, 9)]);
    assert.deepEqual(other?.prediction, Float64Array.of(9));
  });

  it('finds the axis of the lesson', () => {
    const fit = predict(programOf(`${line}\nsteps = 0`), { w: 100, b: 50 });
    assert.equal(fit?.xLabel, 'size');
    assert.equal(fit.prediction[0], 100 * 0.836 + 50);
  });
});
