/** Delay told as distance: how many metres of air delay a sound by as much. */

export const METRES_PER_MS = 0.343;

export function metresOfAir(ms: number): number {
  return ms * METRES_PER_MS;
}
