/** What a measured engine hears: streams of made-up music in JackTrip's packets. */
import { Random } from './random.js';

const RATE = 48_000;
export const PACKET_FRAMES = 128;
const HEADER_BYTES = 16;
/** JackTrip's code of 48 kHz. */
const RATE_CODE = 3;
const BITS = 16;

const NOTE_FRAMES = 11_000;
/** Of one stream; then it is heard again. */
const LOOP_PACKETS = 1500;

/** Notes of five decaying partials with a little noise; no two seeds play alike. */
export function music(frames: number, seed: number): Float64Array {
  const random = new Random(seed);
  const sound = new Float64Array(frames);
  for (let begin = 0; begin < frames; begin += NOTE_FRAMES) {
    const pitch = 110 * 2 ** (random.below(36) / 12);
    for (let partial = 1; partial <= 5; partial++) {
      // A rotation that shrinks: no sine is computed for a sample.
      const turn = (2 * Math.PI * pitch * partial * (1 + 2e-4 * partial * partial)) / RATE;
      const shrink = Math.exp(-partial / (0.5 * RATE));
      const [cos, sin] = [shrink * Math.cos(turn), shrink * Math.sin(turn)];
      let [x, y] = [0, (0.25 * (0.5 + random.next())) / partial];
      const end = Math.min(frames, begin + NOTE_FRAMES);
      for (let i = begin; i < end; i++) {
        sound[i]! += x;
        [x, y] = [x * cos + y * sin, y * cos - x * sin];
      }
    }
  }
  return sound.map((x) => x + 0.002 * (random.next() - 0.5));
}

/** One packet, its channels one after the other; see engine/wire/packet.h. */
export function packetOf(channels: readonly Float64Array[]): Uint8Array {
  const frames = channels[0]!.length;
  const bytes = new Uint8Array(HEADER_BYTES + 2 * frames * channels.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(10, frames, true);
  view.setUint8(12, RATE_CODE);
  view.setUint8(13, BITS);
  view.setUint8(14, channels.length);
  view.setUint8(15, channels.length);
  channels.forEach((channel, c) => {
    channel.forEach((x, i) => {
      const value = Math.max(-32_768, Math.min(32_767, Math.round(x * 32_768)));
      view.setInt16(HEADER_BYTES + 2 * (c * frames + i), value, true);
    });
  });
  return bytes;
}

/** What tells packet k from the others. */
export function stamp(packet: Uint8Array, k: number, captureUs: number): void {
  const view = new DataView(packet.buffer, packet.byteOffset);
  view.setBigUint64(0, BigInt(Math.round(captureUs)), true);
  view.setUint16(8, k & 0xffff, true);
}

/** Packets of a stream; k and k + LOOP_PACKETS share one, to be stamped before it is sent. */
export class Musician {
  private readonly packets: Uint8Array[];

  constructor(seed: number, channels: number) {
    const sounds = Array.from({ length: channels }, (_, c) =>
      music(LOOP_PACKETS * PACKET_FRAMES, 1000 * seed + c),
    );
    this.packets = Array.from({ length: LOOP_PACKETS }, (_, k) =>
      packetOf(sounds.map((sound) => sound.subarray(k * PACKET_FRAMES, (k + 1) * PACKET_FRAMES))),
    );
  }

  packet(k: number, captureUs: number): Uint8Array {
    const packet = this.packets[k % LOOP_PACKETS]!;
    stamp(packet, k, captureUs);
    return packet;
  }
}
