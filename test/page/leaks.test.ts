import assert from 'node:assert/strict';

import { encodePayload } from '../../src/output/index.ts';
import { housesCell, payloadOf } from '../renderer/cells.ts';
import { Bench } from './page.ts';
import type { FigurePage } from './page.ts';

const rounds = 100;

describe('a figure that goes', function () {
  this.timeout(600_000);
  let bench: Bench;

  before(async () => {
    bench = await Bench.start();
  });

  after(async () => {
    await bench.stop();
  });

  /** Counts, from now on, the observers that are alive and the listeners on what outlives a figure. */
  const count = (figure: FigurePage): Promise<void> =>
    figure.page.evaluate(() => {
      const counts = { observers: 0, listeners: 0 };
      Object.assign(window, { counts });
      for (const Observer of [MutationObserver, ResizeObserver, IntersectionObserver]) {
        const alive = new WeakSet();
        const { prototype } = Observer as unknown as {
          prototype: Record<'observe' | 'disconnect', (...all: unknown[]) => void>;
        };
        const { observe, disconnect } = prototype;
        prototype.observe = function (this: object, ...all: unknown[]) {
          if (!alive.has(this)) counts.observers += 1;
          alive.add(this);
          observe.apply(this, all);
        };
        prototype.disconnect = function (this: object) {
          if (alive.has(this)) counts.observers -= 1;
          alive.delete(this);
          disconnect.apply(this);
        };
      }
      for (const target of [window, document, document.body, document.documentElement]) {
        const add = target.addEventListener.bind(target);
        const remove = target.removeEventListener.bind(target);
        target.addEventListener = (
          type: string,
          ...rest: [EventListenerOrEventListenerObject, boolean?]
        ): void => {
          counts.listeners += 1;
          add(type, ...rest);
        };
        target.removeEventListener = (
          type: string,
          ...rest: [EventListenerOrEventListenerObject, boolean?]
        ): void => {
          counts.listeners -= 1;
          remove(type, ...rest);
        };
      }
    });

  const heap = async (figure: FigurePage): Promise<{ bytes: number; nodes: number; listeners: number }> => {
    const session = await figure.page.context().newCDPSession(figure.page);
    await session.send('HeapProfiler.enable');
    await session.send('HeapProfiler.collectGarbage');
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize: bytes } = await session.send('Runtime.getHeapUsage');
    const { nodes, jsEventListeners: listeners } = await session.send('Memory.getDOMCounters');
    await session.detach();
    return { bytes, nodes, listeners };
  };

  it(`leaves no plot, listener or observer behind after ${rounds} rounds of open, run and close`, async () => {
    const figure = await bench.open({ fresh: true });
    const text = encodePayload(await payloadOf(housesCell('learning_rate = 0.1\nsteps = 60')));
    const round = (times: number): Promise<void> =>
      figure.page.evaluate(
        async ([payload, howOften]) => {
          for (let index = 0; index < howOften; index += 1) {
            const id = `round-${index}`;
            await window.host.show(id, payload);
            document.querySelector<HTMLButtonElement>('[data-action="first"]')?.click();
            const slider = document.querySelector<HTMLInputElement>('.gd-slider');
            if (slider !== null) {
              slider.valueAsNumber = 200 + index;
              slider.dispatchEvent(new Event('input', { bubbles: true }));
            }
            document.querySelector<HTMLButtonElement>('[data-action="play"]')?.click();
            await new Promise(requestAnimationFrame);
            await window.host.show(id, payload);
            window.host.remove(id, index % 3 !== 0);
          }
          await window.host.show('last', payload);
          window.host.remove('last');
          await new Promise(requestAnimationFrame);
        },
        [text, times] as const,
      );
    await count(figure);
    await round(10);
    const before = await heap(figure);
    await round(rounds);
    const after = await heap(figure);
    const counts = await figure.page.evaluate(() => (window as unknown as { counts: unknown }).counts);
    assert.deepEqual(counts, { observers: 0, listeners: 0 });
    assert.equal(await figure.page.locator('.js-plotly-plot').count(), 0);
    assert.equal(after.nodes - before.nodes < 200, true, `${after.nodes - before.nodes} nodes left`);
    assert.equal(
      after.listeners - before.listeners < 50,
      true,
      `${after.listeners - before.listeners} listeners left`,
    );
    assert.equal(after.bytes - before.bytes < 3_000_000, true, `${after.bytes - before.bytes} bytes left`);
    assert.deepEqual(figure.errors, []);
    await figure.close();
  });
});
