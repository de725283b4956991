/** The stream that is measured: packets of 128 frames at 48 kHz, as tutti-sim sends them. */
export const RATE = 48_000;
export const PACKET_FRAMES = 128;
export const PACKET_MS = (1000 * PACKET_FRAMES) / RATE;

/** Packet k by index; times in ms on one clock, the first packet sent at 0. */
export interface Stream {
  sends: Float64Array;
  /** NaN: lost. */
  arrivals: Float64Array;
}

/** Packets in the order of their arrival, without the lost ones. */
export function arrivalOrder(arrivals: Float64Array): Uint32Array {
  const received = Uint32Array.from(arrivals.keys()).filter((k) => !Number.isNaN(arrivals[k]!));
  return received.sort((a, b) => arrivals[a]! - arrivals[b]! || a - b);
}
