import assert from 'node:assert/strict';

import { describePicture, pictureOf, quantitiesOf, readingOf } from '../../src/renderer/log/log-pictures.ts';
import type { LogScene } from '../../src/renderer/log/log-scene.ts';
import type { Theme } from '../../src/renderer/theme.ts';
import { brokenTrainerState, logPayloadOf, overfittingKerasLog } from './logs.ts';

const theme: Theme = {
  dark: false,
  highContrast: false,
  font: 'sans-serif',
  foreground: 'black',
  muted: 'grey',
  background: 'white',
  grid: 'silver',
  cursor: 'grey',
  series: ['orange', 'blue', 'green', 'purple', 'red'],
  heights: [],
  surface: [],
  contourLine: 'grey',
  minimum: 'black',
};

async function sceneOf(text: string, entry: number): Promise<LogScene> {
  const { curves } = await logPayloadOf(text, 'a.log');
  return { curves, selected: 0, entry, lossScale: 'log', theme };
}

describe('the pictures of a training log', () => {
  it('draw no loss of 0 after the gradient has become NaN, so that the scale stays logarithmic', async () => {
    const scene = await sceneOf(brokenTrainerState(), 40);
    const { lines, y, broken, brokenFrom } = pictureOf(scene, 'loss', 600);
    assert.equal(y.kind, 'log');
    assert.equal(brokenFrom, 350);
    assert.equal(broken.length, 26);
    const [line] = lines;
    assert.ok(line?.y.every((value) => value > 0) === true);
    assert.equal(line.x.at(-1), 340);
    assert.deepEqual(pictureOf(scene, 'gradientNorm', 600).broken, broken);
    assert.deepEqual(pictureOf(scene, 'learningRate', 600).broken, []);
    assert.equal(readingOf(scene, 'loss'), 'loss 0');
    assert.equal(readingOf(scene, 'gradientNorm'), 'gradient norm NaN');
  });

  it('keep a loss of 0 where nothing broke', async () => {
    const scene = await sceneOf('epoch,loss\n0,4\n1,2\n2,1\n3,0\n', 3);
    const { lines, y } = pictureOf(scene, 'loss', 600);
    assert.equal(y.kind, 'linear');
    assert.deepEqual(lines[0]?.y, [4, 2, 1, 0]);
  });

  it('say what was recorded last where a record has no value', async () => {
    const scene = await sceneOf('epoch,loss,val_loss\n0,4,5\n1,2,\n2,1,2\n', 1);
    assert.equal(readingOf(scene, 'loss'), 'loss 2  validation loss 5');
  });

  it('are those that the log has values for', async () => {
    const keras = await sceneOf(overfittingKerasLog(), 0);
    assert.deepEqual(quantitiesOf(keras.curves), ['loss', 'learningRate']);
    const { moments, unit, x } = pictureOf(keras, 'loss', 600);
    assert.equal(unit, 'epoch');
    assert.deepEqual(
      moments.map(({ label }) => label),
      ['best validation loss'],
    );
    assert.deepEqual(pictureOf(keras, 'learningRate', 600).x, x);
  });

  it('are told in words', async () => {
    const scene = await sceneOf(brokenTrainerState(), 0);
    assert.match(
      describePicture(scene, 'loss'),
      /^Loss by step: loss from 4\.\d+ at step 10 to 33\.\d+ at step 340, lowest 2\.\d+ at step \d+\. NaN: step 350\.$/,
    );
    assert.match(
      describePicture(scene, 'learningRate'),
      /^Learning rate by step: learning rate from 4e-5 at step 10/,
    );
  });
});
