/**
 * Writes down when packets came, for benches: between an engine and its pipe while it is asked to.
 * take() allocates nothing.
 */
import { Kind, type EngineMemory } from '../pipe/pipe.js';

/** The columns of a row, in this order. */
export const ARRIVAL_FIELDS = [
  'peer',
  'sequence',
  /** By the sender's clock, us since the Unix epoch: when the packet's first frame was captured. */
  'captureUs',
  /** By the network thread's clock: when the data channel delivered it. */
  'arrivalUs',
  /** The first frame of the context that could be rendered with it. */
  'frame',
] as const;
export const ARRIVAL_COLUMNS = ARRIVAL_FIELDS.length;

/** Of the packet's header, see engine/wire/packet.h. */
const HEADER_BYTES = 16;
const SEQUENCE_AT = 8;

export class Arrivals implements EngineMemory {
  /** The first frame that has not been rendered; kept up to date by the processor. */
  nextFrame = 0;
  readonly memory: ArrayBuffer;
  readonly address: number;
  readonly capacity: number;
  readonly time: Float64Array;
  private readonly view: DataView;
  private rows = new Float64Array(0);
  private used = 0;

  constructor(private readonly engine: EngineMemory) {
    ({ memory: this.memory, address: this.address } = engine);
    ({ capacity: this.capacity, time: this.time } = engine);
    this.view = new DataView(this.memory);
  }

  /** Allocates. What comes after so many packets is not written down any more. */
  watch(packets: number): void {
    this.rows = new Float64Array(packets * ARRIVAL_COLUMNS);
    this.used = 0;
  }

  /** The rows so far, in the order of their coming; watching ends. Allocates. */
  finish(): Float64Array {
    const rows = this.rows.slice(0, this.used);
    this.watch(0);
    return rows;
  }

  take(kind: Kind, peer: number, bytes: number): void {
    const { rows, view, address, used } = this;
    if (used < rows.length && kind === Kind.Datagram && bytes >= HEADER_BYTES) {
      rows[used] = peer;
      rows[used + 1] = view.getUint16(address + SEQUENCE_AT, true);
      rows[used + 2] = view.getUint32(address, true) + 2 ** 32 * view.getUint32(address + 4, true);
      rows[used + 3] = this.time[0]!;
      rows[used + 4] = this.nextFrame;
      this.used = used + ARRIVAL_COLUMNS;
    }
    this.engine.take(kind, peer, bytes);
  }
}
