/**
 * How far away each musician sounds and whether they are patchy, calmed, for stage and list alike.
 */
import type { PeerStats } from 'tutti';
import { ageMs } from './age.js';
import { Patchiness } from './patchiness.js';
import { SteadyAge } from './steady-age.js';

export class Readings {
  readonly #known = new Map<string, { age: SteadyAge; patches: Patchiness }>();

  /** Takes the newest stats, a few times a second; who is not in them has left. */
  read(peers: readonly PeerStats[]): void {
    for (const { id, latency, captureToPlayoutMs, concealedShare } of peers) {
      const known = this.#known.get(id) ?? { age: new SteadyAge(), patches: new Patchiness() };
      this.#known.set(id, known);
      known.age.read(ageMs(latency, captureToPlayoutMs));
      known.patches.read(concealedShare);
    }
    for (const id of this.#known.keys()) {
      if (!peers.some((peer) => peer.id === id)) this.#known.delete(id);
    }
  }

  /** Of air; null while it is not known. */
  metres(id: string): number | null {
    return this.#known.get(id)?.age.metres ?? null;
  }

  patchy(id: string): boolean {
    return this.#known.get(id)?.patches.patchy ?? false;
  }
}
