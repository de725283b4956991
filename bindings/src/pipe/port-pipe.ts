/** The pipe's make over a MessagePort, for pages that are not cross-origin isolated; see pipe.ts. */
import {
  RECORD_BYTES,
  type EngineMemory,
  type Handler,
  type Kind,
  type NetworkEnd,
  type WorkletEnd,
} from './pipe.js';

/** One record: the buffer is transferred, and its first `bytes` bytes count. */
interface RecordMessage {
  kind: Kind;
  peer: number;
  time: number;
  buffer: ArrayBuffer;
  bytes: number;
}

/** An emptied buffer on its way back to whoever filled it. */
type Message = RecordMessage | { back: ArrayBuffer };

/**
 * Buffers travel back after use, so that a steady stream makes no garbage. All have one size that
 * fits a packet of 128 frames in stereo; larger records get a buffer of their own.
 */
class BufferPool {
  private static readonly SIZE = 2048;
  private static readonly KEPT = 64;
  private readonly free: ArrayBuffer[] = [];

  take(bytes: number): ArrayBuffer {
    if (bytes > BufferPool.SIZE) return new ArrayBuffer(bytes);
    return this.free.pop() ?? new ArrayBuffer(BufferPool.SIZE);
  }

  giveBack(buffer: ArrayBuffer): void {
    const wanted = buffer.byteLength === BufferPool.SIZE && this.free.length < BufferPool.KEPT;
    if (wanted) this.free.push(buffer);
  }
}

/** Records on their way at most: as many as 64 peers send in 20 ms. The other end hangs beyond. */
const MOST_UNDER_WAY = 512;

/** The common half of both ends: fill and transfer, take and give back. */
class PortEnd {
  private readonly pool = new BufferPool();
  /** Records sent whose buffer is not back. */
  private underWay = 0;

  constructor(
    protected readonly port: MessagePort,
    take: (record: RecordMessage) => void,
  ) {
    port.onmessage = (event: MessageEvent<Message>) => {
      const message = event.data;
      if ('back' in message) {
        this.underWay--;
        this.pool.giveBack(message.back);
        return;
      }
      try {
        take(message);
      } finally {
        this.port.postMessage({ back: message.buffer }, [message.buffer]);
      }
    };
  }

  protected post(kind: Kind, peer: number, time: number, source: Uint8Array): boolean {
    const bytes = source.length;
    if (bytes > RECORD_BYTES || this.underWay >= MOST_UNDER_WAY) return false;
    this.underWay++;
    const buffer = this.pool.take(bytes);
    new Uint8Array(buffer).set(source);
    const record: RecordMessage = { kind, peer, time, buffer, bytes };
    this.port.postMessage(record, [buffer]);
    return true;
  }
}

export class PortNetworkEnd extends PortEnd implements NetworkEnd {
  onrecord: Handler = () => undefined;

  constructor(port: MessagePort) {
    super(port, ({ kind, peer, time, buffer, bytes }) => {
      this.onrecord(kind, peer, time, new Uint8Array(buffer, 0, bytes));
    });
  }

  send(kind: Kind, peer: number, time: number, bytes: Uint8Array): boolean {
    return this.post(kind, peer, time, bytes);
  }

  close(): void {
    this.port.close();
  }
}

export class PortWorkletEnd extends PortEnd implements WorkletEnd {
  private readonly heap: Uint8Array;

  constructor(port: MessagePort, engine: EngineMemory) {
    // The port delivers between two quanta, on this thread: straight into the engine.
    super(port, ({ kind, peer, time, buffer, bytes }) => {
      if (bytes > engine.capacity) return;
      this.heap.set(new Uint8Array(buffer, 0, bytes), engine.address);
      engine.take(kind, peer, time, bytes);
    });
    this.heap = new Uint8Array(engine.memory);
  }

  send(kind: Kind, peer: number, time: number, address: number, bytes: number): boolean {
    return this.post(kind, peer, time, this.heap.subarray(address, address + bytes));
  }

  drain(): void {
    // Nothing waits here: see the constructor.
  }
}
