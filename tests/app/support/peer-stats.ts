/** A musician of whom all is known, but for what a test says. */
import type { PeerStats, SessionStats } from 'tutti';

export function peerStats(but: Partial<PeerStats> = {}): PeerStats {
  const delays = { playoutDelayMs: 10, targetDelayMs: 10, jitterMs: 6, captureToPlayoutMs: 14 };
  const counts = { received: 0, lost: 0, dropped: 0, late: 0, duplicate: 0, reordered: 0 };
  return {
    ...{ id: 'a', name: 'Anna', codec: 'pcm16', rttMs: 8, driftPpm: null },
    ...delays,
    ...counts,
    ...{ malformed: 0, concealedFrames: 0, concealedShare: 0, discontinuities: 0, latency: null },
    ...but,
  };
}

export function sessionStats(peers: PeerStats[]): SessionStats {
  return {
    transport: 'worker/ring',
    context: { sampleRate: 48000, baseLatencyMs: 2.667, outputLatencyMs: 18.2 },
    microphone: { latencyMs: 10, excessMs: 0, heals: 0 },
    engine: { quantumUsP50: null, quantumUsP99: 210, overruns: 0 },
    peers,
  };
}

/** Without the spaces that do not break. */
export const plain = (text: string): string => text.replaceAll('\u00a0', ' ');
