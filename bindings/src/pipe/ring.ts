/**
 * A wait-free ring of records in shared memory, one writer and one reader.
 *
 * Layout: int32 head (written by the reader), int32 tail (by the writer), then the data. Both
 * count words (4 bytes) and wrap at 2^31; a record is
 *   [u16 kind | u16 peer << 16] [bytes] [float64 time as two words] [bytes, padded to words]
 * and wraps word by word. On the audio thread copies are loops over words, because a subarray()
 * would be garbage.
 */
import { Kind, RECORD_BYTES } from './pipe.js';

const HEAD = 0;
const TAIL = 1;
const CONTROL_WORDS = 2;
const HEADER_WORDS = 4;

const words = (bytes: number): number => (bytes + 3) >>> 2;

/** 512 KiB: 40 ms of 64 peers in uncompressed stereo. Power of two. */
export const RING_WORDS = 1 << 17;

export function newRing(): SharedArrayBuffer {
  return new SharedArrayBuffer((CONTROL_WORDS + RING_WORDS) * 4);
}

abstract class Ring {
  protected readonly control: Int32Array;
  protected readonly data: Uint32Array;
  protected readonly mask: number;
  /** Of the record that was written or read last; also to see a float64 as two words. */
  readonly time = new Float64Array(1);
  protected readonly timeWords = new Uint32Array(this.time.buffer);

  constructor(shared: SharedArrayBuffer) {
    this.control = new Int32Array(shared, 0, CONTROL_WORDS);
    this.data = new Uint32Array(shared, CONTROL_WORDS * 4);
    this.mask = this.data.length - 1;
  }
}

export class RingWriter extends Ring {
  /** Records that did not fit. */
  dropped = 0;

  private readonly dataBytes: Uint8Array;

  constructor(shared: SharedArrayBuffer) {
    super(shared);
    this.dataBytes = new Uint8Array(shared, this.data.byteOffset);
  }

  /**
   * Writes `bytes` bytes that begin at word `from` of `source`; false when there is no room. For
   * the audio thread: wait-free, makes no garbage. Wakes the reader.
   */
  write(
    kind: Kind,
    peer: number,
    time: number,
    source: Uint32Array,
    from: number,
    bytes: number,
  ): boolean {
    if (!this.begin(kind, peer, time, bytes)) return false;
    const { data, mask, at } = this;
    const count = words(bytes);
    for (let i = 0; i < count; i++) data[(at + i) & mask] = source[from + i]!;
    this.end(count);
    return true;
  }

  /** The same for bytes anywhere. Wait-free, but makes garbage where the ring wraps. */
  writeBytes(kind: Kind, peer: number, time: number, bytes: Uint8Array): boolean {
    if (!this.begin(kind, peer, time, bytes.length)) return false;
    const from = (this.at & this.mask) * 4;
    const straight = this.dataBytes.length - from;
    if (bytes.length <= straight) {
      this.dataBytes.set(bytes, from);
    } else {
      this.dataBytes.set(bytes.subarray(0, straight), from);
      this.dataBytes.set(bytes.subarray(straight), 0);
    }
    this.end(words(bytes.length));
    return true;
  }

  /** The word at which the bytes of the record being written begin; not wrapped. */
  private at = 0;

  private begin(kind: Kind, peer: number, time: number, bytes: number): boolean {
    const { control, data, mask } = this;
    const tail = Atomics.load(control, TAIL);
    const used = (tail - Atomics.load(control, HEAD)) | 0;
    if (bytes > RECORD_BYTES || used + HEADER_WORDS + words(bytes) > data.length) {
      this.dropped++;
      return false;
    }
    this.time[0] = time;
    data[tail & mask] = kind | (peer << 16);
    data[(tail + 1) & mask] = bytes;
    data[(tail + 2) & mask] = this.timeWords[0]!;
    data[(tail + 3) & mask] = this.timeWords[1]!;
    this.at = tail + HEADER_WORDS;
    return true;
  }

  private end(count: number): void {
    Atomics.store(this.control, TAIL, (this.at + count) | 0);
    Atomics.notify(this.control, TAIL);
  }
}

export class RingReader extends Ring {
  /** Of the record that read() has just returned; and `time`. */
  kind: Kind = Kind.Datagram;
  peer = 0;

  /**
   * Copies the next record to word `to` of `target` and returns its bytes; -1 when there is none.
   * A record larger than `capacity` bytes is skipped. Wait-free.
   */
  read(target: Uint32Array, to: number, capacity: number): number {
    const { control, data, mask } = this;
    for (;;) {
      const head = Atomics.load(control, HEAD);
      if (head === Atomics.load(control, TAIL)) return -1;
      const first = data[head & mask]!;
      const bytes = data[(head + 1) & mask]!;
      this.kind = (first & 0xffff) as Kind;
      this.peer = first >>> 16;
      this.timeWords[0] = data[(head + 2) & mask]!;
      this.timeWords[1] = data[(head + 3) & mask]!;
      const count = words(bytes);
      const fits = bytes <= capacity;
      if (fits) {
        for (let i = 0, at = head + HEADER_WORDS; i < count; i++, at++)
          target[to + i] = data[at & mask]!;
      }
      Atomics.store(control, HEAD, (head + HEADER_WORDS + count) | 0);
      if (fits) return bytes;
    }
  }

  /** Resolves when there may be something to read. Not for the audio thread. */
  async wait(): Promise<void> {
    const head = Atomics.load(this.control, HEAD);
    const result = Atomics.waitAsync(this.control, TAIL, head);
    if (result.async) await result.value;
  }
}
