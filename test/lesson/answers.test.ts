import assert from 'node:assert/strict';
import {
  isSolved,
  readAnswers,
  readQuiz,
  readQuizNotice,
  readQuizRequest,
  triedOf,
  withAnswer,
} from '../../src/lesson/index.ts';

const { question } = readQuiz('a?\n- [ ] b\n  no\n- [x] c');

describe('answers', () => {
  it('are kept in the order they were given, each once', () => {
    const once = withAnswer({}, 'q', 1);
    const twice = withAnswer(once, 'q', 0);
    assert.deepEqual(twice, { q: [1, 0] });
    assert.equal(withAnswer(twice, 'q', 1), twice);
    assert.deepEqual(withAnswer(twice, 'constructor', 2), { q: [1, 0], constructor: [2] });
    assert.deepEqual(triedOf({}, 'constructor'), []);
  });

  it('solve a question with its right choice', () => {
    assert.ok(question);
    assert.equal(isSolved(question, {}), false);
    assert.equal(isSolved(question, { [question.id]: [0] }), false);
    assert.equal(isSolved(question, { [question.id]: [0, 1] }), true);
    assert.equal(isSolved(question, { [question.id]: [7] }), false);
  });

  it('are read without what is none', () => {
    assert.deepEqual(readAnswers({ a: [0, 1], b: [-1, 'x', 1.5], c: 3, d: [null, 2] }), {
      a: [0, 1],
      d: [2],
    });
    for (const stored of [undefined, null, 'x', 4]) assert.deepEqual(readAnswers(stored), {});
  });

  it('pass between questions and editor', () => {
    const answer = { type: 'answer', question: 'q', choice: 1 };
    assert.deepEqual(readQuizRequest(answer), answer);
    assert.deepEqual(readQuizRequest({ type: 'hello', more: 1 }), { type: 'hello' });
    const broken = [
      null,
      'hello',
      {},
      { type: 'answers' },
      { ...answer, choice: -1 },
      { ...answer, question: 3 },
    ];
    for (const message of broken) assert.equal(readQuizRequest(message), undefined);
    const notice = { type: 'answers', answers: { q: [0] } };
    assert.deepEqual(readQuizNotice(notice), notice);
    for (const message of [null, 5, { type: 'answer' }]) assert.equal(readQuizNotice(message), undefined);
  });
});
