import { createServer, type Server } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';

import { encodeLog, encodeNotice, encodePayload, logMimeType, readRequest } from '../../src/output/index.ts';
import type { FigureNotice, LogPayload, RunPayload } from '../../src/output/index.ts';
import { startBrowser } from '../host/browser.ts';
import type { ThemeName } from './themes.ts';
import { themes } from './themes.ts';

const root = join(import.meta.dirname, '..', '..');
const artefacts = join(root, 'artefacts', 'page');
const bundles = join(root, 'dist', 'renderer');

/** What VS Code allows its notebooks when `notebook.experimental.enableCsp` is on, the strictest it can be. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' https: http: data:",
  "font-src 'self' https:",
  'connect-src https:',
  'child-src https: data:',
].join('; ');

const contentTypes: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.map': 'application/json',
};

/** A browser and a server of the renderer's built bundles, for the tests of one file. */
export class Bench {
  readonly #browser: Browser;
  readonly #server: Server;
  readonly #address: string;
  /** Pages that tests have done with, by what they were opened as. */
  readonly #spare = new Map<string, LoadedPage[]>();

  private constructor(browser: Browser, server: Server, address: string) {
    this.#browser = browser;
    this.#server = server;
    this.#address = address;
  }

  static async start(): Promise<Bench> {
    const webview = await bundleWebview();
    const server = createServer((request, response) => {
      serve(request.url ?? '/', webview).then(
        ({ type, body }) => {
          response.writeHead(200, { 'content-type': type, 'content-security-policy': contentSecurityPolicy });
          response.end(body);
        },
        () => {
          response.writeHead(404).end();
        },
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the server has no port');
    return new Bench(await startBrowser(), server, `http://127.0.0.1:${address.port}/`);
  }

  /**
   * A page in which the renderer is activated and nothing is shown yet. Plotly may be there already: to load it takes
   * longer than most tests.
   */
  async open(options: PageOptions = {}): Promise<FigurePage> {
    const { theme = 'dark', messaging = true, fresh = false, width = 1000, height = 900, ...rest } = options;
    const kind = JSON.stringify(rest);
    const spare = fresh ? undefined : (this.#spare.get(kind) ?? []);
    if (spare !== undefined) this.#spare.set(kind, spare);
    const loaded = spare?.pop() ?? (await this.#load(rest));
    await loaded.page.setViewportSize({ width, height });
    const figurePage = new FigurePage(loaded, spare);
    await figurePage.setTheme(theme);
    await loaded.page.evaluate((on) => window.host.activate(on), messaging);
    return figurePage;
  }

  async #load({ reducedMotion, deviceScaleFactor = 1 }: PageOptions): Promise<LoadedPage> {
    const context = await this.#browser.newContext({
      deviceScaleFactor,
      reducedMotion: reducedMotion === true ? 'reduce' : 'no-preference',
      acceptDownloads: true,
    });
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    await page.goto(this.#address);
    return { page, errors };
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

interface LoadedPage {
  readonly page: Page;
  readonly errors: string[];
}

export interface PageOptions {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: ThemeName;
  readonly messaging?: boolean;
  readonly reducedMotion?: boolean;
  readonly deviceScaleFactor?: number;
  /** A page of its own, which nobody has used and nobody will. */
  readonly fresh?: boolean;
}

/** A page that stands in for the editor's webview: it renders outputs and keeps what the figure posts. */
export class FigurePage {
  readonly page: Page;
  /** Uncaught errors and console errors of the page. */
  readonly errors: readonly string[];
  readonly #loaded: LoadedPage;
  /** Where the page goes when it is closed, for another test. */
  readonly #spare: LoadedPage[] | undefined;

  constructor(loaded: LoadedPage, spare: LoadedPage[] | undefined) {
    this.page = loaded.page;
    this.errors = loaded.errors;
    this.#loaded = loaded;
    this.#spare = spare;
  }

  /** Renders a payload as the output `id`, in a new element or in the one that output already has. */
  async show(payload: RunPayload, id = 'output-1'): Promise<void> {
    await this.showText(encodePayload(payload), id);
  }

  async showText(text: string, id = 'output-1'): Promise<void> {
    await this.page.evaluate(([each, data]) => window.host.show(each, data), [id, text] as const);
  }

  /** Renders a training log. */
  async showLog(payload: LogPayload, id = 'output-1'): Promise<void> {
    const output = [id, encodeLog(payload), logMimeType] as const;
    await this.page.evaluate(([each, data, mime]) => window.host.show(each, data, mime), output);
  }

  async setTheme(name: ThemeName): Promise<void> {
    const { kind, variables } = themes[name];
    await this.page.evaluate(
      ([className, entries]) => {
        document.body.className = className;
        document.body.style.background = 'var(--vscode-editor-background)';
        for (const [key, value] of Object.entries(entries))
          document.documentElement.style.setProperty(key, value);
      },
      [kind, variables] as const,
    );
  }

  /** What the figure has asked of the extension, after its greeting. */
  async posted(): Promise<readonly unknown[]> {
    const posted = await this.page.evaluate(() => window.host.posted);
    return posted.filter((message) => readRequest(message)?.type !== 'hello');
  }

  /** Tells the figures something, as the extension does. */
  async tell(notice: FigureNotice): Promise<void> {
    const message = encodeNotice(notice);
    await this.page.evaluate((text) => {
      window.host.send(text);
    }, message);
    await this.settle();
  }

  /** The text of the first element that a selector finds. */
  async text(selector: string): Promise<string> {
    return (await this.page.locator(selector).first().textContent()) ?? '';
  }

  /** Two frames later, when everything asked for has been drawn, and when runs that take long have come in. */
  async settle(): Promise<void> {
    await this.page.evaluate(async () => {
      const frame = (): Promise<unknown> => new Promise(requestAnimationFrame);
      const isBusy = (): boolean =>
        [...document.querySelectorAll('.gd-try [role="status"]')].some(
          ({ textContent }) => textContent !== '',
        );
      do {
        await frame();
        await frame();
      } while (isBusy());
    });
  }

  /** Keeps a picture of the page in the ignored folder of artefacts. */
  async photograph(name: string): Promise<void> {
    await this.settle();
    await this.page.screenshot({ path: join(artefacts, `${name}.png`), fullPage: true });
  }

  async close(): Promise<void> {
    if (this.#spare === undefined) {
      await this.page.context().close();
      return;
    }
    await this.page.mouse.move(0, 0);
    await this.page.evaluate(() => {
      window.host.deactivate();
    });
    this.#loaded.errors.length = 0;
    this.#spare.push(this.#loaded);
  }
}

/** The stand-in for the editor's webview, bundled. */
async function bundleWebview(): Promise<string> {
  const { outputFiles } = await build({
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2023',
    logLevel: 'warning',
    entryPoints: [join(root, 'test', 'page', 'webview.ts')],
    write: false,
  });
  return outputFiles.map(({ text }) => text).join('');
}

async function serve(url: string, webview: string): Promise<{ type: string; body: string | Uint8Array }> {
  const { pathname } = new URL(url, 'http://page/');
  if (pathname === '/') {
    const body =
      '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Notebook</title><link rel="icon" href="data:,">' +
      '<script type="module" src="webview.js"></script></head><body><main id="container"></main></body></html>';
    return { type: 'text/html', body };
  }
  const type = contentTypes[extname(pathname)];
  if (type === undefined) throw new Error(`nothing at ${pathname}`);
  return { type, body: pathname === '/webview.js' ? webview : await readFile(join(bundles, pathname)) };
}
