/** The worker of wake-ups.ts. */
import type { WakeUpsRequest } from './wake-ups.js';

onmessage = ({ data: { sleepMs, ended } }: MessageEvent<WakeUpsRequest>) => {
  const late: number[] = [];
  let due = performance.now() + sleepMs;
  for (;;) {
    Atomics.wait(ended, 0, 0, Math.max(0, due - performance.now()));
    if (Atomics.load(ended, 0) !== 0) break;
    const now = performance.now();
    late.push(Math.max(0, now - due));
    // What was slept through is not made up for.
    due = Math.max(due, now) + sleepMs;
  }
  postMessage(Float64Array.from(late));
};
