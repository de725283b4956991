/**
 * When to connect a microphone anew because too much of its sound waits (see microphone-queue.ts).
 * Pure: it is told what is the case, and says yes or no.
 */

/** What a reading of the queue may be wrong by, besides buffers. */
const MARGIN_MS = 4;
/** Seconds between two healings. */
const REST_S = 10;
const LONGEST_REST_S = 160;
/** An excess of so many times the threshold is worth a hearable change sooner. */
const LARGE = 2;

export class Healing {
  private readonly thresholdMs: number;
  private rest = REST_S;
  private last = -Infinity;

  /**
   * What the device delivers at once, and what the context renders at once, in ms. A new queue may
   * by chance be fuller than the last by as much as is delivered, and both blur what is read: below
   * that nothing would surely be gained.
   */
  constructor(captureMs: number, renderMs: number) {
    this.thresholdMs = captureMs + renderMs / 2 + MARGIN_MS;
  }

  /**
   * Whether to heal now, and if so, that it is done. `now` in seconds of any clock that does not
   * jump back. Drift brings the excess back after a minute or so, and each time this is right; but
   * where it does not last (the machine is too slow, or its devices stutter), healing is no cure,
   * and the rest grows.
   */
  due(now: number, excessMs: number | null): boolean {
    if (excessMs === null || excessMs <= this.thresholdMs) return false;
    const since = now - this.last;
    const large = excessMs > LARGE * this.thresholdMs;
    if (since < (large ? this.rest / 4 : this.rest)) return false;
    this.rest = since < 2 * this.rest ? Math.min(2 * this.rest, LONGEST_REST_S) : REST_S;
    this.last = now;
    return true;
  }
}
