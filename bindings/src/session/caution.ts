/** The choice between quick and safe, and what it is to the engine. */

/** Halfway: the engine's own default. */
export const DEFAULT_CAUTION = 0.5;

/** Clamped to 0 (quick) to 1 (safe); what is not a number is the default. */
export function asCaution(value: number): number {
  return Number.isNaN(value) ? DEFAULT_CAUTION : Math.min(1, Math.max(0, value));
}

/**
 * The engine's peerLateCost: how many ms of delay one percent of late packets is worth, 1 to 100.
 * Every step along the way multiplies it by as much, for so it is felt.
 */
export function lateCostOf(caution: number): number {
  return 100 ** asCaution(caution);
}
