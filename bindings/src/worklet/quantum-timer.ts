/**
 * How long process() takes. Most browsers give the worklet no clock but Date.now(), which only
 * tells overruns of a whole millisecond; where there is `performance`, a histogram tells the rest.
 * Allocates nothing after construction.
 */
const BINS = 256;
/** Bins grow by 5 % from 1 us: 256 of them reach beyond 200 ms. */
const GROWTH = Math.log(1.05);

export class QuantumTimer {
  overruns = 0;
  private readonly fine: { now(): number } | undefined = (
    globalThis as { performance?: { now(): number } }
  ).performance;
  private readonly histogram = new Uint32Array(BINS);
  private count = 0;
  private startedMs = 0;

  start(): void {
    this.startedMs = this.fine ? this.fine.now() : Date.now();
  }

  stop(budgetMs: number): void {
    if (this.fine === undefined) {
      // A whole tick more than the budget was surely an overrun.
      if (Date.now() - this.startedMs >= budgetMs + 1) this.overruns++;
      return;
    }
    const ms = this.fine.now() - this.startedMs;
    if (ms > budgetMs) this.overruns++;
    const bin = Math.floor(Math.log(Math.max(1, ms * 1000)) / GROWTH);
    const at = Math.min(BINS - 1, bin);
    this.histogram[at] = this.histogram[at]! + 1;
    this.count++;
  }

  /** In us; null without a fine clock or before the first quantum. */
  quantile(share: number): number | null {
    if (this.count === 0) return null;
    let left = share * this.count;
    for (let bin = 0; bin < BINS; bin++) {
      left -= this.histogram[bin]!;
      if (left <= 0) return Math.exp((bin + 0.5) * GROWTH);
    }
    return null;
  }
}
