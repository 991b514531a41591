/**
 * Takes the pictures of the walkthrough in a window of VS Code, in all its themes, into media/walkthrough/:
 * `npm run pictures [-- name ...]`.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Frame, Locator } from 'playwright-core';

import { readLesson } from '../../src/lesson/index.ts';
import { runProgram } from '../host/program.ts';
import type { ThemeName } from './themes.ts';
import { EditorWindow } from './window.ts';

const root = join(import.meta.dirname, '..', '..');
const pictures = join(root, 'media', 'walkthrough');
const themeNames: readonly ThemeName[] = ['light', 'dark', 'contrast', 'contrastLight'];
/** CSS pixels around what is shown. */
const margin = 5;

/** Nothing but the notebook. */
const settings = {
  'breadcrumbs.enabled': false,
  'editor.minimap.enabled': false,
  'notebook.cellToolbarLocation': { default: 'hidden' },
  'notebook.globalToolbar': false,
  'notebook.insertToolbarLocation': 'hidden',
  'notebook.lineNumbers': 'off',
  'notebook.showCellStatusBar': 'hidden',
  'workbench.activityBar.location': 'hidden',
  'workbench.editor.showTabs': 'none',
  'workbench.sideBar.location': 'right',
  'workbench.statusBar.visible': false,
};

interface Scene {
  readonly text: string;
  /** Brings the notebook to what is to be seen. */
  readonly act?: (window: EditorWindow, frame: Frame) => Promise<void>;
  /** What is to be seen, from the top of the first to the bottom of the last. */
  readonly shown: (window: EditorWindow, frame: Frame) => readonly Locator[];
}

function cell(rate: number): string {
  return [
    '```gd',
    'data = "houses.csv"',
    'size = sqft / 1000                     # thousand square feet',
    'cost = price / 1000                    # thousand dollars',
    '',
    'parameters w = 0, b = 0                # the two knobs',
    'prediction = w * size + b              # the guess for each house',
    'loss = mean((prediction - cost)^2)     # how wrong',
    '',
    `learning_rate = ${rate}`,
    'steps = 60',
    'landscape = [w: -50..300, b: -150..200]',
    '```',
    '',
  ].join('\n');
}

const code = ({ page }: EditorWindow) => page.locator('.code-cell-row .cell-editor-part');
const figure = (frame: Frame) => frame.locator('.gd-figure');

/** The question of the lesson about a loss that grows. */
async function question(): Promise<string> {
  const lesson = await readFile(join(root, 'notebooks', 'loss-and-gradient-descent.gdnb'), 'utf8');
  const found = readLesson(lesson).cells.find(
    ({ text }) => text.startsWith('```quiz') && text.includes('8, 72'),
  );
  if (found === undefined) throw new Error('The question of the picture is no longer in the lesson.');
  return `${found.text}\n`;
}

async function scenes(): Promise<Readonly<Record<string, Scene>>> {
  return {
    open: {
      text: cell(0.1),
      shown: (window, frame) => [code(window), figure(frame)],
    },
    change: {
      text: cell(0.1),
      act: async (_window, frame) => {
        const field = frame.locator('.gd-rate .gd-field');
        await field.fill('0.22');
        await field.press('Enter');
        await frame.locator('.gd-figure:has(.gd-try button:not(:disabled))').waitFor();
        await field.blur();
      },
      shown: (_window, frame) => [figure(frame)],
    },
    explode: {
      text: cell(0.25),
      act: async (window, frame) => {
        await window.command('gdnb.diagnoseLoss');
        await frame.locator('.gd-diagnosis:visible').waitFor();
        await window.command('notifications.clearAll');
      },
      shown: (_window, frame) => [figure(frame)],
    },
    answer: {
      text: await question(),
      act: async (_window, frame) => {
        await frame.getByRole('button', { name: 'Train longer' }).click();
        await frame.getByRole('button', { name: 'Lower the learning rate' }).click();
      },
      shown: (_window, frame) => [frame.locator('.gdnb-quiz')],
    },
  };
}

/** Keeps what lies between locators, with a margin, as a WebP picture. */
async function photograph({ page }: EditorWindow, shown: readonly Locator[], path: string): Promise<void> {
  const boxes = await Promise.all(shown.map(async (each) => each.first().boundingBox()));
  const known = boxes.filter((box) => box !== null);
  const left = Math.min(...known.map(({ x }) => x)) - margin;
  const top = Math.min(...known.map(({ y }) => y)) - margin;
  const right = Math.max(...known.map(({ x, width }) => x + width)) + margin;
  const bottom = Math.max(...known.map(({ y, height }) => y + height)) + margin;
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', {
    format: 'webp',
    quality: 85,
    clip: { x: left, y: top, width: right - left, height: bottom - top, scale: 1 },
  });
  await session.detach();
  await writeFile(path, Buffer.from(data, 'base64'));
}

async function takePictures(wanted: readonly string[]): Promise<void> {
  const all = Object.entries(await scenes()).filter(([name]) => wanted.length === 0 || wanted.includes(name));
  const files = Object.fromEntries(all.map(([name, { text }]) => [`${name}.gdnb`, text]));
  await mkdir(pictures, { recursive: true });
  const window = await EditorWindow.open({ files, settings, width: 760, height: 1400, scale: 1.5 });
  try {
    await window.command('workbench.action.closeSidebar');
    for (const [name, { text, act, shown }] of all) {
      const frame = await window.openNotebook(`${name}.gdnb`);
      if (text.startsWith('```gd')) {
        await window.untilRun();
        await frame.locator('.gd-plot svg.main-svg').first().waitFor();
      }
      await act?.(window, frame);
      for (const theme of themeNames) {
        await window.setTheme(theme);
        await window.page.mouse.move(0, 0);
        await window.page.waitForTimeout(1500); // the figure draws itself anew in the theme's colours
        await photograph(window, shown(window, frame), join(pictures, `${name}-${theme}.webp`));
      }
      await window.command('workbench.action.closeAllEditors');
    }
  } finally {
    await window.close();
  }
}

await runProgram(async () => {
  await takePictures(process.argv.slice(2));
  return 0;
});
