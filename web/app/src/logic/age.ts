/**
 * How old a musician's sound is when it is heard: from their microphone to the loudspeaker here, as
 * far as it is known. Every place that tells it takes it from here, so that all say the same.
 */
import type { LatencyBudget } from 'tutti';

/** ms; null while nothing is known. The budget leaves out what the way to the mix alone has not. */
export function ageMs(
  budget: LatencyBudget | null,
  captureToPlayoutMs: number | null,
): number | null {
  return budget?.totalMs ?? captureToPlayoutMs;
}
