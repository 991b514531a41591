/** An improvement counts when it is larger than this share of the best loss so far. */
const leastImprovement = 1e-4;

/** Tells when a loss has not been better than the best by enough for so many times in a row. */
export class Patience {
  private readonly times: number;
  private best = Infinity;
  private waited = 0;

  constructor(times: number) {
    this.times = times;
  }

  /** Takes the next loss; true when it is time to stop. */
  isOver(loss: number): boolean {
    const threshold = this.best === Infinity ? Infinity : this.best - leastImprovement * Math.abs(this.best);
    if (loss < threshold) {
      this.best = loss;
      this.waited = 0;
    } else {
      this.waited++;
    }
    return this.waited >= this.times;
  }
}
