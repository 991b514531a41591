import assert from 'node:assert/strict';

import { fixTitle, tellingOf, tellingOfCure } from '../../../src/editor/diagnosis/sentences.ts';
import type { RunDiagnosis } from '../../../src/output/index.ts';

const fix = { title: '`learning_rate = 0.213`', edits: [{ start: 0, end: 4, text: '0.213' }], loss: 7062 };
const exploding: RunDiagnosis = {
  label: '',
  condition: 'exploding',
  cause: 'learning-rate',
  summary:
    'The loss is growing: it was 4 at best and is 9 after 60 steps. The learning rate 0.25 is 1.06 times the limit 0.2366.',
  evidence: { 'loss at the end': 9 },
  fixes: [{ title: 'Look at the data' }, fix],
  notes: [],
};
const well: RunDiagnosis = {
  label: '',
  condition: 'settled',
  summary: 'The run has settled: the loss is 7,078.1, and hardly anything is left to gain here.',
  evidence: { 'loss at the end': 7078.0607 },
  fixes: [],
  notes: [],
};

describe('what is said of a diagnosis', () => {
  it('is one sentence with the cause, and the first fix that can be made', () => {
    assert.deepEqual(tellingOf([exploding]), {
      kind: 'warning',
      text: 'Exploding: the learning rate 0.25 is 1.06 times the limit 0.2366.',
      fix,
    });
    assert.equal(fixTitle(fix), 'Use learning_rate = 0.213');
    assert.equal(fixTitle({ title: 'Delete row 5: its `size` is 5000' }), 'Delete row 5: its size is 5000');
  });

  it('says what happened where no cause is told', () => {
    const summary = 'The loss is stuck at 3: the ground is flat here, or a saddle, but it is no minimum.';
    const stuck: RunDiagnosis = { ...well, condition: 'plateau', summary };
    assert.equal(tellingOf([stuck]).text, summary);
  });

  it('does not frighten where all is well', () => {
    assert.deepEqual(tellingOf([well]), {
      kind: 'information',
      text: 'The run has settled: the loss is 7,078.1, and hardly anything is left to gain here.',
    });
    assert.deepEqual(tellingOf([well, well]), { kind: 'information', text: 'All 2 runs are well.' });
  });

  it('counts the runs of a sweep that need help', () => {
    const sweep = [{ ...exploding, label: 'learning_rate = 0.25' }, well, well];
    assert.equal(
      tellingOf(sweep).text,
      '1 of 3 runs needs help. learning_rate = 0.25 is exploding: the learning rate 0.25 is 1.06 times the limit 0.2366.',
    );
    assert.equal(tellingOf(sweep).fix, fix);
  });

  it('tells a cure, and what is still wrong after a fix that was none', () => {
    assert.deepEqual(tellingOfCure([well]), {
      kind: 'information',
      text: 'Cured: the loss ends at 7,078.06.',
    });
    assert.equal(tellingOfCure([well, well]).text, 'Cured: all 2 runs are well.');
    assert.deepEqual(tellingOfCure([exploding]), tellingOf([exploding]));
  });
});
