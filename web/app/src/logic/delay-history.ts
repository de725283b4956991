/** The last minute of every musician's delays, as the graph draws it. */
import type { PeerStats, SessionStats } from 'tutti';

export const HISTORY_MS = 60_000;
/** concealedFrames are counted at 48 kHz. */
const FRAMES_PER_MS = 48;

/** Delays in ms, null while not known. */
export interface DelaySample {
  /** ms of any clock that does not jump. */
  at: number;
  actual: number | null;
  target: number | null;
  jitter: number | null;
  /** ms of sound concealed since the sample before. */
  concealedMs: number;
}

export class DelayHistory {
  readonly #samples: DelaySample[] = [];
  #concealedFrames: number | null = null;

  /** Oldest first; no older than a minute before the newest. */
  get samples(): readonly DelaySample[] {
    return this.#samples;
  }

  push(at: number, peer: PeerStats): void {
    // A smaller count is another stream's.
    const more = peer.concealedFrames - (this.#concealedFrames ?? peer.concealedFrames);
    this.#concealedFrames = peer.concealedFrames;
    this.#samples.push({
      at,
      actual: peer.playoutDelayMs,
      target: peer.targetDelayMs,
      jitter: peer.jitterMs,
      concealedMs: Math.max(0, more) / FRAMES_PER_MS,
    });
    while ((this.#samples[0]?.at ?? at) < at - HISTORY_MS) this.#samples.shift();
  }
}

/** One history for each who is here. */
export class DelayHistories {
  #of = new Map<string, DelayHistory>();

  look(at: number, stats: SessionStats): void {
    this.#of = new Map(stats.peers.map(({ id }) => [id, this.#of.get(id) ?? new DelayHistory()]));
    for (const peer of stats.peers) this.#of.get(peer.id)?.push(at, peer);
  }

  of(id: string): readonly DelaySample[] {
    return this.#of.get(id)?.samples ?? [];
  }
}
