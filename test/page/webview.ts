import type { OutputItem, RendererApi, RendererContext } from 'vscode-notebook-renderer';

declare global {
  interface Window {
    host: Webview;
  }
}

/** The editor's end of a notebook renderer, as far as the figure can tell. */
class Webview {
  /** What the figure has posted. */
  posted: unknown[] = [];
  /** Keys that have left the figure. */
  keys: string[] = [];
  state: unknown;
  readonly #listeners = new Set<(message: unknown) => void>();
  readonly #container: HTMLElement;
  #renderer: RendererApi | undefined;

  constructor(container: HTMLElement) {
    this.#container = container;
    container.addEventListener('keydown', (event) => this.keys.push(event.key));
  }

  async activate(messaging: boolean): Promise<void> {
    const path = './figure.js';
    const module = (await import(path)) as { activate: (context: unknown) => RendererApi };
    const context: RendererContext<unknown> = {
      setState: (state) => {
        this.state = state;
      },
      getState: () => this.state,
      getRenderer: () => Promise.resolve(undefined),
      workspace: { isTrusted: true },
      ...(messaging ? this.#messaging() : {}),
    };
    this.#renderer = module.activate(context);
  }

  /** Takes all outputs away and forgets what came of them. */
  deactivate(): void {
    this.dispose(undefined);
    this.#renderer = undefined;
    this.#container.replaceChildren();
    this.#listeners.clear();
    this.posted = [];
    this.keys = [];
    this.state = undefined;
    window.scrollTo(0, 0);
  }

  /** Renders an output; a second time in the element that it already has. */
  async show(id: string, text: string, mime = 'application/vnd.gdnb.run+json'): Promise<void> {
    const existing = this.#container.querySelector<HTMLElement>(`[data-output="${id}"]`);
    const element = existing ?? document.createElement('div');
    element.dataset['output'] = id;
    if (existing === null) this.#container.append(element);
    await this.#renderer?.renderOutputItem(outputItem(id, text, mime), element, new AbortController().signal);
  }

  dispose(id: string | undefined): void {
    this.#renderer?.disposeOutputItem?.(id);
  }

  /** Takes an element away, with or without telling the renderer, as the editor does both. */
  remove(id: string, tell = true): void {
    if (tell) this.dispose(id);
    this.#container.querySelector(`[data-output="${id}"]`)?.remove();
  }

  send(message: unknown): void {
    for (const listener of this.#listeners) listener(message);
  }

  #messaging(): Partial<RendererContext<unknown>> {
    return {
      postMessage: (message) => this.posted.push(message),
      onDidReceiveMessage: (listener) => {
        this.#listeners.add(listener);
        return { dispose: () => this.#listeners.delete(listener) };
      },
    };
  }
}

function outputItem(id: string, text: string, mime: string): OutputItem {
  const bytes = new TextEncoder().encode(text);
  return {
    id,
    mime,
    text: () => text,
    json: () => JSON.parse(text) as unknown,
    data: () => bytes,
    blob: () => new Blob([bytes]),
    metadata: {},
  };
}

const container = document.querySelector<HTMLElement>('#container');
if (container !== null) window.host = new Webview(container);
