/** The rows of the numbers drawer: what is measured, in words and units. */
import type { PeerStats, SessionStats } from 'tutti';
import type { Words } from '../words/en.js';
import { duration, milliseconds, number, percent } from './units.js';

/** concealedFrames are counted at 48 kHz, whatever the device's rate. */
const CONCEALED_PER_MS = 48;

export interface Row {
  label: string;
  value: string;
}

export interface PeerRow {
  label: string;
  /** One for each peer, in the order of the stats. */
  values: string[];
}

/** What is true of the whole page. */
export function pageRows(stats: SessionStats, w: Words): Row[] {
  const [path, pipe] = stats.transport.split('/') as ['worker' | 'main', 'ring' | 'port'];
  const { sampleRate, baseLatencyMs, outputLatencyMs } = stats.context;
  const { latencyMs, heals } = stats.microphone;
  const { quantumUsP50, quantumUsP99, overruns } = stats.engine;
  const us = (value: number | null): string =>
    value === null ? w.numbers.unknown : `${number(value, w.language)}\u00a0µs`;
  const ms = (value: number | null): string =>
    value === null ? w.numbers.unknown : milliseconds(value, w.language, 1);
  return [
    { label: w.numbers.transport, value: `${w.numbers.path[path]}, ${w.numbers.pipe[pipe]}` },
    { label: w.numbers.sampleRate, value: `${number(sampleRate, w.language)}\u00a0Hz` },
    { label: w.numbers.baseLatency, value: ms(baseLatencyMs) },
    { label: w.numbers.outputLatency, value: ms(outputLatencyMs) },
    { label: w.numbers.ownMicrophone, value: ms(latencyMs) },
    { label: w.numbers.heals, value: number(heals, w.language) },
    { label: w.numbers.engine, value: us(quantumUsP50) },
    { label: w.numbers.engineWorst, value: us(quantumUsP99) },
    { label: w.numbers.overruns, value: number(overruns, w.language) },
  ];
}

/** What is measured of each musician. */
export function peerRows(stats: SessionStats, w: Words): PeerRow[] {
  const { language } = w;
  const ms = (value: number | null): string =>
    value === null ? '–' : milliseconds(value, language, 1);
  const share = (part: number, peer: PeerStats): string =>
    `${number(part, language)} (${percent(part, peer.received + peer.lost, language)})`;
  const rows: [string, (peer: PeerStats) => string][] = [
    [w.numbers.playoutDelay, (p) => ms(p.playoutDelayMs)],
    [w.numbers.targetDelay, (p) => ms(p.targetDelayMs)],
    [w.numbers.jitter, (p) => ms(p.jitterMs)],
    [
      w.numbers.concealedShare,
      (p) => (p.concealedShare === null ? '–' : percent(p.concealedShare, 1, language)),
    ],
    [w.numbers.captureToPlayout, (p) => ms(p.captureToPlayoutMs)],
    [w.numbers.rtt, (p) => ms(p.rttMs)],
    [w.numbers.received, (p) => number(p.received, language)],
    [w.numbers.lost, (p) => share(p.lost, p)],
    [w.numbers.late, (p) => share(p.late, p)],
    [w.numbers.dropped, (p) => number(p.dropped, language)],
    [w.numbers.concealed, (p) => duration(p.concealedFrames / CONCEALED_PER_MS, language)],
    [w.numbers.discontinuities, (p) => number(p.discontinuities, language)],
    [
      w.numbers.drift,
      (p) => (p.driftPpm === null ? '–' : `${number(p.driftPpm, language, 1)}\u00a0ppm`),
    ],
    [w.numbers.codec, (p) => p.codec],
  ];
  return rows.map(([label, value]) => ({ label, values: stats.peers.map(value) }));
}
