/** How coarse this thread's clock is made: browsers round it, less so in isolated pages. */
const TRIES = 50;

/** us: the smallest step that performance.now() has been seen to take. */
export function clockStepUs(): number {
  let least = Infinity;
  for (let i = 0; i < TRIES; i++) {
    const from = performance.now();
    let now = from;
    while (now === from) now = performance.now();
    least = Math.min(least, now - from);
  }
  return least * 1000;
}
