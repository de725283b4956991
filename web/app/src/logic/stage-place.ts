/**
 * Where a sound stands on the stage, seen from above, you at the middle of the front edge: to the
 * left or right by its pan, near or far by its age as metres of air.
 *
 * Distances are drawn by their square root: from three metres to six is felt more than from
 * seventeen to twenty, and has more room. Arcs of one distance are ellipses, as a stage is wide.
 */

/** Where the arcs are drawn, m. */
export const ARCS = [3, 6, 10, 20] as const;
/** The back wall, m: whatever is further away stands there. */
export const BACK_M = 26;
/** Half of the stage's width and most of its height, as shares of them: where the back wall is. */
export const REACH = { x: 0.47, y: 0.7 };
/** Where you are, as a share of the height from above. */
export const FRONT = 0.86;
/** From straight ahead to where pan -1 and +1 are, radians: 70 degrees. */
const WIDEST = (70 / 180) * Math.PI;

/** A stage of so many pixels. */
export interface StageSize {
  width: number;
  height: number;
}

/** Pixels from the upper left corner. */
export interface Point {
  x: number;
  y: number;
}

/** 0 at your place, 1 at the back wall. */
export function depth(metres: number): number {
  return Math.sqrt(Math.min(BACK_M, Math.max(0, metres)) / BACK_M);
}

/** `pan` from -1 (left) to +1. */
export function placeOf(pan: number, metres: number, { width, height }: StageSize): Point {
  const angle = pan * WIDEST;
  const far = depth(metres);
  return {
    x: width * (0.5 + REACH.x * far * Math.sin(angle)),
    y: height * (FRONT - REACH.y * far * Math.cos(angle)),
  };
}

/** The pan of who stands so far to the right on the arc of `metres`, -1 to +1. */
export function panAt(x: number, metres: number, { width }: StageSize): number {
  const sine = (x / width - 0.5) / (REACH.x * Math.max(depth(metres), 1e-3));
  const pan = Math.asin(Math.min(1, Math.max(-1, sine))) / WIDEST;
  return Math.min(1, Math.max(-1, pan));
}
