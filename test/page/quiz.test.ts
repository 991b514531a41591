import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import type { AxeResults } from 'axe-core';
import type { Frame, Locator, Page } from 'playwright-core';

import { questionsOf, readLesson, type Question } from '../../src/lesson/index.ts';
import { storedIn } from './stored-in.ts';
import { untilEqual, waitFor } from './wait.ts';
import { EditorWindow } from './window.ts';

const extension = 'gdnb.gradient-descent-notebook';
const lesson = 'loss-and-gradient-descent.gdnb';
const settings = { 'gdnb.runOnOpen': false, 'workbench.sideBar.location': 'right' };

type PlacedQuestion = Question & {
  /** The index of its cell. */
  readonly cell: number;
};

/** The questions of a file, as its author wrote them. */
async function questionsIn(path: string): Promise<PlacedQuestion[]> {
  const { cells } = readLesson(await readFile(path, 'utf8'));
  return cells.flatMap(({ kind, text }, cell) =>
    kind === 'markdown' ? questionsOf(text).map((question) => ({ ...question, cell })) : [],
  );
}

function quizOf(frame: Frame, question: Question): Locator {
  return frame.locator(`.gdnb-quiz[data-question="${question.id}"]`);
}

/** The controls of a question's choices, in order. */
function answersOf(frame: Frame, question: Question): Locator {
  return quizOf(frame, question).locator('button');
}

/** Chooses an answer with the pointer, which reaches what is in view: cells above may still grow and push it out. */
async function choose(
  window: EditorWindow,
  frame: Frame,
  question: PlacedQuestion,
  choice: number,
): Promise<void> {
  const answer = answersOf(frame, question).nth(choice);
  await waitFor('the pointer', async () => {
    await window.revealCell(question.cell);
    return answer.click({ timeout: 3000 }).then(
      () => true,
      () => false,
    );
  });
}

function rightOf(question: Question): number {
  return question.choices.findIndex((choice) => choice.isRight);
}

function wrongOf(question: Question): number {
  return question.choices.findIndex((choice) => !choice.isRight);
}

async function statesOf(frame: Frame, question: Question): Promise<(string | null)[]> {
  const choices = await quizOf(frame, question).locator('.gdnb-choice').all();
  return Promise.all(choices.map(async (choice) => choice.getAttribute('data-state')));
}

function statesAfter(question: Question, ...tried: number[]): string[] {
  return question.choices.map(({ isRight }, index) =>
    tried.includes(index) ? (isRight ? 'right' : 'wrong') : 'open',
  );
}

/** Opens a lesson at its end, where the questions are. */
async function openQuestions(window: EditorWindow, name = lesson): Promise<Frame> {
  const frame = await window.openNotebook(name);
  await showQuestions(window, frame);
  return frame;
}

/** Goes to the end until it stays where it is: what is drawn above still pushes the questions out of view. */
async function showQuestions(window: EditorWindow, frame: Frame): Promise<void> {
  let last = '';
  await waitFor('the questions', async () => {
    await window.command('notebook.focusBottom');
    await pause(300);
    const before = last;
    const places = await frame
      .locator('.gdnb-quiz:has(button)')
      .evaluateAll((elements) => elements.map((element) => element.getBoundingClientRect().top));
    last = places.join(' ');
    return last !== '' && last === before;
  });
}

describe('the questions of the lesson', function () {
  this.timeout(180_000);
  let window: EditorWindow;
  let questions: readonly PlacedQuestion[];
  let frame: Frame;

  before(async () => {
    window = await EditorWindow.open({ width: 1300, height: 1600, settings });
    questions = await questionsIn(join(window.folder, lesson));
    frame = await openQuestions(window);
  });
  after(async () => window.close());

  /** Waits until the editor keeps what the page shows: answers that are still under way would outlive a reset. */
  async function untilAllAreStored(): Promise<void> {
    const shown = await Promise.all(questions.map(async (question) => statesOf(frame, question)));
    const tried = shown.map((states) => [...states.keys()].filter((choice) => states[choice] !== 'open'));
    await untilEqual(async () => {
      const stored = await storedAnswers(window.page);
      return questions.map(({ id }) => (stored.get(id) ?? []).toSorted());
    }, tried);
  }

  it('are four, and none is answered', async () => {
    assert.equal(questions.length, 4);
    for (const question of questions)
      assert.deepEqual(await statesOf(frame, question), statesAfter(question));
    await window.page.getByRole('button', { name: '0 of 4 questions answered' }).waitFor();
  });

  it('explain every wrong choice, and let one try again', async () => {
    for (const question of questions) {
      await choose(window, frame, question, wrongOf(question));
      assert.deepEqual(await statesOf(frame, question), statesAfter(question, wrongOf(question)));
      const explanations = quizOf(frame, question).locator('.gdnb-explanation');
      for (const [index, { isRight }] of question.choices.entries()) {
        assert.equal(await explanations.nth(index).isVisible(), index === wrongOf(question), String(isRight));
      }
      await quizOf(frame, question).getByText('Try again.').waitFor();
    }
    await window.screenshot('quiz-wrong');
  });

  it('take the right choice, and are counted', async () => {
    for (const question of questions) {
      await choose(window, frame, question, rightOf(question));
      const tried = [wrongOf(question), rightOf(question)];
      assert.deepEqual(await statesOf(frame, question), statesAfter(question, ...tried));
      assert.equal(await quizOf(frame, question).getByText('Try again.').isVisible(), false);
    }
    await window.page.getByRole('button', { name: 'All 4 questions are answered' }).waitFor();
    await window.screenshot('quiz-right');
  });

  it('say so to a screen reader, and have no fault that axe-core finds', async () => {
    const [question] = questions;
    assert.ok(question);
    const said = await quizOf(frame, question).getByRole('status').textContent();
    assert.match(said ?? '', /^Right\. /);
    const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    await frame.evaluate(axe);
    const faults = await quizOf(frame, question).evaluate(async (element) => {
      const { axe } = window as unknown as { axe: { run(context: Element): Promise<AxeResults> } };
      const { violations } = await axe.run(element);
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
    });
    assert.deepEqual(faults, []);
  });

  it('are answered the same in a second editor on the lesson', async () => {
    await window.command('workbench.action.splitEditorDown');
    const second = await window.notebookFrame([frame]);
    await showQuestions(window, second);
    await window.command('gdnb.resetQuizAnswers');
    const [question] = questions.slice(-1);
    assert.ok(question);
    for (const each of [frame, second]) {
      await waitFor('the reset', async () => !(await statesOf(each, question)).includes('right'));
    }
    // Not by the pointer: half a window has no room for the question.
    await answersOf(frame, question).nth(rightOf(question)).dispatchEvent('click');
    await waitFor('the answer', async () => (await statesOf(second, question)).includes('right'));
    await window.command('workbench.action.closeActiveEditor');
    await window.command('workbench.action.focusFirstEditorGroup');
  });

  it('are answered with the keyboard, which edits no cell', async () => {
    frame = await openQuestions(window);
    const [question] = questions;
    assert.ok(question);
    const answers = answersOf(frame, question);
    await focus(frame, answers.nth(0));
    await window.page.keyboard.press('Enter');
    assert.notEqual((await statesOf(frame, question))[0], 'open');
    await window.page.keyboard.press('Tab');
    await window.page.keyboard.press('Space');
    assert.notEqual((await statesOf(frame, question))[1], 'open');
    // Editing would take the rendered cell away.
    assert.ok(await quizOf(frame, question).isVisible());
    assert.equal(
      await window.page.locator('.markdown-cell-row .cell-editor-container .monaco-editor:visible').count(),
      0,
    );
  });

  it('are kept with every choice, however fast they come', async () => {
    await untilAllAreStored();
    await window.command('gdnb.resetQuizAnswers');
    await untilEqual(async () => storedAnswers(window.page), new Map());
    frame = await openQuestions(window);
    // Two at a time, as what comes while the editor is still writing is what it might lose.
    await frame.locator('.gdnb-quiz button').evaluateAll(async (choices) => {
      for (const [index, choice] of choices.entries()) {
        (choice as HTMLElement).click();
        if (index % 2 === 1) await new Promise((resolve) => setTimeout(resolve, index));
      }
    });
    const chosen = new Map(questions.map(({ id, choices }) => [id, [...choices.keys()]]));
    await untilEqual(async () => storedAnswers(window.page), chosen);
  });

  it('are as they were left when the window is loaded again', async () => {
    const statesOfAll = async () => Promise.all(questions.map(async (question) => statesOf(frame, question)));
    const before = await statesOfAll();
    assert.ok(before.flat().some((state) => state !== 'open'));
    await window.reload();
    frame = await openQuestions(window);
    await untilEqual(statesOfAll, before);
  });

  it('are answered for Settings Sync to carry along', async () => {
    const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
    // Where the editor for the browser keeps its state: the extension's, and the names of what of it is synchronised.
    const keys = await storedIn(window.page, `extensionKeys/${extension}@${version}`);
    assert.deepEqual(JSON.parse(keys), ['gdnb.answers']);
    const answers = await storedAnswers(window.page);
    for (const question of questions) {
      const isAnswered = (await statesOf(frame, question)).some((each) => each !== 'open');
      assert.equal(answers.has(question.id), isAnswered, question.id);
    }
  });

  it('ask again once a question was edited', async () => {
    const path = join(window.folder, 'edited.gdnb');
    const text = await readFile(join(window.folder, lesson), 'utf8');
    await writeFile(path, text.replace('batch size 8. How many', 'batch size of 8. How many'));
    const [edited] = (await questionsIn(path)).slice(-1);
    const [original] = questions.slice(-1);
    assert.ok(edited && original);
    // One that was answered rightly takes no further click.
    if (!(await statesOf(frame, original)).includes('right')) {
      await choose(window, frame, original, rightOf(original));
    }
    assert.ok((await statesOf(frame, original)).includes('right'));
    await window.command('workbench.action.closeAllEditors');
    frame = await openQuestions(window, 'edited.gdnb');
    await answersOf(frame, edited).first().waitFor();
    assert.deepEqual(await statesOf(frame, edited), statesAfter(edited));
  });

  it('are drawn in a cell that is new', async () => {
    await window.command('notebook.cell.insertMarkdownCellBelow');
    await window.page.keyboard.insertText('```quiz\nNew?\n- [x] yes\n- [ ] no\n  It is.\n```');
    await window.command('notebook.cell.quitEdit');
    await frame.getByRole('group', { name: 'New?' }).waitFor();
  });
});

/** The choices that are kept, by the ids of the questions. */
async function storedAnswers(page: Page): Promise<Map<string, number[]>> {
  const state = JSON.parse(await storedIn(page, extension)) as Record<string, Record<string, number[]>>;
  return new Map(Object.entries(state['gdnb.answers'] ?? {}));
}

/** Focuses a control, again if the editor takes the focus back while it is still busy with the cell. */
async function focus(frame: Frame, control: Locator): Promise<void> {
  await waitFor('the focus', async () => {
    await control.focus();
    await pause(300);
    return frame.evaluate(() => document.hasFocus());
  });
}
