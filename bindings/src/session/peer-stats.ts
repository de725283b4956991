/** What the engine reports of one peer, as the stats of the session tell it. */
import type { PeerStats } from '../api.js';
import type { Report } from '../worklet/engine.js';

/** The engine says NaN for what it does not know. */
export const known = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value;

/** `report` is empty before the first. */
export function peerStats(
  report: Report,
  of: Pick<PeerStats, 'id' | 'name' | 'dropped' | 'concealedShare' | 'latency'>,
): PeerStats {
  const count = (field: string): number => report[field] ?? 0;
  const playing = report['playing'] === 1;
  return {
    id: of.id,
    name: of.name,
    codec: `pcm${String(report['bits'] || 16)}`,
    rttMs: known(report['roundTripMs']),
    playoutDelayMs: playing ? known(report['playoutDelayMs']) : null,
    targetDelayMs: playing ? known(report['targetDelayMs']) : null,
    jitterMs: known(report['jitterMs']),
    captureToPlayoutMs: playing ? known(report['captureToPlayoutMs']) : null,
    latency: of.latency,
    driftPpm: known(report['driftPpm']),
    received: count('received'),
    lost: count('lost'),
    dropped: of.dropped,
    late: count('late'),
    duplicate: count('duplicate'),
    reordered: count('reordered'),
    malformed: count('malformed'),
    concealedFrames: count('concealedFrames'),
    concealedShare: of.concealedShare,
    discontinuities: count('discontinuities'),
  };
}
