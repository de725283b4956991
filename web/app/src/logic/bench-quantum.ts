/** What the engine's quanta cost, as a table. */
import type { QuantumResult } from 'tutti/bench';
import type { Words } from '../words/en.js';
import { termOf } from './bench-loopback.js';
import { cell, quantileTerms, QUANTILES, spreadCells, type BenchTable } from './bench-table.js';
import { number } from './units.js';

const STATES = ['playing', 'concealing'] as const;

/** "mono" and "stereo" are so called in all of our languages. */
export const channelsName = (channels: QuantumResult['channels']): string =>
  channels === 1 ? 'mono' : 'stereo';

export const quantumName = (
  { peers, channels, state }: Pick<QuantumResult, 'peers' | 'channels' | 'state'>,
  w: Words,
): string => `${number(peers, w.language)} × ${channelsName(channels)}, ${w.bench.state[state]}`;

export function quantumTable(results: readonly QuantumResult[], w: Words): BenchTable {
  const { language, bench } = w;
  const { columns: c } = bench;
  const share = (value: number | null): string =>
    cell(value === null ? null : 100 * value, language, 2);
  const [one] = results;
  return {
    caption: bench.quantumCaption(
      cell(one?.quantumFrames, language),
      cell(one?.budgetUs, language),
    ),
    corner: bench.streams,
    groups: [
      { ...c.cost, columns: [bench.mean, ...QUANTILES] },
      { ...c.share, columns: [bench.mean, 'p99'] },
      { ...c.quanta, columns: [] },
      { ...c.clock, columns: [] },
    ],
    rows: results.map((result) => ({
      heading: quantumName(result, w),
      cells: [
        cell(result.us?.mean, language, 1),
        // No clock of a browser is finer.
        ...spreadCells(result.us, QUANTILES, language),
        share(result.meanShare),
        share(result.p99Share),
        cell(result.us?.count, language),
        cell(result.clockUs, language, 1),
      ],
    })),
    legend: [
      ...[c.cost, c.share, c.quanta, c.clock].map(termOf),
      ...quantileTerms(w),
      ...STATES.map((state) => ({ term: bench.state[state], text: bench.quantumTerms[state] })),
    ],
  };
}
