/** The arrival of one sweep among all lags. */
import type { Arrivals } from './matched-filter.js';

/** Above what is to be expected: noise alone reaches this at none of 48,000 lags. */
const HEARD_DB = 13;
/** A direct sound that is so much weaker than its strongest reflection is still found, */
const DIRECT_DB = 12;
/** when it comes so much before: 7 m less. A loudspeaker's distortion comes 70 ms before. */
const DIRECT_S = 0.02;

export interface Arrival {
  /** Frames. */
  lag: number;
  /** Power of its strongest sound above the mean power of noise at all lags. */
  snrDb: number;
}

/**
 * The first strong sound, not the strongest: that may be a reflection (ISO 3382-1 lets an impulse
 * response begin in this way). null where nothing stands out. Allocates.
 */
export function findArrival({ powers, expected }: Arrivals, sampleRate: number): Arrival | null {
  // While a sweep would arrive in silence, the slightest sound would stand out.
  const least = mean(expected);
  const ratio = (lag: number): number => powers[lag]! / Math.max(expected[lag]!, least);
  if (least === 0) return null;
  let strongest = 0;
  for (let lag = 1; lag < powers.length; lag++) {
    if (ratio(lag) > ratio(strongest)) strongest = lag;
  }
  const heard = 10 ** (HEARD_DB / 10);
  if (ratio(strongest) < heard) return null;

  const peak = powers[strongest]!;
  const enough = peak * 10 ** (-DIRECT_DB / 10);
  let lag = Math.max(0, strongest - Math.round(DIRECT_S * sampleRate));
  while (powers[lag]! < enough || ratio(lag) < heard) lag++;
  while (lag < strongest && powers[lag + 1]! > powers[lag]!) lag++;
  return { lag, snrDb: 10 * Math.log10(peak / meanOfNoise(powers)) };
}

function mean(values: Float64Array): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}

/**
 * Powers of noise are distributed exponentially: their mean is their median by ln 2, and the median
 * does not see the arrival and its echoes.
 */
function meanOfNoise(powers: Float64Array): number {
  const sorted = powers.slice().sort();
  // Sound without any noise leaves rounding errors.
  return Math.max(sorted[sorted.length >> 1]! / Math.LN2, sorted.at(-1)! * 1e-12);
}
