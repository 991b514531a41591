import type { Place } from '../curve.ts';
import type { Plot } from './plot.ts';

const stepsAcross = 200;

/** Lets a press or a drag on a picture choose a place on it, rounded to what the eye can tell apart. */
export function startDragging(plot: Plot, choose: (place: Place, settled: boolean) => void): void {
  const { element } = plot;
  let dragging = false;
  const placeOf = (event: PointerEvent): Place => {
    const { left, top } = element.getBoundingClientRect();
    const { frame } = plot;
    const at = {
      x: clamp(event.clientX - left, frame.left, frame.left + frame.width),
      y: clamp(event.clientY - top, frame.top, frame.top + frame.height),
    };
    const low = plot.toValues({ x: frame.left, y: frame.top + frame.height });
    const high = plot.toValues({ x: frame.left + frame.width, y: frame.top });
    const { x, y } = plot.toValues(at);
    return { x: rounded(x, high.x - low.x), y: rounded(y, high.y - low.y) };
  };
  element.addEventListener('pointerdown', (event) => {
    const { left, top } = element.getBoundingClientRect();
    const { frame } = plot;
    const [x, y] = [event.clientX - left - frame.left, event.clientY - top - frame.top];
    if (event.button !== 0 || x < 0 || x > frame.width || y < 0 || y > frame.height) return;
    dragging = true;
    element.setPointerCapture(event.pointerId);
    choose(placeOf(event), false);
  });
  element.addEventListener('pointermove', (event) => {
    if (dragging) choose(placeOf(event), false);
  });
  element.addEventListener('pointerup', (event) => {
    if (!dragging) return;
    dragging = false;
    choose(placeOf(event), true);
  });
  element.addEventListener('pointercancel', () => {
    dragging = false;
  });
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/** A value to the decimal place that the window's length makes visible. */
function rounded(value: number, length: number): number {
  const place = Math.floor(Math.log10(length / stepsAcross));
  return place >= 0
    ? Math.round(value / 10 ** place) * 10 ** place
    : Number(value.toFixed(Math.min(20, -place)));
}
