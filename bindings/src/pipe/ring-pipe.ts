/** The pipe's make in shared memory; see pipe.ts. */
import {
  RECORD_BYTES,
  type EngineMemory,
  type Handler,
  type Kind,
  type NetworkEnd,
  type WorkletEnd,
} from './pipe.js';
import { RingReader, RingWriter } from './ring.js';

const padded = (bytes: number): number => (bytes + 3) & ~3;

export class RingNetworkEnd implements NetworkEnd {
  onrecord: Handler = () => undefined;
  private readonly reader: RingReader;
  private readonly writer: RingWriter;
  private readonly inbox = new Uint8Array(padded(RECORD_BYTES));
  private readonly inboxWords = new Uint32Array(this.inbox.buffer);
  /** Made anew only for a record of another size than the last. */
  private bytes = this.inbox.subarray(0, 0);
  private open = true;

  constructor(toWorklet: SharedArrayBuffer, toNetwork: SharedArrayBuffer) {
    this.reader = new RingReader(toNetwork);
    this.writer = new RingWriter(toWorklet);
    void this.listen();
  }

  private async listen(): Promise<void> {
    while (this.open) {
      for (;;) {
        const bytes = this.reader.read(this.inboxWords, 0, RECORD_BYTES);
        if (bytes < 0) break;
        const { kind, peer, time } = this.reader;
        if (this.bytes.length !== bytes) this.bytes = this.inbox.subarray(0, bytes);
        try {
          this.onrecord(kind, peer, time[0]!, this.bytes);
        } catch (thrown) {
          // Uncaught, as in a port's handler, but the records after it are still read.
          queueMicrotask(() => {
            throw thrown;
          });
        }
      }
      await this.reader.wait();
    }
  }

  send(kind: Kind, peer: number, time: number, bytes: Uint8Array): boolean {
    return this.writer.writeBytes(kind, peer, time, bytes);
  }

  close(): void {
    this.open = false;
  }
}

export class RingWorkletEnd implements WorkletEnd {
  private readonly reader: RingReader;
  private readonly writer: RingWriter;
  private readonly heap: Uint32Array;

  constructor(
    toWorklet: SharedArrayBuffer,
    toNetwork: SharedArrayBuffer,
    private readonly engine: EngineMemory,
  ) {
    this.reader = new RingReader(toWorklet);
    this.writer = new RingWriter(toNetwork);
    this.heap = new Uint32Array(engine.memory);
  }

  send(kind: Kind, peer: number, time: number, address: number, bytes: number): boolean {
    return this.writer.write(kind, peer, time, this.heap, address >>> 2, bytes);
  }

  drain(): void {
    const { engine, reader } = this;
    for (;;) {
      const bytes = reader.read(this.heap, engine.address >>> 2, engine.capacity);
      if (bytes < 0) return;
      engine.time[0] = reader.time[0]!;
      engine.take(reader.kind, reader.peer, bytes);
    }
  }
}
