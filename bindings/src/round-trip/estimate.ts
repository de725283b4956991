/**
 * The round trip in a recording. Needs nothing of the browser, so it runs in a worker and in Node;
 * a third of a second of work at 48 kHz. Allocates.
 */
import { BEFORE_S, findArrival, type Arrival } from './arrival.js';
import type { RoundTrip, RoundTripAdvice, RoundTripVerdict } from './api.js';
import { hearing, type Hearing } from './hearing.js';
import { MatchedFilter } from './matched-filter.js';
import type { Sweeps } from './sweeps.js';

/** What the recording alone tells. */
export type Estimate = Omit<RoundTrip, 'baseLatencyMs' | 'outputLatencyMs' | 'inputLatencyMs'>;

/** All that agree lie within these. */
const AGREE_S = 0.002;
/** Confidence grows with the signal-to-noise ratio of the arrivals between these. */
const DOUBTFUL_DB = 10;
const CLEAR_DB = 20;
/** One sweep of five may be missing. */
const GOOD = 0.75;
/** A room whose quiet moments are louder is to blame, and not the loudspeaker. */
const NOISY_DBFS = -50;

/**
 * `recording`: what arrived from the first frame of the sweeps' sound on, as many frames, 1 = full
 * scale; a shorter one counts as silent afterwards. `processing`: the browser keeps speech processing
 * on.
 */
export function estimateRoundTrip(
  recording: Float32Array,
  sweeps: Sweeps,
  processing: boolean,
): Estimate {
  const { sampleRate } = sweeps;
  const arrivals = arrivalsIn(recording, sweeps);
  const agreeing = majority(arrivals, Math.round(AGREE_S * sampleRate));
  const ms = (frames: number): number => (frames / sampleRate) * 1000;
  const lags = agreeing.map(({ lag }) => lag);
  const roundTrip = median(lags);
  const snrDb = median(agreeing.map((arrival) => arrival.snrDb));
  const confidence = (agreeing.length / arrivals.length) * clarity(snrDb ?? -Infinity);
  const verdict = judge(roundTrip, confidence);
  const heard = hearing(recording, sampleRate);
  return {
    sampleRate,
    roundTripFrames: roundTrip,
    roundTripMs: roundTrip === null ? null : ms(roundTrip),
    spreadMs: roundTrip === null ? null : ms(lags.at(-1)! - lags[0]!),
    repetitions: arrivals.length,
    agreeing: agreeing.length,
    eachMs: arrivals.map((arrival) => (arrival === null ? null : ms(arrival.lag))),
    snrDb,
    peakDbfs: heard.peakDbfs,
    confidence,
    verdict,
    advice: advise(verdict, arrivals, agreeing.length, heard, processing),
  };
}

function arrivalsIn(recording: Float32Array, sweeps: Sweeps): (Arrival | null)[] {
  const { sampleRate, lowestHz, highestHz, range } = sweeps;
  const before = Math.round(BEFORE_S * sampleRate);
  const lags = before + range + 1;
  const frames = lags - 1 + sweeps.upwards.length;
  const filter = new MatchedFilter(frames, sampleRate, lowestHz, highestHz);
  const upwards = filter.reference(sweeps.upwards);
  const downwards = filter.reference(sweeps.downwards);
  return sweeps.sweeps.map((sweep) => {
    const reference = sweep.upwards ? upwards : downwards;
    const arrivals = filter.arrivals(recording, sweep.start - before, reference, lags);
    return findArrival(arrivals, sampleRate);
  });
}

/** The most that lie within `width` frames, by lag; the closest of as many; none if no majority. */
function majority(arrivals: readonly (Arrival | null)[], width: number): Arrival[] {
  const sorted = arrivals.filter((arrival) => arrival !== null).sort((a, b) => a.lag - b.lag);
  let best: Arrival[] = [];
  for (const first of sorted) {
    const near = sorted.filter(({ lag }) => lag >= first.lag && lag <= first.lag + width);
    if (near.length > best.length || (near.length === best.length && span(near) < span(best))) {
      best = near;
    }
  }
  return best.length > arrivals.length / 2 ? best : [];
}

function span(sorted: readonly Arrival[]): number {
  return sorted.at(-1)!.lag - sorted[0]!.lag;
}

/** The lower one of an even number; null of none. */
function median(values: readonly number[]): number | null {
  return values.slice().sort((a, b) => a - b)[(values.length - 1) >> 1] ?? null;
}

function clarity(snrDb: number): number {
  return Math.min(1, Math.max(0, (snrDb - DOUBTFUL_DB) / (CLEAR_DB - DOUBTFUL_DB)));
}

function judge(roundTrip: number | null, confidence: number): RoundTripVerdict {
  if (roundTrip === null) return 'not-heard';
  return confidence >= GOOD ? 'good' : 'uncertain';
}

function advise(
  verdict: RoundTripVerdict,
  arrivals: readonly (Arrival | null)[],
  agreeing: number,
  { peakDbfs, quietDbfs, clips }: Hearing,
  processing: boolean,
): RoundTripAdvice | null {
  if (peakDbfs === null) return 'silent';
  if (processing) return 'processing-on';
  if (clips) return 'too-loud';
  if (verdict === 'good') return null;
  const clear = arrivals.filter((arrival) => arrival !== null && arrival.snrDb >= CLEAR_DB).length;
  if (clear > arrivals.length / 2 && clear > agreeing) return 'unsteady';
  return quietDbfs >= NOISY_DBFS ? 'noisy' : 'too-quiet';
}
