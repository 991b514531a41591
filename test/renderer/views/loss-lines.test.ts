import assert from 'node:assert/strict';

import type { Run } from '../../../src/kernel/index.ts';
import type { LossScale, Scene } from '../../../src/renderer/scene.ts';
import { lossScales } from '../../../src/renderer/views/loss-lines.ts';
import { housesCell, payloadOf } from '../cells.ts';

async function runsOf(settings: string): Promise<readonly Run[]> {
  return (await payloadOf(housesCell(settings))).runs;
}

function upright(runs: readonly Run[], lossScale: LossScale): { low: number; high: number } {
  const scene = { runs, ghosts: [], lossScale, selected: 0, entry: 0 } as unknown as Scene;
  return lossScales(scene).y;
}

describe('the axes of the loss', () => {
  it('keep to the runs that do not explode, where they are linear', async () => {
    const runs = await runsOf('learning_rate = [0.001, 0.1, 0.25]\nsteps = 60');
    const highest = Math.max(...runs.map((run) => run.final.loss));
    assert.ok(highest > 1e10);
    const { low, high } = upright(runs, 'linear');
    assert.ok(low <= 7000 && high >= 78_018 && high < 250_000, `${low} to ${high}`);
    assert.ok(upright(runs, 'log').high >= highest);
  });

  it('show a run that explodes alone whole', async () => {
    const runs = await runsOf('learning_rate = 0.25\nsteps = 60');
    assert.ok(upright(runs, 'linear').high >= Math.max(...runs.map((run) => run.final.loss)));
  });
});
