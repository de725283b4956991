/** What else a page may be doing while music is played in it. */

export type Load =
  | 'idle'
  /** The main thread is busy 30 ms of every 100. */
  | 'busy'
  /** The main thread makes garbage, some 100 MB a second, that has to be collected. */
  | 'garbage';

export const LOADS: readonly Load[] = ['idle', 'busy', 'garbage'];

const BUSY_MS = 30;
const EVERY_MS = 100;
const GARBAGE_EVERY_MS = 10;
/** Of eight numbers each, about 100 bytes. */
const GARBAGE_OBJECTS = 10_000;
/** So much of it is kept for a while, so that it has to be moved before it can be thrown away. */
const KEPT_ROUNDS = 50;

/** Begins, and returns what ends it. */
export function load(kind: Load): () => void {
  switch (kind) {
    case 'idle':
      return () => undefined;
    case 'busy':
      return every(EVERY_MS, () => {
        const end = performance.now() + BUSY_MS;
        while (performance.now() < end);
      });
    case 'garbage': {
      const kept: object[][] = [];
      return every(GARBAGE_EVERY_MS, () => {
        kept.push(Array.from({ length: GARBAGE_OBJECTS }, (_, i) => [i, i, i, i, i, i, i, i]));
        if (kept.length > KEPT_ROUNDS) kept.shift();
      });
    }
  }
}

function every(ms: number, work: () => void): () => void {
  const timer = setInterval(work, ms);
  return () => {
    clearInterval(timer);
  };
}
