/** Nothing for lost packets: the floor. Its SNR is above 0 dB because of the 256 samples after. */
import { PACKET_FRAMES } from '../stream.ts';

export function silence(sound: Float64Array, lost: ReadonlySet<number>): Float64Array {
  return sound.map((x, i) => (lost.has(Math.floor(i / PACKET_FRAMES)) ? 0 : x));
}
