/** How fast a run is played, as multiples of `secondsForARun`. */
export const speeds = [0.25, 0.5, 1, 2, 4] as const;

const secondsForARun = 6;
const slowest = 4; // entries a second, so that a run of five steps is not a slide show
const calmInterval = 0.5; // seconds between pictures for those who asked for less motion

/** Where playing has come to `seconds` after it began at entry `from`, in a record whose last entry is `last`. */
export function playedTo(seconds: number, from: number, last: number, speed: number, calm: boolean): number {
  const perSecond = Math.max(slowest, last / secondsForARun) * speed;
  const passed = calm ? Math.floor(seconds / calmInterval) * calmInterval : seconds;
  return Math.min(last, Math.floor(from + passed * perSecond));
}
