import assert from 'node:assert/strict';
import fc from 'fast-check';
import { questionsOf, readQuiz } from '../../src/lesson/index.ts';

const good = `
Misses of 10 and 20: what is
the mean squared error?

- [x] 250
  (100 + 400) / 2.
- [ ] 15
  That averages *without*
  squaring:

      (10 + 20) / 2
* [ ] 500

  It forgets to average.
`;

describe('a quiz', () => {
  it('is a question, choices, and an explanation for each', () => {
    const { question, problems } = readQuiz(good);
    assert.deepEqual(problems, []);
    assert.equal(question?.text, 'Misses of 10 and 20: what is\nthe mean squared error?');
    assert.deepEqual(question.choices, [
      { text: '250', isRight: true, explanation: '(100 + 400) / 2.' },
      { text: '15', isRight: false, explanation: 'That averages *without*\nsquaring:\n\n    (10 + 20) / 2' },
      { text: '500', isRight: false, explanation: 'It forgets to average.' },
    ]);
  });

  it('may leave out why the right choice is right', () => {
    assert.equal(readQuiz('a?\n- [ ] b\n  no\n- [X] c').question?.choices[1]?.explanation, '');
  });

  const same: [string, (text: string) => string][] = [
    ['line ends', (text) => text.replaceAll('\n', '\r\n')],
    ['white space', (text) => text.replace('what is\nthe', 'what   is the')],
    ['an explanation', (text) => text.replace('It forgets', 'That forgets')],
    ['a bullet', (text) => text.replace('* [ ]', '- [ ]')],
  ];
  for (const [what, change] of same) {
    it(`is the same question after a change of ${what}`, () => {
      assert.equal(readQuiz(change(good)).question?.id, readQuiz(good).question?.id);
    });
  }

  const different: [string, (text: string) => string][] = [
    ['the question', (text) => text.replace('20', '30')],
    ['a choice', (text) => text.replace('15', '16')],
    ['the right choice', (text) => text.replace('[x] 250', '[ ] 250').replace('[ ] 15', '[x] 15')],
    ['the order', (text) => text.replace('250', '0').replace('500', '250').replace('] 0', '] 500')],
  ];
  for (const [what, change] of different) {
    it(`is another question after a change of ${what}`, () => {
      const { question } = readQuiz(change(good));
      assert.ok(question);
      assert.notEqual(question.id, readQuiz(good).question?.id);
    });
  }

  it('keeps its name for ever, since answers are stored under it', () => {
    assert.equal(readQuiz(good).question?.id, 'c1697bba1d2f8be0');
  });

  const malformed: [string, string, [line: number, message: RegExp][]][] = [
    [
      'nothing',
      '',
      [
        [1, /Write the question/],
        [1, /at least two choices/],
      ],
    ],
    ['no choices', 'a?', [[1, /at least two choices/]]],
    ['one choice', 'a?\n- [x] b', [[2, /at least two choices/]]],
    ['no question', '- [x] b\n- [ ] c\n  no', [[1, /Write the question/]]],
    ['no right choice', 'a?\n- [ ] b\n  no\n- [ ] c\n  no', [[2, /Check the right choice/]]],
    ['two right choices', 'a?\n- [x] b\n- [x] c', [[3, /Only one choice can be right, and line 2 is/]]],
    ['no box', 'a?\n- [x] b\n- c\n  no', [[3, /a box/]]],
    ['no text', 'a?\n- [x] b\n- [ ]\n  no', [[3, /behind its box/]]],
    ['no explanation', 'a?\n- [x] b\n- [ ] c\n\n- [ ] d\n  no', [[3, /what is wrong with it/]]],
    ['a choice twice', 'a?\n- [x] b\n- [ ] b\n  no', [[3, /the same as on line 2/]]],
    ['a line that is not indented', 'a?\n- [x] b\nyes\n- [ ] c\n  no', [[3, /two spaces/]]],
  ];
  for (const [what, source, expected] of malformed) {
    it(`says what is wrong: ${what}`, () => {
      const { question, problems } = readQuiz(source);
      assert.equal(question, undefined);
      assert.deepEqual(
        problems.map(({ line }) => line),
        expected.map(([line]) => line),
        JSON.stringify(problems),
      );
      for (const [index, { message }] of problems.entries())
        assert.match(message, expected[index]?.[1] ?? /^$/);
    });
  }

  it('is a question or has problems, whatever its text', () => {
    const piece = fc.constantFrom(
      '- [x] a',
      '- [ ] b',
      '- c',
      '  why',
      'q?',
      '',
      ' ',
      '-',
      '\t',
      '- [x]',
      '-[ ] d',
    );
    fc.assert(
      fc.property(fc.array(piece), (lines) => {
        const { question, problems } = readQuiz(lines.join('\n'));
        assert.equal(question === undefined, problems.length > 0);
        if (question) assert.equal(question.choices.filter((choice) => choice.isRight).length, 1);
      }),
      { numRuns: 10_000 },
    );
  });
});

describe('the questions of a Markdown text', () => {
  it('are those of its quiz fences, in order', () => {
    const quiz = (text: string) => `\`\`\`quiz\n${text}\n- [x] b\n- [ ] c\n  no\n\`\`\``;
    const text = `# A\n\n${quiz('one?')}\n\n~~~~\n${quiz('shown, not asked?')}\n~~~~\n\n${quiz('two?')}\n${quiz('')}`;
    assert.deepEqual(
      questionsOf(text).map((question) => question.text),
      ['one?', 'two?'],
    );
  });

  it('are none where there is no quiz', () => {
    assert.deepEqual(questionsOf('```quizzes\na?\n- [x] b\n```\n\n```quiz\nunclosed?'), []);
  });
});
