/** Records whose every part follows from their number, so that the far end knows what to expect. */
import { Kind } from '../../../bindings/src/pipe/pipe.js';

export interface Record {
  kind: Kind;
  peer: number;
  time: number;
  bytes: Uint8Array<ArrayBuffer>;
}

const KINDS = [Kind.Datagram, Kind.Clock, Kind.Exchange];

export function sizeOf(n: number): number {
  // Mostly packets of all kinds, now and then nothing at all, or far more.
  if (n % 97 === 0) return 0;
  if (n % 331 === 0) return 20_000 + (n % 13);
  return (n * 7919) % 700;
}

export function record(n: number, size = sizeOf(n)): Record {
  const bytes = new Uint8Array(size);
  for (let i = 0; i < size; i++) bytes[i] = n * 31 + i;
  return {
    kind: KINDS[n % 3]!,
    peer: (n * 40_503) & 0xffff,
    time: 1.7e15 + n / 4,
    bytes,
  };
}

export function words(bytes: Uint8Array): Uint32Array {
  const padded = new Uint8Array((bytes.length + 3) & ~3);
  padded.set(bytes);
  return new Uint32Array(padded.buffer);
}
