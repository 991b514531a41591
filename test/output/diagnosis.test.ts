import assert from 'node:assert/strict';

import type { Condition } from '../../src/kernel/index.ts';
import { causeTitle, conditionTitle, sickFirst, withoutMarks } from '../../src/output/index.ts';
import type { RunDiagnosis } from '../../src/output/index.ts';

function diagnosed(label: string, condition: Condition): RunDiagnosis {
  return { label, condition, summary: '', evidence: {}, fixes: [], notes: [] };
}

describe('diagnoses to be shown', () => {
  it('put the runs that need help before those that are well', () => {
    const diagnoses = [
      diagnosed('0.01', 'crawling'),
      diagnosed('0.1', 'healthy'),
      diagnosed('0.2', 'settled'),
      diagnosed('0.25', 'exploding'),
    ];
    assert.deepEqual(
      sickFirst(diagnoses).map(({ label }) => label),
      ['0.01', '0.25', '0.1', '0.2'],
    );
  });

  it('have titles in words', () => {
    assert.equal(conditionTitle('not-finite'), 'Not finite');
    assert.equal(conditionTitle('plateau'), 'Stuck on a plateau');
    assert.equal(causeTitle('feature-scale'), 'the scale of a feature');
  });

  it('lose the marks around their code where text is plain', () => {
    assert.equal(withoutMarks('`sqft / 1000` for `sqft`'), 'sqft / 1000 for sqft');
  });
});
