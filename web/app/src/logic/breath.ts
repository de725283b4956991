/**
 * How wide the ring around a musician is, by their level: it opens with the attack of a note and
 * closes a little slower, as a breath does. What nobody would see is not drawn.
 */
import { decibels, meterPosition } from './decibels.js';

/** At full scale, of the seat. */
export const WIDEST = 1.5;
/** To get two thirds of the way, ms: up with the attack of a note, down a little slower. */
const RISE_MS = 40;
const FALL_MS = 120;
/** After a while in which nothing was drawn, one goes on from there. */
const LONGEST_MS = 80;
/** Of the width: a fifth of a pixel. */
const SEEN = 1 / 256;

export class Breath {
  #open = 0;
  #drawn = NaN;
  #at = NaN;

  /** `rms` is linear, 1 = full scale; `now` in ms. Answers how wide, of the seat; null: as before. */
  draw(rms: number, now: number): number | null {
    const aim = meterPosition(decibels(rms));
    const passed = Number.isNaN(this.#at) ? 0 : Math.min(LONGEST_MS, now - this.#at);
    this.#at = now;
    const pace = aim > this.#open ? RISE_MS : FALL_MS;
    this.#open += (aim - this.#open) * (1 - Math.exp(-passed / pace));
    const scale = Math.round((1 + (WIDEST - 1) * this.#open) / SEEN) * SEEN;
    if (scale === this.#drawn) return null;
    this.#drawn = scale;
    return scale;
  }
}
