/** What the quanta of several equal runs of the engine took, sorted by what happened in them. */
import type { Run } from './engine-run.ts';

/** us, of one kind of quantum. */
export interface Cost {
  /** Quanta of one run. */
  count: number;
  p50: number;
  p99: number;
  worst: number;
  /** p99 and the worst, when of each quantum only the fastest run counts: what comes of the
   * machine's other work does not come in the same quantum of every run. */
  steadyP99: number;
  steadyWorst: number;
}

/** The first of a run that is cold; see coldQuanta(). */
export const COLD = 20;

/** Sorted ascending; `share` 0 to 1. NaN of nothing. */
export function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.round(share * (sorted.length - 1))] ?? NaN;
}

/** Of the quanta whose indices are given. `runs`: the same quanta, measured several times. */
export function costOf(runs: readonly (readonly number[])[], quanta: readonly number[]): Cost {
  const sorted = Float64Array.from(runs.flatMap((run) => quanta.map((q) => run[q]!))).sort();
  const fastest = Float64Array.from(quanta, (q) => Math.min(...runs.map((run) => run[q]!))).sort();
  return {
    count: quanta.length,
    p50: quantile(sorted, 0.5),
    p99: quantile(sorted, 0.99),
    worst: quantile(sorted, 1),
    steadyP99: quantile(fastest, 0.99),
    steadyWorst: quantile(fastest, 1),
  };
}

/** The first quanta in which sound is concealed: the first sound of a stream comes out of nothing. */
export function coldQuanta({ begin, goOn }: Run): number[] {
  return [...begin.keys()].filter((q) => begin[q]! + goOn[q]! > 0).slice(0, COLD);
}

/** Quanta after the cold ones in which `many` streams begin to conceal and none goes on. */
export function quantaWith({ begin, goOn }: Run, many: number, from: number): number[] {
  return [...begin.keys()].filter((q) => q >= from && begin[q] === many && goOn[q] === 0);
}

/** Quanta after the cold ones in which every stream goes on concealing. */
export function quantaGoingOn({ goOn }: Run, streams: number, from: number): number[] {
  return [...goOn.keys()].filter((q) => q >= from && goOn[q] === streams);
}
