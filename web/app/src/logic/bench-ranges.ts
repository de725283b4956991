/**
 * The loops' latencies and hops as ranges on one axis that begins at 0 ms: SVG paths in a box that
 * is stretched to its place.
 */
import type { LoopbackResult, Spread } from 'tutti/bench';
import { loopName } from './bench-loopback.js';

export const BAR = { width: 1000, height: 20 } as const;
const MIDDLE = BAR.height / 2;

/** Ends of an axis whose half is round too, times powers of ten. */
const TOPS = [1, 2, 4, 6, 8, 10];

export interface RangePaths {
  /** From the median to the largest, */
  reach: string;
  /** to the 99th percentile, */
  body: string;
  /** and the median itself. */
  median: string;
}

export interface RangeRow {
  name: string;
  latency: RangePaths | null;
  hop: RangePaths | null;
}

export interface Ranges {
  /** The end of the axis, ms. */
  top: number;
  rows: RangeRow[];
}

/** The least round number that is not below `most`; 1 of nothing. */
export function roundTop(most: number): number {
  if (!(most > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(most));
  // Powers below one are no exact numbers.
  const top = TOPS.find((one) => most <= one * power * (1 + 1e-12)) ?? 10;
  return Number((top * power).toPrecision(3));
}

export function rangesOf(results: readonly LoopbackResult[]): Ranges {
  const largest = results.flatMap(({ latencyMs, hopMs }) => [latencyMs?.max ?? 0, hopMs?.max ?? 0]);
  const top = roundTop(Math.max(0, ...largest));
  return {
    top,
    rows: results.map((result) => ({
      name: loopName(result),
      latency: result.latencyMs && rangePaths(result.latencyMs, top),
      hop: result.hopMs && rangePaths(result.hopMs, top),
    })),
  };
}

export function rangePaths({ p50, p99, max }: Spread, top: number): RangePaths {
  // By two clocks that are rounded, a hop may seem to take less than nothing.
  const x = (ms: number): number =>
    Math.round(10 * BAR.width * Math.min(1, Math.max(0, ms / top))) / 10;
  return {
    reach: `M${x(p50)} ${MIDDLE}H${x(max)}M${x(max)} 5V${BAR.height - 5}`,
    body: `M${x(p50)} ${MIDDLE}H${x(p99)}`,
    median: `M${x(p50)} 1V${BAR.height - 1}`,
  };
}

/** The loops whose medians are the smallest and the largest, or null where nothing was heard. */
export function extremes(
  results: readonly LoopbackResult[],
): { least: LoopbackResult; most: LoopbackResult } | null {
  const heard = results
    .filter(({ latencyMs }) => latencyMs !== null)
    .sort((a, b) => a.latencyMs!.p50 - b.latencyMs!.p50);
  const [least, most] = [heard[0], heard.at(-1)];
  return least && most ? { least, most } : null;
}
