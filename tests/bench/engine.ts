/**
 * scripts/bench engine: how long tutti.wasm takes for a quantum, under Node, and above all for one
 * in which packets are missing.
 */
import { execFile } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { COLD, coldQuanta, type Cost, costOf, quantaGoingOn, quantaWith } from './engine-cost.ts';
import type { Run, RunOptions } from './engine-run.ts';
import type { Figures } from './figures.ts';
import { InputError } from './input-error.ts';
import { PACKET_MS } from './stream.ts';
import { table } from './table.ts';

const RUN = fileURLToPath(new URL('./engine-run.ts', import.meta.url));
const RUNS = 8;
const EVENTS = 50;
const QUANTUM_US = 1000 * PACKET_MS;
/** What one quantum may take at most, so that the rest of the machine has its share. */
const AIM_US = QUANTUM_US / 2;
const AIMED_STREAMS = 16;
const MOST_STREAMS = 64;
/** The share of a quantum that ordinary ones, with receiving, may take at p99. */
const ORDINARY_AIMS = new Map([
  [AIMED_STREAMS, 0.05],
  [MOST_STREAMS, 0.2],
]);
/** Enough for the sound after a lost packet to be known. */
const SAFE_MS = 16;

type Case = Pick<RunOptions, 'streams' | 'channels' | 'delayMs'> & { losers?: number[] };

interface Measured {
  name: string;
  streams: number;
  runs: Run[];
  ordinary: Cost;
  /** The ordinary quanta, each with the packets that were received for it. */
  whole: Cost;
  all: Cost;
  cold: Cost;
  rows: [string, Cost][];
}

const execute = promisify(execFile);

async function runOnce(options: RunOptions): Promise<Run> {
  const { stdout } = await execute(
    process.execPath,
    ['--import', 'tsx', RUN, JSON.stringify(options)],
    { maxBuffer: 2 ** 28 },
  );
  return JSON.parse(stdout) as Run;
}

async function measureCase({ losers, ...room }: Case): Promise<Measured> {
  const { streams, channels, delayMs } = room;
  const runs: Run[] = [];
  for (let i = 0; i < RUNS; i++) {
    runs.push(
      await runOnce({
        ...room,
        losers: losers ?? [...new Set([1, streams])].filter((many) => many <= streams),
        events: EVENTS,
        explained: i === 0,
      }),
    );
  }
  const happened = runs[0]!;
  const cold = coldQuanta(happened);
  const warm = (cold.at(-1) ?? 0) + 1;
  const renders = runs.map(({ renderUs }) => renderUs);
  const calm = quantaWith(happened, 0, warm);
  const ordinary = costOf(renders, calm);
  const whole = costOf(
    runs.map(({ renderUs, receiveUs }) => renderUs.map((us, q) => us + receiveUs[q]!)),
    calm,
  );
  const all = costOf(renders, quantaWith(happened, streams, warm));
  const first = costOf(renders, cold);
  const rows: [string, Cost][] = [['ordinary', ordinary]];
  for (const many of (losers ?? [1]).filter((n) => n < streams)) {
    const name = many === 1 ? 'one stream begins' : `${many} streams begin`;
    rows.push([`${name} to conceal`, costOf(renders, quantaWith(happened, many, warm))]);
  }
  if (streams > 0) {
    rows.splice(1, 0, ['ordinary, and receiving for it', whole]);
    rows.push(
      [streams === 1 ? 'it begins to conceal' : 'all begin to conceal at once', all],
      ['going on', costOf(renders, quantaGoingOn(happened, streams, warm))],
      [`cold: the first ${COLD} with losses`, first],
      [
        'receiving, before any of them',
        costOf(
          runs.map((run) => run.receiveUs),
          [...happened.begin.keys()],
        ),
      ],
    );
  }
  const what = channels === 1 ? 'mono' : 'stereo';
  const delay = delayMs === null ? '' : `, ${delayMs} ms of delay`;
  const name =
    streams === 0 ? 'An empty room: the machine and its noise' : `${streams} × ${what}${delay}`;
  return { name, streams, runs, ordinary, whole, all, cold: first, rows };
}

function cell(us: number): string {
  if (Number.isNaN(us)) return '';
  return `${us.toFixed(us < 10 ? 1 : 0)} (${((100 * us) / QUANTUM_US).toFixed(1)} %)`;
}

function report({ name, rows }: Measured): string {
  const head = ['quantum', 'number', 'p50', 'p99', 'worst', 'steady p99', 'steady worst'];
  return `${name}\n\n${table(
    head,
    rows.map(([kind, { count, p50, p99, worst, steadyP99, steadyWorst }]) => [
      kind,
      `${RUNS} × ${count}`,
      ...[p50, p99, worst, steadyP99, steadyWorst].map(cell),
    ]),
  )}\n`;
}

const CASES: readonly Case[] = [
  { streams: 0, channels: 1, delayMs: null },
  { streams: 1, channels: 1, delayMs: null },
  { streams: 8, channels: 1, delayMs: null },
  { streams: AIMED_STREAMS, channels: 1, delayMs: null, losers: [1, 2, 4, 8, 11, AIMED_STREAMS] },
  { streams: 32, channels: 1, delayMs: null },
  { streams: AIMED_STREAMS, channels: 2, delayMs: null },
  { streams: MOST_STREAMS, channels: 1, delayMs: null },
  { streams: MOST_STREAMS, channels: 2, delayMs: null },
  { streams: AIMED_STREAMS, channels: 1, delayMs: SAFE_MS },
  { streams: AIMED_STREAMS, channels: 2, delayMs: SAFE_MS },
];

export async function engine(args: readonly string[], figures: Figures): Promise<void> {
  if (args.length > 0) throw new InputError('engine takes no argument');
  const us = (value: number) => `${Math.round(value).toLocaleString('en')} us`;
  console.log(
    `render() of tutti.wasm, a quantum of 128 frames: us (share of the ${us(QUANTUM_US)} there are).\n` +
      `Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}. Each of the ${RUNS} runs is a new ` +
      'process, with the same packets:\nV8 begins it with code from its quick compiler (Liftoff), ' +
      'and replaces what is hot by that of its thorough one\n(TurboFan) as it goes, as in a ' +
      "browser; the engine's own warm-up is over when the first packet comes.\nSteady: when " +
      'of each quantum the fastest of the runs counts, which leaves out what the machine did besides.\n',
  );
  const ordinary: Measured[] = [];
  const aimed: Measured[] = [];
  for (const room of CASES) {
    const measured = await measureCase(room);
    console.log(report(measured));
    for (const [kind, { p50, p99 }] of measured.rows) {
      figures.add(`engine ${measured.name}, ${kind}: p50`, p50, 'us');
      figures.add(`engine ${measured.name}, ${kind}: p99`, p99, 'us');
    }
    if (room.streams === 0) {
      console.log(
        `The machine's noise, p99 of an empty room: ${measured.ordinary.p99.toFixed(1)} us\n`,
      );
    }
    if (ORDINARY_AIMS.has(room.streams)) ordinary.push(measured);
    if (room.streams === AIMED_STREAMS) aimed.push(measured);
  }
  for (const { name, streams, whole } of ordinary) {
    const aim = ORDINARY_AIMS.get(streams)! * QUANTUM_US;
    const verdict = whole.steadyP99 < aim ? 'holds' : 'DOES NOT HOLD';
    console.log(
      `${name}, ordinary quanta with receiving: p99 below ${us(aim)} ${verdict}: steady ` +
        `${us(whole.steadyP99)}; with the machine's noise ${us(whole.p99)}.`,
    );
  }
  for (const { name, all, cold } of aimed) {
    const worst = Math.max(all.steadyWorst, cold.steadyWorst);
    const verdict = worst < AIM_US ? 'holds' : 'DOES NOT HOLD';
    console.log(
      `${name}, all losing at once: below half a quantum (${us(AIM_US)}) ${verdict}: steady worst ` +
        `${us(all.steadyWorst)}, cold ${us(cold.steadyWorst)}; with the machine's noise ${us(all.worst)}, cold ${us(cold.worst)}.`,
    );
  }
}
