/**
 * What a room's status line says. News are told once, as they happen ("Maria came in"); between
 * them stands the resting line, which says how things are, the gravest thing first.
 */
import type { PeerState, SessionState } from 'tutti';

/** A musician at one moment; a peer of the session changes under our hands. */
export interface Who {
  id: string;
  name: string;
  state: PeerState;
}

export type News = { kind: 'came' | 'left' | 'lost' | 'back' | 'unreachable'; name: string };

/**
 * An interruption shorter than this is not told: somebody who leaves falls silent a moment before
 * the server says so, and a network may stumble.
 */
export const GRACE_MS = 2000;

/** Looks at the room again and again, and tells what happened in between. */
export class Newsroom {
  #known: Map<string, Who> | null = null;
  readonly #lostSince = new Map<string, number>();

  /** The musicians, with interruptions that are too short to tell left out. */
  calmed(peers: readonly Who[], now: number): Who[] {
    for (const { id, state } of peers) {
      if (state !== 'lost') this.#lostSince.delete(id);
      else if (!this.#lostSince.has(id)) this.#lostSince.set(id, now);
    }
    return peers.map(({ id, name, state }) => {
      const brief = state === 'lost' && now - (this.#lostSince.get(id) ?? now) < GRACE_MS;
      return { id, name, state: brief ? 'connected' : state };
    });
  }

  /** What happened since the last look; the first look is no news. */
  look(peers: readonly Who[], now: number): News[] {
    const before = this.#known;
    const after = this.calmed(peers, now);
    this.#known = new Map(after.map((who) => [who.id, who]));
    if (before === null) return [];
    const told: News[] = [];
    for (const { id, name } of before.values()) {
      if (this.#known.has(id)) continue;
      this.#lostSince.delete(id);
      told.push({ kind: 'left', name });
    }
    for (const { id, name, state } of after) {
      const was = before.get(id)?.state;
      if (was === undefined) told.push({ kind: 'came', name });
      else if (was === state) continue;
      else if (state === 'unreachable') told.push({ kind: 'unreachable', name });
      else if (state === 'lost') told.push({ kind: 'lost', name });
      else if (state === 'connected' && was !== 'waiting') told.push({ kind: 'back', name });
    }
    return told;
  }
}

export type Resting =
  | { kind: 'well' | 'alone' | 'no-microphone' | 'rejoining' }
  | { kind: 'unreachable' | 'lost' | 'waiting'; name: string };

export function resting(
  session: SessionState,
  peers: readonly Who[],
  hasMicrophone: boolean,
): Resting {
  if (session === 'rejoining') return { kind: 'rejoining' };
  if (!hasMicrophone) return { kind: 'no-microphone' };
  for (const kind of ['unreachable', 'lost', 'waiting'] as const) {
    const who = peers.find((peer) => peer.state === kind);
    if (who) return { kind, name: who.name };
  }
  return { kind: peers.length === 0 ? 'alone' : 'well' };
}
