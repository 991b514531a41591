import assert from 'node:assert/strict';

import { encodeNotice, decodeNotice } from '../../src/output/index.ts';
import type { RunPayload } from '../../src/output/index.ts';
import { Session } from '../../src/renderer/session.ts';
import type { Change } from '../../src/renderer/session.ts';
import { housesCell, payloadOf, runsOf } from './cells.ts';

interface Opened {
  readonly session: Session;
  readonly changes: Change[];
  /** Resolves when a change of that kind has come. */
  readonly until: (holds: () => boolean) => Promise<void>;
}

function open(payload: RunPayload, selected = 0): Opened {
  const changes: Change[] = [];
  const waiting: { holds: () => boolean; resolve: () => void }[] = [];
  const session = new Session(payload, [], { selected, lossScale: 'log' }, (change) => {
    changes.push(change);
    for (const { holds, resolve } of waiting) if (holds()) resolve();
  });
  const until = (holds: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      if (holds()) resolve();
      else waiting.push({ holds, resolve });
    });
  return { session, changes, until };
}

describe('a session of the figure', () => {
  it('stands at the end of the run, and finds its limit by itself', async () => {
    const { session, until } = open(await payloadOf(housesCell('learning_rate = 0.1\nsteps = 60')));
    assert.equal(session.content.entry, 60);
    session.begin();
    await until(() => session.marks.limit !== undefined);
    assert.deepEqual(session.marks, { limit: 0.2366, recommended: 0.2129, isUpperBound: false });
    session.stop();
  });

  it('says why an explosion explodes once the limit is known', async () => {
    const { session, until } = open(await payloadOf(housesCell('learning_rate = 0.25\nsteps = 60')));
    session.begin();
    await until(() => session.outcome?.text.includes('times the limit') === true);
    assert.match(session.outcome?.text ?? '', /the learning rate 0\.25 is 1\.06 times the limit 0\.2366/);
    session.stop();
  });

  it('repeats the run with another rate, and goes back', async () => {
    const { session } = open(await payloadOf(housesCell('learning_rate = 0.1\nsteps = 60')));
    session.tryRate(0.2, false);
    const [expected] = runsOf(housesCell('learning_rate = 0.2\nsteps = 60'));
    assert.deepEqual(session.content.runs[0]?.loss, expected?.loss);
    assert.equal(session.content.ghosts.length, 1);
    assert.deepEqual(
      session.trial?.edits().map(({ text }) => text),
      ['0.2'],
    );
    session.reset();
    assert.equal(session.content.runs[0]?.settings.learningRate, 0.1);
    assert.equal(session.content.ghosts.length, 0);
    session.stop();
  });

  it('keeps the step while runs change, and the end when it stands there', async () => {
    const { session } = open(await payloadOf(housesCell('learning_rate = 0.1\nsteps = 600')));
    session.moveTo(12);
    session.tryRate(0.2, true);
    assert.equal(session.content.entry, 12);
    session.moveTo(600);
    session.tryRate(1, true);
    assert.equal(session.content.runs[0]?.outcome, 'diverged');
    assert.equal(session.content.entry, session.content.runs[0].steps.length - 1);
    session.stop();
  });

  it('repeats a long run on release only, in slices, and drops what was asked before', async () => {
    const source = housesCell('learning_rate = 0.001\nsteps = 20000');
    const { session, changes, until } = open(await payloadOf(source));
    const { runs } = session.content;
    session.tryRate(0.002, false);
    assert.equal(session.content.runs, runs);
    const { trial } = session;
    assert.ok(trial);
    assert.equal(trial.rateOf(0), 0.002);
    session.tryRate(0.003, true);
    assert.equal(trial.isBusy, true);
    session.tryRate(0.004, true);
    await until(() => session.content.runs !== runs);
    assert.equal(session.content.runs[0]?.settings.learningRate, 0.004);
    assert.equal(trial.isBusy, false);
    assert.equal(changes.includes('runs'), true);
    session.stop();
  });

  it('repeats only the run in front where the rate is an item of a list', async () => {
    const { session } = open(await payloadOf(housesCell('learning_rate = [0.1, 0.2]\nsteps = 30')), 1);
    const [first] = session.content.runs;
    session.tryRate(0.05, true);
    assert.equal(session.content.runs[0], first);
    assert.equal(session.content.runs[1]?.settings.learningRate, 0.05);
    session.stop();
  });

  it('brings a run to the front at the step where the other stood', async () => {
    const { session } = open(await payloadOf(housesCell('learning_rate = 0.1\nsteps = [60, 30]')));
    session.moveTo(20);
    session.select(1);
    assert.equal(session.content.entry, 20);
    session.select(0);
    session.moveTo(60);
    session.select(1);
    assert.equal(session.content.entry, 30);
    session.stop();
  });

  it('predicts with the step that is shown', async () => {
    const { session } = open(await payloadOf(housesCell('learning_rate = 0.1\nsteps = 60')));
    const { fit } = session.content;
    const predicted = fit?.predictionAt(0, 0);
    assert.equal(
      predicted?.every((value) => value === 0),
      true,
    );
    const [run] = session.content.runs;
    const last = fit?.predictionAt(0, 60);
    const [w = NaN, b = NaN] = ['w', 'b'].map((name) => run?.parameters[name]?.[60]);
    assert.equal(Math.abs((last?.[0] ?? NaN) - (w * (fit?.x?.[0] ?? NaN) + b)) < 1e-9, true);
    session.stop();
  });

  it('finds the landscape itself where none came along', async () => {
    const { landscape, ...payload } = await payloadOf(housesCell('learning_rate = 0.1\nsteps = 60'));
    const { session, until } = open(payload);
    const found = (): unknown => session.content.landscape?.loss;
    assert.equal(found(), undefined);
    session.begin();
    await until(() => found() !== undefined);
    assert.deepEqual(found(), landscape?.loss);
    session.stop();
  });

  it('takes in how far a long run has come', async () => {
    const { landscape, ...payload } = await payloadOf(housesCell('learning_rate = 0.1\nsteps = 60'));
    assert.ok(landscape);
    const { session } = open({ ...payload, state: 'running' });
    const notice = decodeNotice(
      encodeNotice({ type: 'progress', cell: 'cell-1', runs: payload.runs, stepsTotal: 100 }),
    );
    assert.ok(notice?.type === 'progress');
    session.progress(notice);
    assert.equal(session.outcome, undefined);
    assert.equal(session.trial, undefined);
    assert.deepEqual([session.content.landscape?.x, session.content.landscape?.y], ['w', 'b']);
    session.stop();
  });

  it('shows a cell that it cannot run again', async () => {
    const { table, ...payload } = await payloadOf(housesCell('learning_rate = 0.1\nsteps = 60'));
    assert.ok(table);
    const { session } = open(payload);
    assert.equal(session.trial, undefined);
    assert.equal(session.form.kind, 'product');
    session.begin();
    session.tryRate(0.2, true);
    assert.equal(session.content.runs, payload.runs);
    session.stop();
  });
});
