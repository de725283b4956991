/**
 * What a quantum costs against the number of streams, both in logarithms: SVG paths in a box that
 * is stretched to its place. Each number of streams has a column of the same width.
 */
import type { QuantumResult } from 'tutti/bench';

export const BOX = { width: 800, height: 400 } as const;
/** Between two series in a column, so that they do not cover each other. */
const APART = 12;

export interface Series {
  channels: QuantumResult['channels'];
  state: QuantumResult['state'];
  /** Through the means. */
  line: string;
  /** Points of no length, drawn by their caps. */
  means: string;
  /** From each mean up to the 99th percentile. */
  reach: string;
}

export interface Costs {
  /** Numbers of streams, one a column. */
  peers: number[];
  /** Shares of the budget at whole powers of ten, from the top down. */
  decades: number[];
  /** Where the whole budget is. */
  budget: string;
  series: Series[];
}

const SERIES: readonly Pick<Series, 'channels' | 'state'>[] = [
  { channels: 1, state: 'playing' },
  { channels: 1, state: 'concealing' },
  { channels: 2, state: 'playing' },
  { channels: 2, state: 'concealing' },
];

/** null: nothing took any time that could be told. */
export function costsOf(results: readonly QuantumResult[]): Costs | null {
  const told = results.filter(({ meanShare }) => meanShare !== null && meanShare > 0);
  if (told.length === 0) return null;
  const peers = [...new Set(results.map((result) => result.peers))].sort((a, b) => a - b);
  const bottom = Math.floor(log(Math.min(...told.map(({ meanShare }) => meanShare!))));
  const most = Math.max(...told.map(({ meanShare, p99Share }) => Math.max(meanShare!, p99Share!)));
  // The budget's line is always to be seen, with everything below it or some of it above.
  const top = Math.max(0, Math.ceil(log(most)), bottom + 1);

  const y = (share: number): number => round(((top - log(share)) / (top - bottom)) * BOX.height);
  const x = (count: number, series: number): number =>
    round(
      ((peers.indexOf(count) + 0.5) / peers.length) * BOX.width +
        (series - (SERIES.length - 1) / 2) * APART,
    );
  return {
    peers,
    decades: Array.from({ length: top - bottom + 1 }, (_, i) => 10 ** (top - i)),
    budget: `M0 ${y(1)}H${BOX.width}`,
    series: SERIES.map((which, i) => {
      const points = told
        .filter(({ channels, state }) => channels === which.channels && state === which.state)
        .sort((a, b) => a.peers - b.peers)
        .map((result) => ({
          x: x(result.peers, i),
          mean: y(result.meanShare!),
          p99: y(Math.max(result.meanShare!, result.p99Share!)),
        }));
      return {
        ...which,
        line: points.length === 0 ? '' : `M${points.map((p) => `${p.x} ${p.mean}`).join('L')}`,
        means: points.map((p) => `M${p.x} ${p.mean}h0`).join(''),
        reach: points.map((p) => `M${p.x} ${p.mean}V${p.p99}`).join(''),
      };
    }).filter(({ line }) => line !== ''),
  };
}

/** The case that costs most, by its mean. */
export function dearest(results: readonly QuantumResult[]): QuantumResult | null {
  return results.reduce<QuantumResult | null>(
    (most, one) => ((one.meanShare ?? -1) > (most?.meanShare ?? -1) ? one : most),
    null,
  );
}

const log = (share: number): number => Number(Math.log10(share).toFixed(9));
const round = (value: number): number => Math.round(value * 10) / 10;
