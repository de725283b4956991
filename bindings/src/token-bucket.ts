/** What somebody else may ask of us: up to `burst` at once, and so many a second. */
export class TokenBucket {
  private tokens: number;
  private filledAt = -Infinity;

  constructor(
    private readonly burst: number,
    private readonly perSecond: number,
  ) {
    this.tokens = burst;
  }

  /** Takes one, or answers false. `nowMs`: of any clock that never goes back. */
  take(nowMs: number): boolean {
    const seconds = (nowMs - this.filledAt) / 1000;
    this.filledAt = nowMs;
    this.tokens = Math.min(this.burst, this.tokens + seconds * this.perSecond);
    if (this.tokens < 1) return false;
    this.tokens--;
    return true;
  }
}
