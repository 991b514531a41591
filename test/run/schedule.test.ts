import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';

import { runStages } from './schedule.ts';
import { chooseStages, type Stage } from './stages.ts';

const stage = (name: string, more: Partial<Stage> = {}): Stage => ({ name, command: ['true'], ...more });

/** Runs stages that each take a few turns, and writes down what began and ended when. */
async function record(stages: Stage[], width: number, broken: string[] = []): Promise<string[]> {
  const events: string[] = [];
  const run = async ({ name }: Stage) => {
    events.push(`+${name}`);
    for (let i = 0; i < 3; i++) await turn();
    events.push(`-${name}`);
    return !broken.includes(name);
  };
  await runStages(stages, width, run, ({ name }, need) => events.push(`${name} without ${need}`));
  return events;
}

describe('running stages', () => {
  it('keeps to the order and the width', async () => {
    const events = await record([stage('a'), stage('b'), stage('c')], 2);
    assert.deepEqual(events, ['+a', '+b', '-a', '+c', '-b', '-c']);
  });

  it('waits for what a stage needs, and runs others meanwhile', async () => {
    const events = await record([stage('a'), stage('b', { needs: ['a'] }), stage('c')], 2);
    assert.deepEqual(events.slice(0, 2), ['+a', '+c']);
    assert.ok(events.indexOf('+b') > events.indexOf('-a'));
  });

  it('gives a stage the machine alone', async () => {
    const events = await record([stage('a'), stage('b', { alone: true }), stage('c'), stage('d')], 3);
    assert.equal(events.indexOf('-b'), events.indexOf('+b') + 1);
  });

  it('does not run what needs a stage that failed, nor what needs that', async () => {
    const stages = [stage('a'), stage('b', { needs: ['a'] }), stage('c', { needs: ['b'] })];
    assert.deepEqual(await record(stages, 2, ['a']), ['+a', '-a', 'b without a', 'c without b']);
  });

  it('takes a need that was not asked for as met', async () => {
    assert.deepEqual(await record([stage('b', { needs: ['a'] })], 2), ['+b', '-b']);
  });
});

describe('choosing stages', () => {
  it('takes all, or the named ones with what they need, and leaves the rest to mocha', () => {
    assert.equal(chooseStages([]).named, false);
    const choice = chooseStages(['page', 'unit', '--grep', 'node']);
    assert.deepEqual(
      choice.stages.map(({ name }) => name),
      ['host', 'build', 'unit', 'page'],
    );
    assert.deepEqual(choice.mochaArguments, ['--grep', 'node']);
    assert.throws(() => chooseStages(['units']), /no stage "units"/);
  });
});
