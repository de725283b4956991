/** What the main thread and the audio worklet say to each other. No sample is among it. */
import type { PipeParts } from '../pipe/pipe.js';
import type { SnapshotFields } from './snapshot.js';

export const PROCESSOR = 'tutti';

export interface ProcessorOptions {
  wasm: ArrayBuffer;
  maxPeers: number;
  packetFrames: number;
}

export type ToWorklet =
  /** Not among the options: those cannot transfer a port. */
  | { type: 'pipe'; parts: PipeParts }
  | { type: 'add-peer'; peer: number }
  | { type: 'remove-peer'; peer: number }
  | { type: 'set'; parameter: string; peer: number; value: number }
  /** Answered by a snapshot at once. */
  | { type: 'report' }
  /** From now on so many packets' arrivals are written down; see arrivals.ts. */
  | { type: 'watch-arrivals'; packets: number }
  /** Answered by Arrivals, which end with that. */
  | { type: 'arrivals' }
  /** Nothing is processed any more. */
  | { type: 'end' };

export type FromWorklet =
  | { type: 'ready'; fields: SnapshotFields }
  | { type: 'failed'; why: string }
  /** A snapshot; see snapshot.ts. */
  | Float64Array
  /** Rows of ARRIVAL_FIELDS. */
  | { type: 'arrivals'; rows: Float64Array };
