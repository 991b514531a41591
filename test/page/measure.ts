/**
 * Measures how quick the figure is, on the lesson's 932 houses at 200 steps: `npx node test/page/measure.ts`.
 * Medians and 95th percentiles, in milliseconds; nothing here is a test, since a busy machine is slower.
 */
import { encodePayload } from '../../src/output/index.ts';
import { housesCell, payloadOf } from '../renderer/cells.ts';
import { Bench } from './page.ts';

const source = housesCell('learning_rate = 0.1\nsteps = 200\nlandscape = [w: -50..300, b: -100..150]');

const bench = await Bench.start();
try {
  const figure = await bench.open({ width: 1200 });
  const payload = await payloadOf(source);
  await figure.show(payload, 'first');
  await figure.page.evaluate(() => {
    window.host.remove('first');
  });
  const measured = await figure.page.evaluate(async (text) => {
    const painted = (): Promise<void> =>
      new Promise((resolve) => {
        requestAnimationFrame(() => {
          const channel = new MessageChannel();
          channel.port1.onmessage = () => {
            resolve();
          };
          channel.port2.postMessage(0);
        });
      });
    const paints: number[] = [];
    for (let index = 0; index < 10; index += 1) {
      const began = performance.now();
      await window.host.show(`paint-${index}`, text);
      await painted();
      paints.push(performance.now() - began);
      window.host.remove(`paint-${index}`);
    }
    await window.host.show('moving', text);
    const move = async (
      selector: string,
      value: (index: number) => number,
    ): Promise<[number[], number[]]> => {
      const input = document.querySelector<HTMLInputElement>(selector);
      const [untilPainted, handling]: [number[], number[]] = [[], []];
      for (let index = 0; input !== null && index < 80; index += 1) {
        input.valueAsNumber = value(index);
        const began = performance.now();
        input.dispatchEvent(new Event('input', { bubbles: true }));
        handling.push(performance.now() - began);
        await painted();
        untilPainted.push(performance.now() - began);
      }
      return [untilPainted.slice(20), handling.slice(20)];
    };
    const [slider, kernel] = await move('.gd-slider', (index) => 150 + index);
    const [scrub] = await move('.gd-scrub', (index) => 2 * index);
    return {
      'first paint, with Plotly there': paints,
      'slider: input to painted': slider,
      'slider: of that the run': kernel,
      'scrub: input to painted': scrub,
    };
  }, encodePayload(payload));
  for (const [name, values] of Object.entries(measured)) {
    const sorted = [...values].sort((a, b) => a - b);
    const at = (share: number): string => (sorted[Math.floor(share * (sorted.length - 1))] ?? NaN).toFixed(1);
    console.log(`${name.padEnd(34)} median ${at(0.5).padStart(6)}   95 % ${at(0.95).padStart(6)}`);
  }
} finally {
  await bench.stop();
}
