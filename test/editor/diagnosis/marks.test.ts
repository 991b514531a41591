import assert from 'node:assert/strict';

import { marksOf } from '../../../src/editor/diagnosis/marks.ts';
import type { Condition } from '../../../src/kernel/index.ts';
import type { RunDiagnosis } from '../../../src/output/index.ts';

const source =
  'data = "houses.csv"\nparameters w = 0, b = 0\nloss = w^2 + b^2\nlearning_rate = 0.25\nsteps = 60';

function diagnosed(condition: Condition, more: Partial<RunDiagnosis> = {}): RunDiagnosis {
  return { label: '', condition, summary: 'The `loss` is bad.', evidence: {}, fixes: [], notes: [], ...more };
}

function textsOf(text: string, ...diagnoses: RunDiagnosis[]): string[] {
  return marksOf({ source: text, diagnoses }).map(({ start, end }) => text.slice(start, end));
}

describe('the problem marks of a diagnosis', () => {
  it('stand where the fault is, one for each run that needs help', () => {
    const at = source.indexOf('0.25');
    const place = { start: at, end: at + 4 };
    const diagnoses = [
      diagnosed('exploding', { place }),
      diagnosed('crawling', { place, label: 'seed = 2' }),
      diagnosed('healthy'),
      diagnosed('settled'),
    ];
    assert.deepEqual(marksOf({ source, diagnoses }), [
      { ...place, condition: 'exploding', message: 'The loss is bad.', fixes: [] },
      { ...place, condition: 'crawling', message: 'seed = 2: The loss is bad.', fixes: [] },
    ]);
  });

  it('stand at what the fixes change where the fault is written nowhere', () => {
    assert.deepEqual(textsOf(source, diagnosed('plateau')), ['w = 0']);
    assert.deepEqual(textsOf(source, diagnosed('overfitting')), ['steps = 60']);
    assert.deepEqual(textsOf(source, diagnosed('exploding')), ['learning_rate = 0.25']);
    assert.deepEqual(textsOf('parameters w = 0\r\nloss = w', diagnosed('exploding')), ['loss = w']);
    assert.deepEqual(textsOf('parameters w = 0\r\n', diagnosed('exploding')), ['parameters w = 0']);
  });
});
