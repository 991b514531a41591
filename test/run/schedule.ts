import type { Stage } from './stages.ts';

/**
 * Runs stages, at most `width` at a time, in their order as far as their needs allow; a stage that wants the
 * machine alone gets it. A stage whose need failed is not run: `skip` is called with it instead.
 */
export async function runStages(
  stages: Stage[],
  width: number,
  run: (stage: Stage) => Promise<boolean>,
  skip: (stage: Stage, need: string) => void,
): Promise<void> {
  const waiting = [...stages];
  const running = new Map<Stage, Promise<void>>();
  const ended = new Map<string, boolean>();
  const isKnown = (need: string) => stages.some((stage) => stage.name === need);

  const start = (stage: Stage) => {
    const work = run(stage).then((ok) => {
      ended.set(stage.name, ok);
      running.delete(stage);
    });
    running.set(stage, work);
  };
  const canStart = (stage: Stage) => {
    const needsMet = (stage.needs ?? []).every((need) => !isKnown(need) || ended.has(need));
    const alone = stage.alone === true || [...running.keys()].some((other) => other.alone);
    return needsMet && (alone ? running.size === 0 : running.size < width);
  };

  while (waiting.length > 0 || running.size > 0) {
    const next = waiting.findIndex(canStart);
    const [stage] = next < 0 ? [] : waiting.splice(next, 1);
    if (stage === undefined) {
      await Promise.race(running.values());
      continue;
    }
    const brokenNeed = stage.needs?.find((need) => ended.get(need) === false);
    if (brokenNeed === undefined) start(stage);
    else {
      ended.set(stage.name, false);
      skip(stage, brokenNeed);
    }
  }
}
