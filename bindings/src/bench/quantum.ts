/**
 * What a render quantum of the engine costs on this browser and machine: measured in a worker,
 * because most browsers give the audio worklet no clock that is fine enough.
 */
import { QUANTUM_WORKER_URL, WASM_URL } from './assets.js';
import { PACKET_FRAMES } from './musician.js';
import type { QuantumCase, QuantumTimes } from './quantum-run.js';
import { spreadOf, type Spread } from './spread.js';

/** Part of BenchResult, a contract: fields are added, never renamed or removed. */
export interface QuantumResult {
  /** Streams heard at once. */
  peers: number;
  channels: 1 | 2;
  codec: 'pcm16';
  /**
   * 'playing': nothing is lost. 'concealing': only those quanta in which every stream makes up for
   * a lost packet.
   */
  state: 'playing' | 'concealing';
  quantumFrames: number;
  /** What there is for one quantum at 48 kHz. */
  budgetUs: number;
  /** Received and rendered: us of each quantum. As coarse as `clockUs`, but for the mean. */
  us: Spread | null;
  /** us.mean and us.p99 of the budget. */
  meanShare: number | null;
  p99Share: number | null;
  /** Steps of the clock that measured it. */
  clockUs: number;
}

export type QuantumRequest = { wasm: ArrayBuffer; quanta: number } & QuantumCase;
export interface QuantumAnswer {
  times: QuantumTimes;
  clockUs: number;
}

export const QUANTUM_PEERS: readonly number[] = [1, 4, 16, 64];
const BUDGET_US = (1e6 * PACKET_FRAMES) / 48_000;

export async function measureQuantum(
  cases: Pick<QuantumCase, 'peers' | 'channels'>,
  quanta: number,
  signal?: AbortSignal,
): Promise<QuantumResult[]> {
  const playing = await run({ ...cases, losses: false }, quanta, signal);
  const losing = await run({ ...cases, losses: true }, quanta, signal);
  const lossy = losing.times.quantumUs.filter((_, i) => losing.times.concealing[i] === 1);
  const result = (
    state: QuantumResult['state'],
    values: Float64Array,
    { clockUs }: QuantumAnswer,
  ): QuantumResult => {
    const us = spreadOf(values);
    return {
      ...cases,
      codec: 'pcm16',
      state,
      quantumFrames: PACKET_FRAMES,
      budgetUs: BUDGET_US,
      us,
      meanShare: us === null ? null : us.mean / BUDGET_US,
      p99Share: us === null ? null : us.p99 / BUDGET_US,
      clockUs,
    };
  };
  return [result('playing', playing.times.quantumUs, playing), result('concealing', lossy, losing)];
}

async function run(
  what: QuantumCase,
  quanta: number,
  signal?: AbortSignal,
): Promise<QuantumAnswer> {
  signal?.throwIfAborted();
  const response = await fetch(WASM_URL);
  if (!response.ok) throw new Error(`${WASM_URL}: ${response.status}`);
  const wasm = await response.arrayBuffer();
  // A new one each time: nothing is warm that a page's would not be.
  const worker = new Worker(QUANTUM_WORKER_URL, { type: 'module', name: 'tutti-quantum' });
  try {
    return await new Promise<QuantumAnswer>((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.onmessage = ({ data }: MessageEvent<QuantumAnswer>) => resolve(data);
      worker.postMessage({ wasm, quanta, ...what } satisfies QuantumRequest, [wasm]);
    });
  } finally {
    worker.terminate();
  }
}
