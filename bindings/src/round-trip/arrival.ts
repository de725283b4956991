/** The arrival of one sweep among all lags. */
import type { Arrivals } from './matched-filter.js';

/** Above all that is to be expected: noise alone reaches this at none of 48,000 lags. */
const HEARD_DB = 13;
/** A direct sound that is so much weaker than its strongest reflection is still found, */
const DIRECT_DB = 12;
/** when it comes so much before: 7 m less. A loudspeaker's distortion comes 70 ms before. */
const DIRECT_S = 0.02;
/** Nothing comes so shortly before an arrival, less the time that it takes to rise. */
export const BEFORE_S = 0.02;
const RISE_S = 0.001;

export interface Arrival {
  /** Frames. */
  lag: number;
  /** Power of its strongest sound above the mean power of noise at all lags. */
  snrDb: number;
}

/**
 * The first strong sound, not the strongest: that may be a reflection (ISO 3382-1 lets an impulse
 * response begin in this way). `arrivals` begin BEFORE_S before lag 0. null where nothing stands out.
 * Allocates.
 */
export function findArrival({ powers, expected }: Arrivals, sampleRate: number): Arrival | null {
  const first = Math.round(BEFORE_S * sampleRate);
  // While a sweep would arrive in silence, the slightest sound would stand out.
  const least = mean(expected);
  if (least === 0) return null;
  // A part of a sweep, or a tone, is like a sweep too, but for many milliseconds.
  const earlier = meansBefore(powers, first, Math.round(RISE_S * sampleRate));
  const ratio = (at: number): number => powers[at]! / Math.max(expected[at]!, least, earlier[at]!);
  let strongest = first;
  for (let at = first; at < powers.length; at++) {
    if (ratio(at) > ratio(strongest)) strongest = at;
  }
  const heard = 10 ** (HEARD_DB / 10);
  if (ratio(strongest) < heard) return null;

  const peak = powers[strongest]!;
  const enough = peak * 10 ** (-DIRECT_DB / 10);
  let at = Math.max(first, strongest - Math.round(DIRECT_S * sampleRate));
  while (powers[at]! < enough || ratio(at) < heard) at++;
  while (at < strongest && powers[at + 1]! > powers[at]!) at++;
  return { lag: at - first, snrDb: 10 * Math.log10(peak / meanOfNoise(powers)) };
}

/** Of the `length` values before each, less the last `gap` of them; 0 where there are not so many. */
function meansBefore(values: Float64Array, length: number, gap: number): Float64Array {
  let sum = 0;
  return Float64Array.from(values, (_, i) => {
    sum += (values[i - gap] ?? 0) - (values[i - length] ?? 0);
    return i < length ? 0 : Math.max(0, sum / (length - gap));
  });
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
