/** The acoustic round trip in words. */
import type { RoundTrip } from 'tutti/round-trip';
import type { Words } from '../words/en.js';
import type { Fact } from './bench-facts.js';
import { NOTHING } from './bench-table.js';
import { milliseconds, number, percent } from './units.js';

/** The number first, then how far it can be relied on, then what would help most. */
export function acousticSentences(trip: RoundTrip, w: Words): string[] {
  const { language, bench } = w;
  const { acoustic: a } = bench;
  const sentences = [
    trip.roundTripMs === null || trip.roundTripFrames === null
      ? a.nothing
      : a.result(
          milliseconds(trip.roundTripMs, language, 1),
          number(trip.roundTripFrames, language),
          number(trip.sampleRate, language),
        ),
    a.verdict[trip.verdict],
  ];
  if (trip.advice !== null) sentences.push(a.advice[trip.advice]);
  return sentences;
}

export function acousticFacts(trip: RoundTrip, w: Words): Fact[] {
  const { language, bench } = w;
  const { facts: f } = bench.acoustic;
  const ms = (value: number | null, digits = 1): string =>
    value === null ? NOTHING : milliseconds(value, language, digits);
  const db = (value: number | null, unit: string): string =>
    value === null ? NOTHING : `${number(value, language, 1)}\u00a0${unit}`;
  return [
    { ...f.confidence, value: percent(trip.confidence, 1, language, 0) },
    {
      ...f.agreeing,
      value: bench.acoustic.of(number(trip.agreeing, language), number(trip.repetitions, language)),
    },
    { ...f.each, value: trip.eachMs.map((one) => ms(one)).join(' / ') },
    { ...f.spread, value: ms(trip.spreadMs, 2) },
    { ...f.snr, value: db(trip.snrDb, 'dB') },
    { ...f.peak, value: db(trip.peakDbfs, 'dBFS') },
    { ...f.baseLatency, value: ms(trip.baseLatencyMs) },
    { ...f.outputLatency, value: ms(trip.outputLatencyMs) },
    { ...f.inputLatency, value: ms(trip.inputLatencyMs) },
  ];
}
