/** Where so much of an element is in view, it is: half of it, or so many pixels. */
const share = 0.5;
const height = 160;

/**
 * How long the editor may take to draw what is new, to make room for it, and to scroll, in milliseconds in which the
 * page can be drawn. Who waits for the scrolling is not kept waiting for long.
 */
const patience = { drawing: 1000, room: 1500, roomBeforeScrolling: 600, scrolling: 500 };
/** Of a longer time between two frames, in milliseconds, the rest was taken by other work, such as a figure's. */
const longestFrame = 100;
/** Cells above that are drawn meanwhile push the target away. */
const mostScrolls = 3;

let links = 0;

/** What is looked for, once it is there; undefined where it does not come in so many milliseconds of drawing. */
export async function firstFound<T>(
  look: () => T | undefined,
  wait = patience.drawing,
): Promise<T | undefined> {
  let last = performance.now();
  for (let waited = 0; look() === undefined && waited < wait;) {
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    waited += Math.min(now - last, longestFrame);
    last = now;
  }
  return look();
}

/** Whether an element of the notebook is in view; with `scroll`, once the editor has scrolled to it. */
export async function bringIntoView(target: HTMLElement, scroll: boolean): Promise<boolean> {
  if (!scroll) return isInView(target, patience.room);
  if (await isInView(target, patience.roomBeforeScrolling)) return true;
  for (let scrolls = 0; scrolls < mostScrolls; scrolls += 1) {
    scrollTo(target);
    if (await isInView(target, patience.scrolling)) return true;
  }
  return false;
}

async function isInView(target: HTMLElement, wait: number): Promise<boolean> {
  let isSeen = false;
  const observer = new IntersectionObserver(
    (entries) => {
      const entry = entries.at(-1);
      isSeen =
        entry !== undefined && (entry.intersectionRatio >= share || entry.intersectionRect.height >= height);
    },
    { threshold: [0, 0.1, 0.2, 0.3, 0.4, share] },
  );
  observer.observe(target);
  await firstFound(() => isSeen || undefined, wait);
  observer.disconnect();
  return isSeen;
}

/** As a link within a notebook does: the editor, which alone can scroll, follows it. */
function scrollTo(target: HTMLElement): void {
  links += target.id === '' ? 1 : 0;
  target.id ||= `gd-place-${links}`;
  const link = document.createElement('a');
  link.href = `#${target.id}`;
  link.addEventListener('click', (event) => {
    event.preventDefault();
  });
  target.append(link);
  link.click();
  link.remove();
}
