/** Streams of known delays, for the tests. */
import { PACKET_MS, type Stream } from './stream.ts';

/** `delay` of packet k in ms; NaN: lost. */
export function streamOf(packets: number, delay: (k: number) => number): Stream {
  const sends = Float64Array.from({ length: packets }, (_, k) => k * PACKET_MS);
  return { sends, arrivals: sends.map((send, k) => send + delay(k)) };
}

export const seconds = (s: number) => Math.round((1000 * s) / PACKET_MS);

/** As if the network stood still from `from` to `to`, ms, and then let all through at once. */
export function stall(from: number, to: number, usual: number): (k: number) => number {
  return (k) => {
    const arrival = k * PACKET_MS + usual;
    return arrival >= from && arrival < to ? to - k * PACKET_MS : usual;
  };
}

export function delaysOf({ sends }: Stream, plays: Float64Array): Float64Array {
  return plays.map((play, k) => play - sends[k]!);
}

export function assertNear(actual: number, expected: number, within = 1e-9): void {
  if (!(Math.abs(actual - expected) <= within)) {
    throw new Error(`${actual} is not ${expected} within ${within}`);
  }
}
