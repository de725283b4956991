/**
 * The thin line of a meter: stays at the highest peak for a while, then falls evenly. Also knows
 * whether full scale was reached of late.
 */
const HOLD_MS = 1500;
const FALL_DB_PER_S = 24;
const CLIP_MS = 2000;
/** A 16-bit converter at its limit reads a little below 1. */
const CLIP_DB = -0.01;

export class PeakHold {
  #db = -Infinity;
  #heldAt = 0;
  #shownAt = 0;
  #clippedAt = -Infinity;

  /** Takes a peak in dB at a time in ms; answers where the line stands. */
  push(db: number, now: number): number {
    if (db >= CLIP_DB) this.#clippedAt = now;
    const falling = Math.max(0, now - Math.max(this.#heldAt + HOLD_MS, this.#shownAt));
    this.#db -= (falling / 1000) * FALL_DB_PER_S;
    this.#shownAt = now;
    if (db >= this.#db) {
      this.#db = db;
      this.#heldAt = now;
    }
    return this.#db;
  }

  clipped(now: number): boolean {
    return now - this.#clippedAt < CLIP_MS;
  }
}
