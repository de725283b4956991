/** What the main thread and the audio worklet say to each other. No sample is among it. */
import type { PipeParts } from '../pipe/pipe.js';
import type { Report } from './engine.js';

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
  /** Answered by a Snapshot at once. */
  | { type: 'report' }
  /** From now on so many packets' arrivals are written down; see arrivals.ts. */
  | { type: 'watch-arrivals'; packets: number }
  /** Answered by Arrivals, which end with that. */
  | { type: 'arrivals' }
  /** Nothing is processed any more. */
  | { type: 'end' };

export interface Snapshot {
  type: 'snapshot';
  /** The first frame of the context that has not been rendered. */
  nextFrame: number;
  engine: Report;
  peers: { peer: number; report: Report }[];
  quantum: { p50Us: number | null; p99Us: number | null; overruns: number };
}

export type FromWorklet =
  | { type: 'ready' }
  | { type: 'failed'; why: string }
  | Snapshot
  /** Rows of ARRIVAL_FIELDS. */
  | { type: 'arrivals'; rows: Float64Array };
