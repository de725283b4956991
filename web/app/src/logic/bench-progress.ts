/** How far a run is between two words of it. */
import type { BenchProgress } from 'tutti/bench';
import { number } from './units.js';

/** A step that takes longer than it should has this much of it left. */
const STILL = 0.02;

/** `elapsed`: s since the last word. `done` of all, 0 to 1; `left` in s. */
export function progressAt(
  { seconds, done, left }: Pick<BenchProgress, 'seconds' | 'done' | 'left'>,
  elapsed: number,
): { done: number; left: number } {
  const within = Math.min(elapsed, seconds * (1 - STILL));
  // What is done and what is left are shares of one whole.
  const total = left / (1 - done);
  return { done: done + within / total, left: left - within };
}

/** "40 s", from a minute and a half on "4 min": it is a guess. */
export function roughTime(seconds: number, language: string): string {
  return seconds < 90
    ? `${number(Math.ceil(seconds), language)}\u00a0s`
    : `${number(Math.round(seconds / 60), language)}\u00a0min`;
}
