/** The loops as two tables: how long, and how many. */
import type { LoopbackResult } from 'tutti/bench';
import type { Words } from '../words/en.js';
import {
  cell,
  quantileTerms,
  QUANTILES,
  spreadCells,
  type BenchTable,
  type Term,
} from './bench-table.js';

const LOOP_TERMS = [
  ['worker/ring', 'worker/ring'],
  ['worker/port', 'worker/port'],
  ['main/…', 'main'],
  ['idle', 'idle'],
  ['busy', 'busy'],
  ['garbage', 'garbage'],
] as const;

export const loopName = ({ transport, load }: Pick<LoopbackResult, 'transport' | 'load'>): string =>
  `${transport}, ${load}`;

export function timesTable(results: readonly LoopbackResult[], w: Words): BenchTable {
  const { language, bench } = w;
  const { columns: c } = bench;
  const quantiles = { columns: QUANTILES };
  return {
    caption: bench.loopTimes,
    corner: bench.loop,
    groups: [
      { ...c.latencyFrames, ...quantiles },
      { ...c.latency, ...quantiles },
      { ...c.hop, ...quantiles },
      { ...c.interval, ...quantiles },
      { ...c.smallestDelay, columns: [] },
      { ...c.wakeUp, ...quantiles },
    ],
    rows: results.map((result) => ({
      heading: loopName(result),
      cells: [
        ...spreadCells(result.latencyFrames, QUANTILES, language),
        ...spreadCells(result.latencyMs, QUANTILES, language, 2),
        ...spreadCells(result.hopMs, QUANTILES, language, 2),
        ...spreadCells(result.intervalMs, QUANTILES, language, 2),
        cell(result.smallestDelayMs, language, 2),
        ...spreadCells(result.wakeUpMs, QUANTILES, language, 2),
      ],
    })),
    legend: [
      ...[c.latencyFrames, c.latency, c.hop, c.interval, c.smallestDelay, c.wakeUp].map(termOf),
      ...quantileTerms(w),
      ...LOOP_TERMS.map(([term, text]) => ({ term, text: bench.loopTerms[text] })),
    ],
  };
}

export function countsTable(results: readonly LoopbackResult[], w: Words): BenchTable {
  const { language, bench } = w;
  const { columns: c } = bench;
  const columns: [typeof c.received, (result: LoopbackResult) => number | null][] = [
    [c.received, (r) => r.received],
    [c.lost, (r) => r.lost],
    [c.late, (r) => r.late],
    [c.dropped, (r) => r.dropped],
    [c.concealed, (r) => r.concealedFrames],
    [c.unclear, (r) => r.unclearFrames],
    [c.jumps, (r) => r.discontinuities],
    [c.underruns, (r) => r.underruns],
    [c.packet, (r) => r.packetFrames],
    [c.quantum, (r) => r.quantumFrames],
  ];
  return {
    caption: bench.loopCounts,
    corner: bench.loop,
    groups: columns.map(([column]) => ({ ...column, columns: [] })),
    rows: results.map((result) => ({
      heading: loopName(result),
      cells: columns.map(([, of]) => cell(of(result), language)),
    })),
    legend: columns.map(([column]) => termOf(column)),
  };
}

export function termOf({ label, unit, why }: { label: string; unit: string; why: string }): Term {
  return { term: `${label}, ${unit}`, text: why };
}
