import assert from 'node:assert/strict';
import MarkdownIt from 'markdown-it';

import { drawCallouts } from '../../../src/renderer/markdown/callouts.ts';
import { LessonCells, type Environment } from '../../../src/renderer/markdown/cells.ts';
import { drawQuizzes } from '../../../src/renderer/markdown/quiz-markup.ts';
import { drawTerms } from '../../../src/renderer/markdown/terms.ts';
import { readQuiz } from '../../../src/lesson/index.ts';

const ours: Environment = { outputItem: { id: 'a', metadata: { gdnb: {} } } };
const others: Environment = { outputItem: { id: 'b', metadata: { tags: [] } } };

const quiz = 'What is `1 + 1`?\n\n- [x] *two*\n- [ ] three\n  No: <b>count</b> again.\n';
const quizFence = `\`\`\`quiz\n${quiz}\`\`\`\n`;

function renderer(): MarkdownIt {
  const md = new MarkdownIt({ html: true });
  const cells = new LessonCells(() => undefined);
  const isLesson = (environment: Environment): boolean => cells.has(environment);
  drawCallouts(md, isLesson);
  drawQuizzes(md, isLesson);
  drawTerms(md, isLesson);
  return md;
}

describe('the Markdown of a lesson', () => {
  const texts = [
    quizFence,
    '> [!IMPORTANT]\n> The data makes the landscape.\n',
    '> [!NOTE]\n> > [!TIP]\n> > nested\n',
    '```quiz\nbroken\n```\n',
    'The learning rate.\n',
  ];
  for (const text of texts) {
    it(`is left alone in other notebooks: ${JSON.stringify(text)}`, () => {
      assert.equal(renderer().render(text, others), new MarkdownIt({ html: true }).render(text));
      assert.equal(renderer().render(text), new MarkdownIt({ html: true }).render(text));
    });
  }

  it('draws callouts', () => {
    const html = renderer().render('> [!IMPORTANT]\n> The *data* makes the landscape.\n>\n> Really.\n', ours);
    assert.equal(
      html,
      '<div class="gdnb-callout gdnb-callout-important">\n<p class="gdnb-callout-title">Important</p>\n' +
        '<p>The <em>data</em> makes the landscape.</p>\n<p>Really.</p>\n</div>\n',
    );
  });

  for (const text of [
    '> [!OTHER]\n> a\n',
    '> a\n> [!NOTE]\n',
    '> [!NOTE] with a title\n> a\n',
    '> plain\n',
  ]) {
    it(`draws no callout for ${JSON.stringify(text)}`, () => {
      assert.equal(renderer().render(text, ours), new MarkdownIt({ html: true }).render(text));
    });
  }

  it('draws a quiz as a question that its controls are built in', () => {
    const html = renderer().render(quizFence, ours);
    assert.match(
      html,
      new RegExp(`<div class="gdnb-quiz" data-question="${readQuiz(quiz).question?.id ?? '-'}">`),
    );
    assert.match(html, /<div class="gdnb-question"><p>What is <code>1 \+ 1<\/code>\?<\/p>/);
    assert.match(html, /data-right="true"><span class="gdnb-choice-text"><em>two<\/em><\/span>/);
    assert.match(
      html,
      /data-right="false"><span class="gdnb-choice-text">three<\/span>.*No: <b>count<\/b> again\./s,
    );
    assert.doesNotMatch(html, /<(button|input|form)/);
  });

  it('renders a question with the item of its cell, which other extensions of the renderer rely on', () => {
    const md = renderer();
    const render = md.renderer.render.bind(md.renderer);
    md.renderer.render = (tokens, options, env: Environment) => {
      assert.equal(env.outputItem?.id, 'a');
      return render(tokens, options, env);
    };
    assert.match(md.render(quizFence, ours), /gdnb-quiz/);
  });

  it('says what is wrong with a quiz, and shows its text as text', () => {
    const html = renderer().render('```quiz\n<img src=x>?\n- [ ] a\n- [x] b\n```\n', ours);
    assert.match(html, /cannot be asked yet/);
    assert.match(html, /<li>Line 2: Say below this choice, indented, what is wrong with it\.<\/li>/);
    assert.match(html, /&lt;img src=x&gt;\?/);
    assert.doesNotMatch(html, /<img/);
  });

  it('marks the first use of a term with its definition', () => {
    const html = renderer().render('A *Learning rate* and a learning rate.\n', ours);
    assert.match(
      html,
      /^<p>A <em><dfn class="gdnb-term" tabindex="0" data-definition="learning rate: the multiplier [^"]*\.">Learning rate<\/dfn><\/em> and a learning rate\.<\/p>\n$/,
    );
  });

  const marked: [string, string[]][] = [
    ['Gradient descent, then the gradient; SGD.', ['Gradient descent', 'gradient', 'SGD']],
    ['the gradients of two epochs', ['gradients', 'epochs']],
    ['`gradient`, [a gradient](https://a.example), regradient, gradient_norm, gradient-free, <b>x</b>', []],
    ['# The gradient', []],
    ['```\ngradient\n```', []],
    ['- a learning rate\n- **Learning rate:** goes with the gradient', ['gradient']],
    ['- a minibatch\n\n> an epoch', ['minibatch', 'epoch']],
    [quizFence.replace('`1 + 1`', 'the learning rate'), []],
  ];
  for (const [text, terms] of marked) {
    it(`marks ${terms.join(', ') || 'nothing'} in ${JSON.stringify(text)}`, () => {
      const found = [
        ...renderer()
          .render(text, ours)
          .matchAll(/<dfn[^>]*>([^<]*)<\/dfn>/g),
      ];
      assert.deepEqual(
        found.map(([, term]) => term),
        terms,
      );
    });
  }

  it('leaves other fences to the renderer', () => {
    assert.equal(
      renderer().render('```gd\nloss = x\n```\n', ours),
      new MarkdownIt().render('```gd\nloss = x\n```\n'),
    );
  });
});

describe('the cells of a lesson', () => {
  it('greet the editor once, and from a marked cell only', () => {
    let greetings = 0;
    const cells = new LessonCells(() => (greetings += 1));
    assert.equal(cells.has(others), false);
    assert.equal(cells.has({}), false);
    assert.equal(greetings, 0);
    assert.equal(cells.has(ours), true);
    assert.equal(cells.has(ours), true);
    assert.equal(greetings, 1);
  });

  it('are all cells of a notebook once the editor says that it is a lesson', () => {
    const cells = new LessonCells(() => undefined);
    cells.confirm();
    assert.equal(cells.has(others), true);
    assert.equal(cells.has({}), false);
  });
});
