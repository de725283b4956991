/**
 * One word on whether the microphone's level is right for playing, calm enough to be a sentence:
 * it judges the loudest peak of the last seconds, and a verdict stands for a moment before another
 * may replace it.
 */
export type LevelVerdict = 'listening' | 'silent' | 'quiet' | 'good' | 'loud';

/** Where the loudest notes should peak, in dB. Drawn on the meter. */
export const GOOD_ZONE = { from: -30, to: -6 } as const;

const SILENT_DB = -57;
const LOUD_DB = -1.5;
/** How far back it listens. */
const WINDOW_MS = 4000;
/** The least time that a verdict stands; too loud is told at once. */
const STAND_MS = 1500;

export class LevelHelp {
  #peaks: { db: number; at: number }[] = [];
  #since: number | null = null;
  #verdict: LevelVerdict = 'listening';
  #changedAt = -Infinity;

  /** Takes a peak in dB at a time in ms (25 times a second); answers the verdict. */
  push(db: number, now: number): LevelVerdict {
    this.#since ??= now;
    // Only peaks that a later one does not exceed can still matter: the list stays short.
    while (this.#peaks.length > 0 && (this.#peaks.at(-1)?.db ?? Infinity) <= db) this.#peaks.pop();
    this.#peaks.push({ db, at: now });
    while ((this.#peaks[0]?.at ?? Infinity) < now - WINDOW_MS) this.#peaks.shift();

    const next = this.#judge(this.#peaks[0]?.db ?? -Infinity, now - this.#since);
    const mayChange = now - this.#changedAt >= STAND_MS || next === 'loud';
    if (next !== this.#verdict && mayChange) {
      this.#verdict = next;
      this.#changedAt = now;
    }
    return this.#verdict;
  }

  /** Another device or channel: forget. */
  reset(): void {
    this.#peaks = [];
    this.#since = null;
    this.#verdict = 'listening';
    this.#changedAt = -Infinity;
  }

  #judge(loudest: number, heardFor: number): LevelVerdict {
    if (loudest >= LOUD_DB) return 'loud';
    if (loudest >= GOOD_ZONE.from) return 'good';
    if (heardFor < WINDOW_MS) return 'listening';
    return loudest >= SILENT_DB ? 'quiet' : 'silent';
  }
}
