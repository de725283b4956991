/**
 * The pipe's make over a MessagePort, for pages that are not cross-origin isolated; see pipe.ts.
 *
 * A record is one message, and the message is one ArrayBuffer, copied, not transferred:
 *   [float64 time] [u16 kind] [u16 peer] [u32 taken] [bytes]
 * Copying so little costs less than a transfer, after which a buffer would have to travel back;
 * and because the same staging buffer is copied from each time, sending makes no garbage. Receiving
 * makes what a message event brings, which no port can spare us.
 * `taken` is how many records the sender of this one has taken itself: what is beyond that is still
 * under way. An end that has long had nothing to send says so by a message of its own, a number.
 */
import {
  RECORD_BYTES,
  type EngineMemory,
  type Handler,
  type Kind,
  type NetworkEnd,
  type WorkletEnd,
} from './pipe.js';

const TIME = 0;
const KIND = 8;
const PEER = 10;
const TAKEN = 12;
const HEADER_BYTES = 16;

/** Records on their way at most: as many as 64 peers send in 20 ms. The other end hangs beyond. */
const MOST_UNDER_WAY = 512;
/** An end tells by itself once it has taken so many more than it has told. */
const TOLD_AFTER = MOST_UNDER_WAY / 4;
/** Sizes of which the staging buffer is kept. Packets have one size, other records a few. */
const SIZES_KEPT = 8;

interface Staging {
  readonly buffer: ArrayBuffer;
  readonly view: DataView;
  readonly bytes: Uint8Array;
}

function newStaging(bytes: number): Staging {
  const buffer = new ArrayBuffer(HEADER_BYTES + bytes);
  return { buffer, view: new DataView(buffer), bytes: new Uint8Array(buffer, HEADER_BYTES) };
}

const kindOf = (header: DataView): Kind => header.getUint16(KIND) as Kind;
const peerOf = (header: DataView): number => header.getUint16(PEER);

/** The common half of both ends. */
class PortEnd {
  private readonly kept = new Map<number, Staging>();
  private sent = 0;
  private taken = 0;
  private told = 0;
  /** Of those sent, how many the other end has taken, as far as it has said. */
  private arrived = 0;

  constructor(
    protected readonly port: MessagePort,
    take: (view: DataView, bytes: Uint8Array<ArrayBuffer>) => void,
  ) {
    port.onmessage = ({ data }: MessageEvent<ArrayBuffer | number>) => {
      if (typeof data === 'number') {
        this.arrived = data;
        return;
      }
      const view = new DataView(data);
      this.arrived = view.getUint32(TAKEN);
      this.taken = (this.taken + 1) >>> 0;
      if ((this.taken - this.told) >>> 0 >= TOLD_AFTER) {
        this.told = this.taken;
        port.postMessage(this.taken);
      }
      take(view, new Uint8Array(data, HEADER_BYTES));
    };
  }

  /** Where the bytes of the next record are to be put; null when it cannot be sent. */
  protected stage(bytes: number): Staging | null {
    const underWay = (this.sent - this.arrived) >>> 0;
    if (bytes > RECORD_BYTES || underWay >= MOST_UNDER_WAY) return null;
    let staging = this.kept.get(bytes);
    if (staging === undefined) {
      staging = newStaging(bytes);
      if (this.kept.size < SIZES_KEPT) this.kept.set(bytes, staging);
    }
    return staging;
  }

  protected post(staging: Staging, kind: Kind, peer: number, time: number): void {
    const { view, buffer } = staging;
    view.setFloat64(TIME, time);
    view.setUint16(KIND, kind);
    view.setUint16(PEER, peer);
    view.setUint32(TAKEN, this.taken);
    this.told = this.taken;
    this.port.postMessage(buffer);
    this.sent = (this.sent + 1) >>> 0;
  }
}

export class PortNetworkEnd extends PortEnd implements NetworkEnd {
  onrecord: Handler = () => undefined;

  constructor(port: MessagePort) {
    super(port, (header, bytes) => {
      this.onrecord(kindOf(header), peerOf(header), header.getFloat64(TIME), bytes);
    });
  }

  send(kind: Kind, peer: number, time: number, bytes: Uint8Array): boolean {
    const staging = this.stage(bytes.length);
    if (staging === null) return false;
    staging.bytes.set(bytes);
    this.post(staging, kind, peer, time);
    return true;
  }

  close(): void {
    this.port.close();
  }
}

export class PortWorkletEnd extends PortEnd implements WorkletEnd {
  private readonly heap: Uint8Array;

  constructor(port: MessagePort, engine: EngineMemory) {
    // The port delivers between two quanta, on this thread: straight into the engine.
    super(port, (header, bytes) => {
      if (bytes.length > engine.capacity) return;
      this.heap.set(bytes, engine.address);
      engine.time[0] = header.getFloat64(TIME);
      engine.take(kindOf(header), peerOf(header), bytes.length);
    });
    this.heap = new Uint8Array(engine.memory);
  }

  send(kind: Kind, peer: number, time: number, address: number, bytes: number): boolean {
    const staging = this.stage(bytes);
    if (staging === null) return false;
    // Byte by byte: a subarray() would be garbage on the audio thread.
    for (let i = 0; i < bytes; i++) staging.bytes[i] = this.heap[address + i]!;
    this.post(staging, kind, peer, time);
    return true;
  }

  drain(): void {
    // Nothing waits here: see the constructor.
  }
}
