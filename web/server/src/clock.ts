/** Time, as the rooms see it. Injected, so that a test can let half an hour pass at once. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `action` once after `delayMs`; the returned function calls it off. */
  after(delayMs: number, action: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, action) {
    const timer = setTimeout(action, delayMs);
    // A waiting room is no reason to keep the process alive.
    timer.unref();
    return () => clearTimeout(timer);
  },
};
