/**
 * What the engine reports, on its way from the worklet to the main thread: one array of numbers,
 * written in place and copied by postMessage(), so that the audio thread makes no garbage however
 * many peers there are.
 *
 *   [nextFrame] [p50Us] [p99Us] [overruns] [peers] [engine's fields] ([peer] [its fields]) x peers
 */
import type { Engine, Report } from './engine.js';
import type { QuantumTimer } from './quantum-timer.js';

const HEAD = 5;

/** Names of the fields, in their order. */
export interface SnapshotFields {
  engine: readonly string[];
  peer: readonly string[];
}

export interface Snapshot {
  /** The first frame of the context that has not been rendered. */
  nextFrame: number;
  /** null where the browser gives the worklet no clock. */
  quantum: { p50Us: number | null; p99Us: number | null; overruns: number };
  engine: Report;
  peers: { peer: number; report: Report }[];
}

/** On the audio thread. Only the constructor allocates. */
export class SnapshotWriter {
  readonly numbers: Float64Array;

  constructor(
    private readonly engine: Engine,
    private readonly maxPeers: number,
  ) {
    const { fields } = engine;
    const room = HEAD + fields.engine.length + maxPeers * (1 + fields.peer.length);
    this.numbers = new Float64Array(room);
  }

  /** Fills `numbers`. */
  write(nextFrame: number, timer: QuantumTimer): void {
    const { engine, numbers } = this;
    numbers[0] = nextFrame;
    numbers[1] = timer.quantile(0.5) ?? NaN;
    numbers[2] = timer.quantile(0.99) ?? NaN;
    numbers[3] = timer.overruns;
    engine.copyEngineReport(numbers, HEAD);
    let count = 0;
    let at = HEAD + engine.fields.engine.length;
    for (let peer = 0; peer < this.maxPeers; peer++) {
      if (!engine.copyPeerReport(peer, numbers, at + 1)) continue;
      numbers[at] = peer;
      at += 1 + engine.fields.peer.length;
      count++;
    }
    numbers[4] = count;
  }
}

/** On the main thread. */
export function readSnapshot(numbers: Float64Array, fields: SnapshotFields): Snapshot {
  const known = (value: number): number | null => (Number.isNaN(value) ? null : value);
  const report = (names: readonly string[], at: number): Report =>
    Object.fromEntries(names.map((name, i) => [name, numbers[at + i]!]));
  const [nextFrame, p50Us, p99Us, overruns, count] = numbers;
  const first = HEAD + fields.engine.length;
  const stride = 1 + fields.peer.length;
  return {
    nextFrame: nextFrame!,
    quantum: { p50Us: known(p50Us!), p99Us: known(p99Us!), overruns: overruns! },
    engine: report(fields.engine, HEAD),
    peers: Array.from({ length: count! }, (_, i) => ({
      peer: numbers[first + i * stride]!,
      report: report(fields.peer, first + i * stride + 1),
    })),
  };
}
