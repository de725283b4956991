/**
 * A musician on the stage taken hold of, by mouse, finger or pen, from the press to letting go. A
 * press becomes a drag once it has gone a few pixels; until then it may be a click.
 */

const DRAG_PX = 4;

export class StageHold {
  /** Where the middle of the figure is now, px from the stage's left edge. */
  x: number;
  dragging = false;
  readonly #from: number;
  /** Between the two ways of counting, with where on the figure the finger is. */
  readonly #apart: number;

  /** `pointer`: px of the window; `x`: the middle of the figure. */
  constructor(
    readonly id: string,
    pointer: number,
    x: number,
  ) {
    this.x = x;
    this.#from = pointer;
    this.#apart = pointer - x;
  }

  /** True when the figure goes along. */
  move(pointer: number): boolean {
    this.dragging ||= Math.abs(pointer - this.#from) >= DRAG_PX;
    if (this.dragging) this.x = pointer - this.#apart;
    return this.dragging;
  }
}
