/**
 * scripts/bench playout FOLDER: what Tutti's playout costs on network traces, beside the other
 * policies and what somebody could have had who knew the future.
 */
import { availableParallelism } from 'node:os';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesIn, stem } from './folder.ts';
import type { Figures } from './figures.ts';
import { InputError } from './input-error.ts';
import { inOrder } from './in-order.ts';
import {
  type Bounds,
  clairvoyant,
  isScorable,
  type PlayoutScore,
  scorePlayout,
} from './playout-score.ts';
import { POLICIES } from './policies/index.ts';
import { PACKET_FRAMES, RATE, type Stream } from './stream.ts';
import { mean, table } from './table.ts';
import { readTrace } from './trace.ts';
import { inTemporaryFolder, parsePackets, tuttiSim } from './tutti-sim.ts';
import { formatWav } from './wav.ts';

interface Row {
  trace: string;
  tutti: PlayoutScore;
  others: PlayoutScore[];
  bounds: Bounds;
}

/** A quiet 440 Hz: the playout does not listen, it only has to have something to play. */
function tone(frames: number): Buffer {
  const channel = Float64Array.from(
    { length: frames },
    (_, i) => 0.1 * Math.sin((2 * Math.PI * 440 * i) / RATE),
  );
  return formatWav({ rate: RATE, channels: [channel] });
}

/** When tutti-sim plays each packet, having met the same arrivals. */
async function playTutti(path: string, stream: Stream, folder: string): Promise<Float64Array> {
  const [input, packets] = [join(folder, 'in.wav'), join(folder, 'packets.csv')];
  writeFileSync(input, tone(stream.sends.length * PACKET_FRAMES));
  await tuttiSim({
    trace: path,
    input,
    output: join(folder, 'out.wav'),
    report: join(folder, 'report.json'),
    packets,
  });
  const plays = new Float64Array(stream.sends.length).fill(NaN);
  const seen = parsePackets(readFileSync(packets, 'utf8'));
  if (seen.length !== plays.length) {
    throw new Error(
      `${path}: tutti-sim tells of ${seen.length} packets instead of ${plays.length}`,
    );
  }
  for (const { seq, arrivalMs, playoutMs, state } of seen) {
    const expected = stream.arrivals[seq]!;
    const isSame = Number.isNaN(expected)
      ? Number.isNaN(arrivalMs)
      : Math.abs(arrivalMs - expected) < 0.01;
    if (!isSame) {
      throw new Error(
        `${path}: packet ${seq} arrives at ${expected} ms, in tutti-sim ${arrivalMs}`,
      );
    }
    if (state === 'played') plays[seq] = playoutMs;
  }
  return plays;
}

async function measureTrace(path: string): Promise<Row> {
  const stream = readTrace(path);
  if (!isScorable(stream)) {
    throw new InputError(
      `${path}: nothing to score. A trace must go on for more than 6 s: the first 5 and the last ` +
        'do not count.',
    );
  }
  const tutti = await inTemporaryFolder((folder) => playTutti(path, stream, folder));
  return {
    trace: stem(path),
    tutti: scorePlayout(stream, tutti),
    others: POLICIES.map(({ play }) => scorePlayout(stream, play(stream))),
    bounds: clairvoyant(stream),
  };
}

function costs(rows: Row[]): string {
  const head = ['trace', 'Tutti', ...POLICIES.map(({ name }) => name)];
  head.push('clairvoyant, fixed', 'clairvoyant, per 10 s');
  const values = rows.map(({ tutti, others, bounds }) =>
    [tutti, ...others].map(({ cost }) => cost).concat(bounds.fixed, bounds.per10s),
  );
  const means = values[0]!.map((_, column) => mean(values.map((row) => row[column]!)));
  const cells = (row: number[]) => row.map((cost) => cost.toFixed(1));
  return table(head, [
    ...rows.map(({ trace }, i) => [trace, ...cells(values[i]!)]),
    ['mean', ...cells(means)],
  ]);
}

function delays(rows: Row[]): string {
  const head = [
    'trace',
    'Tutti late %',
    'mean ms',
    'p95 ms',
    'best other',
    'late %',
    'mean ms',
    'p95 ms',
  ];
  const cells = (score: PlayoutScore) => [
    score.latePercent.toFixed(2),
    score.meanMs.toFixed(1),
    score.p95Ms.toFixed(1),
  ];
  return table(
    head,
    rows.map(({ trace, tutti, others }) => {
      const least = Math.min(...others.map(({ cost }) => cost));
      const best = others.findIndex(({ cost }) => cost === least);
      return [trace, ...cells(tutti), POLICIES[best]!.name, ...cells(others[best]!)];
    }),
  );
}

export async function playout([folder]: readonly string[], figures: Figures): Promise<void> {
  if (folder === undefined) throw new InputError('Which folder of traces? playout TRACES_FOLDER');
  const rows = await inOrder(filesIn(folder, '.csv'), availableParallelism(), measureTrace);
  console.log('Playout cost: mean delay in ms above the fastest packet + 10 per percent late\n');
  console.log(`${costs(rows)}\n`);
  console.log(
    'Late packets and delay, of Tutti and of the policy among the others that costs least\n',
  );
  console.log(delays(rows));
  for (const { trace, tutti } of rows) figures.add(`playout ${trace}: cost`, tutti.cost, 'ms');
  figures.add('playout mean: cost', mean(rows.map(({ tutti }) => tutti.cost)), 'ms');
}
