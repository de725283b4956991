/**
 * How late a thread wakes that only sleeps: what this machine does to any program at the moment,
 * whatever it is. Nothing that is measured beside it can be more punctual than that. After
 * cyclictest of the Linux Foundation's rt-tests.
 */
import { WAKE_UPS_WORKER_URL } from './assets.js';
import { spreadOf, type Spread } from './spread.js';

export interface WakeUpsRequest {
  sleepMs: number;
  /** One cell of shared memory; not 0: enough. */
  ended: Int32Array;
}

export interface WakeUps {
  /** Ends it: ms late, of every wake-up since it began. */
  end(): Promise<Spread | null>;
}

/** Sleeps for `sleepMs` at a time. Without shared memory (not isolated) nothing is measured. */
export function watchWakeUps(sleepMs: number): WakeUps {
  if (typeof SharedArrayBuffer !== 'function') return { end: () => Promise.resolve(null) };
  const ended = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(WAKE_UPS_WORKER_URL, { type: 'module', name: 'tutti-wake-ups' });
  const late = new Promise<Float64Array>((resolve, reject) => {
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.onmessage = ({ data }: MessageEvent<Float64Array>) => resolve(data);
  });
  // Told when it is ended.
  late.catch(() => undefined);
  worker.postMessage({ sleepMs, ended } satisfies WakeUpsRequest);
  return {
    async end() {
      Atomics.store(ended, 0, 1);
      Atomics.notify(ended, 0);
      try {
        return spreadOf(await late);
      } finally {
        worker.terminate();
      }
    },
  };
}
