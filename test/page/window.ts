import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import type { Frame, Page } from 'playwright-core';

import { windowAddress } from '../host/address.ts';
import { startBrowser } from '../host/browser.ts';
import { bundleCompanion } from '../host/bundle.ts';
import { listenForWindows, type ControlledWindow, type NotebookState, type Order } from '../host/control.ts';
import { asOnTheDesktop, startServer } from '../host/server.ts';
import { onShutdown } from '../host/shutdown.ts';
import type { ThemeName } from './themes.ts';

const root = join(import.meta.dirname, '..', '..');
const lessons = join(root, 'notebooks');
const screenshots = join(root, 'artefacts', 'screenshots');
/** A busy machine may take a while to start an editor, its extensions and a figure. */
const patience = 120_000;

/** In a browser VS Code keeps its state every five seconds, and cannot when it is closed. */
const stateInterval = 6000;

type Closer = () => Promise<void> | void;

/** VS Code's names of the themes, and the class that each puts on the workbench. */
const colorThemes: Record<ThemeName, { setting: string; className: string }> = {
  dark: { setting: 'Dark Modern', className: 'vs-dark' },
  light: { setting: 'Light Modern', className: 'vs' },
  contrast: { setting: 'Default High Contrast', className: 'hc-black' },
  contrastLight: { setting: 'Default High Contrast Light', className: 'hc-light' },
};

export type WindowOptions = {
  width?: number;
  height?: number;
  theme?: ThemeName;
  /** The files of the workspace, beside the data of the lessons; the lessons themselves unless told. */
  files?: Record<string, string>;
  /** The user's settings, as in settings.json. */
  settings?: Record<string, unknown>;
  /** Opens the folder in Restricted Mode. */
  restricted?: boolean;
  /** The folder of the extension, unless it is this one. */
  extension?: string;
  /** Device pixels for each of the page, as screens that draw sharply have two. */
  scale?: number;
};

/** A window of a real VS Code, with the built extension and a workspace folder of its own. */
export class EditorWindow {
  readonly page: Page;
  /** The workspace folder: a copy, which tests may change. */
  readonly folder: string;
  /** The companions that have called: one for each time that the window was loaded. */
  readonly #companions: ControlledWindow[];
  readonly #closers: Closer[];

  private constructor(page: Page, folder: string, companions: ControlledWindow[], closers: Closer[]) {
    this.page = page;
    this.folder = folder;
    this.#companions = companions;
    this.#closers = closers;
  }

  /** Opens a window. The caller closes it. */
  static async open(options: WindowOptions = {}): Promise<EditorWindow> {
    const closers: Closer[] = [];
    closers.push(onShutdown(async () => closeAll(closers)));
    try {
      const folder = await makeWorkspace(options.files, closers);
      const companions: ControlledWindow[] = [];
      const control = await listenForWindows((window) => companions.push(window));
      closers.push(() => {
        control.close();
      });
      const server = await startServer({
        env: control.env,
        extensions: [options.extension ?? root, await bundleCompanion()],
        workspaceTrust: options.restricted === true,
        settings: {
          ...asOnTheDesktop,
          'workbench.colorTheme': colorThemes[options.theme ?? 'light'].setting,
          ...options.settings,
        },
      });
      closers.push(server.stop);
      const browser = await startBrowser();
      closers.push(async () => browser.close());
      const page = await browser.newPage({
        viewport: { width: options.width ?? 1280, height: options.height ?? 1000 },
        deviceScaleFactor: options.scale ?? 1,
      });
      page.setDefaultTimeout(patience);
      await page.goto(windowAddress(server, { folder }));
      const window = new EditorWindow(page, folder, companions, closers);
      await window.#untilLoaded(1);
      return window;
    } catch (error) {
      await closeAll(closers);
      throw error;
    }
  }

  /** Loads the window again, as a person does who comes back to it. */
  async reload(): Promise<void> {
    await pause(stateInterval);
    const times = this.#companions.length + 1;
    await this.page.reload();
    await this.#untilLoaded(times);
  }

  /** Opens a file of the workspace as a notebook and waits until its webview is there. */
  async openNotebook(name: string, editor = 'gdnb'): Promise<Frame> {
    const path = join(this.folder, name);
    const others = (await this.notebook())?.path === path ? [] : await this.notebookFrames();
    await this.#ask({ kind: 'open', path, editor });
    return this.notebookFrame(others);
  }

  /** The document in which a visible notebook is drawn, and none of the others. */
  async notebookFrame(others: readonly Frame[] = []): Promise<Frame> {
    return until('the notebook did not open', async () => {
      const frames = await this.notebookFrames();
      return frames.find((frame) => !others.includes(frame));
    });
  }

  /** The documents in which the outputs and the Markdown of the visible notebooks are drawn. */
  async notebookFrames(): Promise<Frame[]> {
    const frames = this.page.frames();
    const visible = await Promise.all(frames.map(isVisibleNotebook));
    return frames.filter((_, index) => visible[index]);
  }

  /** Runs a command of the editor or of the extension and waits for its end. */
  async command(command: string, ...args: unknown[]): Promise<void> {
    await this.#ask({ kind: 'command', command, arguments: args });
  }

  /** Changes a setting of the user. */
  async setting(name: string, value: unknown): Promise<void> {
    await this.#ask({ kind: 'setting', name, value });
  }

  /** The notebook that has the focus, or undefined. */
  async notebook(): Promise<NotebookState | undefined> {
    return (await this.#ask({ kind: 'notebook' })) as NotebookState | undefined;
  }

  /** Scrolls the notebook until the cell is at the top: only what is near the visible part is drawn. */
  async revealCell(cell: number): Promise<void> {
    await this.#ask({ kind: 'reveal', cell });
  }

  /** Waits until a run of the cell, or of each code cell, has ended. */
  async untilRun(cell?: number): Promise<NotebookState> {
    return until('the cells did not run', async () => {
      const notebook = await this.notebook();
      const awaited =
        notebook?.cells.filter(({ code }, index) => (cell === undefined ? code : index === cell)) ?? [];
      return awaited.length > 0 && awaited.every(({ ran }) => ran) ? notebook : undefined;
    });
  }

  /** Waits until a cell has a text. */
  async untilText(cell: number, wanted: string): Promise<void> {
    await until(`cell ${cell} did not get the text\n${wanted}\n`, async () => {
      const text = (await this.notebook())?.cells[cell]?.text;
      return text === wanted || undefined;
    });
  }

  /** Presses the keys for undo, once the text of a cell has the focus: they belong to what has it. */
  async undo(): Promise<void> {
    await this.page.locator('.notebook-editor .native-edit-context:focus').waitFor({ state: 'attached' });
    await this.page.keyboard.press('ControlOrMeta+z');
  }

  /** Changes the colour theme and waits until the workbench shows it. */
  async setTheme(theme: ThemeName): Promise<void> {
    const { setting, className } = colorThemes[theme];
    await this.setting('workbench.colorTheme', setting);
    await this.page.locator(`.monaco-workbench.${className}`).waitFor({ timeout: patience });
  }

  async setSize(width: number, height: number): Promise<void> {
    await this.page.setViewportSize({ width, height });
  }

  /** Gives a path to the editor's own dialog for files and folders, and accepts it. */
  async choosePath(path: string): Promise<void> {
    const dialog = this.page.locator('.quick-input-widget');
    const field = dialog.locator('input:visible').first();
    const list = dialog.locator('.quick-input-list .monaco-list-row').first();
    await list.waitFor(); // before that the dialog writes a path of its own into the field
    await field.fill(path);
    await this.page.waitForTimeout(1000);
    await dialog.locator('.monaco-text-button:visible').first().click();
  }

  /** Keeps a picture of the whole window as `artefacts/screenshots/NAME.png`. Returns its path. */
  async screenshot(name: string): Promise<string> {
    const path = join(screenshots, `${name}.png`);
    await this.page.screenshot({ path });
    return path;
  }

  /** Ends the window with its browser and its server, and removes the workspace. */
  async close(): Promise<void> {
    await closeAll(this.#closers);
  }

  async #untilLoaded(times: number): Promise<void> {
    await until('VS Code did not start its extensions', () => Promise.resolve(this.#companions[times - 1]));
  }

  async #ask(order: Order): Promise<unknown> {
    return this.#companions.at(-1)?.ask(order);
  }
}

async function makeWorkspace(files: WindowOptions['files'], closers: Closer[]): Promise<string> {
  const scratch = await mkdtemp(join(tmpdir(), 'gdnb-page-'));
  closers.push(async () => rm(scratch, { recursive: true, force: true, maxRetries: 5 }));
  const folder = join(scratch, 'notebooks');
  if (files === undefined) await cp(lessons, folder, { recursive: true });
  else {
    await mkdir(folder);
    await cp(join(lessons, 'houses.csv'), join(folder, 'houses.csv'));
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  }
  return folder;
}

async function closeAll(closers: Closer[]): Promise<void> {
  for (const close of closers.splice(0).reverse()) await close();
}

/** A notebook is drawn in a frame within a frame that says what it is for. */
async function isVisibleNotebook(frame: Frame): Promise<boolean> {
  const outer = frame.parentFrame();
  if (outer?.url().includes('purpose=notebookRenderer') !== true) return false;
  const look = async () => {
    const visible = await (await outer.frameElement()).isVisible();
    return visible && (await frame.locator('#container > *').count()) > 0;
  };
  // A frame that is loading answers only when it has loaded, and one that has gone throws.
  return Promise.race([look().catch(() => false), pause(2000, false, { ref: false })]);
}

async function until<T>(complaint: string, look: () => Promise<T | undefined>): Promise<T> {
  const deadline = performance.now() + patience;
  while (performance.now() < deadline) {
    const found = await look();
    if (found !== undefined) return found;
    await pause(100);
  }
  throw new Error(`${complaint} within ${patience / 1000} s.`);
}
