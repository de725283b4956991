/** What the main thread and the audio worklet say to each other. No sample is among it. */
import type { PipeParts } from '../pipe/pipe.js';
import type { Report } from './engine.js';

export const PROCESSOR = 'tutti';

export interface ProcessorOptions {
  wasm: ArrayBuffer;
  maxPeers: number;
}

export type ToWorklet =
  /** Not among the options: those cannot transfer a port. */
  | { type: 'pipe'; parts: PipeParts }
  | { type: 'add-peer'; peer: number }
  | { type: 'remove-peer'; peer: number }
  | { type: 'set'; parameter: string; peer: number; value: number }
  /** Answered by a Snapshot at once. */
  | { type: 'report' };

export interface Snapshot {
  type: 'snapshot';
  engine: Report;
  peers: { peer: number; report: Report }[];
  quantum: { p50Us: number | null; p99Us: number | null; overruns: number };
}

export type FromWorklet = { type: 'ready' } | { type: 'failed'; why: string } | Snapshot;
