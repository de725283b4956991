/**
 * The age of a musician's sound as the stage shows it, in metres of air. Measurements tremble by a
 * few tenths of a millisecond; a figure that trembles along says nothing. So it stands still until
 * the sound is clearly elsewhere, and then goes there at once.
 */
import { metresOfAir } from './air.js';

/** One reading in so many may be far off without anything happening. */
const READINGS = 3;
/** Nobody is moved for less, m, */
const CLEARLY_M = 0.5;
/** or for less than this share of the distance: far away, half a metre is nothing. */
const CLEARLY_SHARE = 0.06;

export class SteadyAge {
  readonly #readings: number[] = [];
  #metres: number | null = null;

  /** Takes an age in ms, a few times a second; null while it is not known. */
  read(ms: number | null): void {
    if (ms === null) return;
    this.#readings.push(metresOfAir(Math.max(0, ms)));
    if (this.#readings.length > READINGS) this.#readings.shift();
    const now = median(this.#readings);
    const shown = this.#metres;
    const least = Math.max(CLEARLY_M, CLEARLY_SHARE * (shown ?? 0));
    if (shown === null || Math.abs(now - shown) >= least) this.#metres = now;
  }

  /** null before the first reading; the last one that was known when the sound has stopped. */
  get metres(): number | null {
    return this.#metres;
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)]!;
}
