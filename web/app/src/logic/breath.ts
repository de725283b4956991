/**
 * How wide the ring around a musician is, by their level. Levels come 25 times a second, the screen
 * is drawn more often: in between the ring goes on towards the last one. What nobody would see is
 * not drawn.
 */
import { decibels, meterPosition } from './decibels.js';

/** At full scale, of the seat. */
const WIDEST = 1.5;
/** To get two thirds of the way, ms: up with the attack of a note, down a little slower. */
const RISE_MS = 40;
const FALL_MS = 120;
/** After a while in which nothing was drawn, one goes on from there. */
const LONGEST_MS = 50;
/** Of the width: a fifth of a pixel. */
const SEEN = 1 / 256;

export interface Drawn {
  /** null: as it was. */
  scale: number | null;
  /** Not there yet. */
  moving: boolean;
}

export class Breath {
  #open = 0;
  #drawn = NaN;
  #at = NaN;

  /** `rms` is linear, 1 = full scale; `now` in ms. */
  draw(rms: number, now: number): Drawn {
    const aim = meterPosition(decibels(rms));
    const passed = Number.isNaN(this.#at) ? 0 : Math.min(LONGEST_MS, now - this.#at);
    this.#at = now;
    const pace = aim > this.#open ? RISE_MS : FALL_MS;
    this.#open += (aim - this.#open) * (1 - Math.exp(-passed / pace));
    const scale = Math.round((1 + (WIDEST - 1) * this.#open) / SEEN) * SEEN;
    const same = scale === this.#drawn;
    this.#drawn = scale;
    return { scale: same ? null : scale, moving: Math.abs(aim - this.#open) * (WIDEST - 1) > SEEN };
  }
}
