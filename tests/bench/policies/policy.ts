/**
 * A playout policy: of every packet, when its first frame is heard, or NaN for never.
 *
 * A policy is causal: nothing it does at a time may follow from what arrives later.
 */
import { arrivalOrder, PACKET_MS, type Stream } from '../stream.ts';

export type Policy = (stream: Stream) => Float64Array;

/** A jitter buffer as audio programs have it: packets are pushed in, a callback pulls one out. */
export interface JitterBuffer {
  push(packet: number, now: number): void;
  /** A packet, or NONE: this callback plays something made up. */
  pull(now: number): number;
}

export const NONE = -1;

/** One pull every 8/3 ms from the time of the first arrival, until a second after the last. */
export function withPulls(make: () => JitterBuffer): Policy {
  return ({ sends, arrivals }) => {
    const plays = new Float64Array(sends.length).fill(NaN);
    const order = arrivalOrder(arrivals);
    if (order.length === 0) return plays;
    const buffer = make();
    const first = Math.ceil(arrivals[order[0]!]! / PACKET_MS);
    const last = Math.ceil((arrivals[order.at(-1)!]! + 1000) / PACKET_MS);
    let arrived = 0;
    for (let tick = first; tick <= last; tick++) {
      const now = tick * PACKET_MS;
      for (; arrived < order.length && arrivals[order[arrived]!]! <= now; arrived++) {
        buffer.push(order[arrived]!, arrivals[order[arrived]!]!);
      }
      const packet = buffer.pull(now);
      if (packet !== NONE) plays[packet] = now;
    }
    return plays;
  };
}
