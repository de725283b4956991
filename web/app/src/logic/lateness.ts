/** How late one hears the others, in time and in air, and where that is going. */
import type { PeerFace, PeerStats } from 'tutti';
import type { Words } from '../words/en.js';
import { ageMs } from './age.js';
import { metres, milliseconds } from './units.js';

/** From a microphone to the loudspeaker here, ms. */
interface Lateness {
  name: string;
  now: number;
  soon: number;
}

/** Nobody notices a smaller change. */
const CLEARLY_MS = 2;

/** Of those whose delay is known. */
function latenesses(peers: readonly PeerStats[]): Lateness[] {
  return peers.flatMap((peer) => {
    const { name, playoutDelayMs, targetDelayMs } = peer;
    const now = ageMs(peer.latency, peer.captureToPlayoutMs);
    if (now === null) return [];
    const more =
      targetDelayMs === null || playoutDelayMs === null ? 0 : targetDelayMs - playoutDelayMs;
    return [{ name, now, soon: now + more }];
  });
}

/** Without those through whom one hears oneself at the moment: what comes from them is not they. */
export function heardThemselves(
  stats: readonly PeerStats[],
  peers: readonly Pick<PeerFace, 'id' | 'loopback'>[],
): readonly PeerStats[] {
  const through = new Set(peers.filter((peer) => peer.loopback === 'on').map(({ id }) => id));
  return stats.filter(({ id }) => !through.has(id));
}

/** One sentence, that of a slider between quick and safe. Empty when there is nobody to speak of. */
export function latenessSentence(peers: readonly PeerStats[], w: Words): string {
  const says = w.caution;
  const known = latenesses(peers);
  const ms = (value: number): string => milliseconds(value, w.language);
  const air = (value: number): string => metres(value, w.language);
  const clearly = (a: number, b: number): boolean => Math.abs(a - b) >= CLEARLY_MS;

  const [first] = known;
  if (first === undefined) return peers.length === 0 ? '' : says.measuring;
  if (known.length === 1) {
    const { name, now, soon } = first;
    const then = clearly(now, soon) ? says.soon(ms(soon), air(soon)) : '';
    return says.one(name, ms(now), air(now), then);
  }
  const ends = (of: 'now' | 'soon'): [number, number] => {
    const all = known.map((one) => one[of]);
    return [Math.min(...all), Math.max(...all)];
  };
  const [near, far] = ends('now');
  const [nearSoon, farSoon] = ends('soon');
  const soon = (): string =>
    ms(nearSoon) === ms(farSoon)
      ? says.soon(ms(farSoon), air(farSoon))
      : says.soonSeveral(ms(nearSoon), ms(farSoon));
  const then = clearly(near, nearSoon) || clearly(far, farSoon) ? soon() : '';
  if (ms(near) === ms(far)) return says.all(ms(far), air(far), then);
  return says.several(ms(near), air(near), ms(far), air(far), then);
}
