/** What the main thread, the worklet and the worker of a measurement say to each other. */
import type { Estimate } from './estimate.js';

export const PROCESSOR = 'tutti-round-trip';

export interface ProcessorOptions {
  /** The device's channel that is recorded; null: the mean of all. */
  channel: number | null;
}

/** Both as long; transferred, so that the audio thread allocates neither. */
export interface ToWorklet {
  sound: Float32Array<ArrayBuffer>;
  recording: Float32Array<ArrayBuffer>;
}

/** Once it is full. */
export interface FromWorklet {
  recording: Float32Array<ArrayBuffer>;
}

export interface ToWorker {
  recording: Float32Array<ArrayBuffer>;
  sampleRate: number;
  levelDbfs: number;
  processing: boolean;
}

export type FromWorker = Estimate;
