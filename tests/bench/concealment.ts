/**
 * scripts/bench concealment FOLDER [LOSSES]: how near concealed packets come to the music that was
 * lost, beside other methods on the same losses.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Concealer } from './concealers/concealer.ts';
import { jackTripLike } from './concealers/jacktrip.ts';
import { silence } from './concealers/silence.ts';
import { type ConcealmentScore, scoreConcealment } from './concealment-score.ts';
import { filesIn, stem } from './folder.ts';
import { inOrder } from './in-order.ts';
import type { Figures } from './figures.ts';
import { InputError } from './input-error.ts';
import { GENERATED, type LossPattern, readLosses } from './losses.ts';
import { PACKET_FRAMES, RATE } from './stream.ts';
import { mean, table } from './table.ts';
import { inTemporaryFolder, readOutputDelay, tuttiSim } from './tutti-sim.ts';
import { parseWav, type Wav } from './wav.ts';

interface Clip {
  name: string;
  path: string;
  channels: Float64Array[];
}

type Method = (clip: Clip, lost: readonly number[]) => Promise<Float64Array[]>;

const here =
  (conceal: Concealer): Method =>
  (clip, lost) =>
    Promise.resolve(clip.channels.map((channel) => conceal(channel, new Set(lost))));

/** tutti-sim's output, in time with its input. */
const simulated =
  (options: Record<string, string>): Method =>
  (clip, lost) =>
    inTemporaryFolder(async (folder) => {
      const file = (name: string) => join(folder, name);
      writeFileSync(file('lost.txt'), lost.map((packet) => `${packet}\n`).join(''));
      await tuttiSim({
        input: clip.path,
        output: file('out.wav'),
        report: file('report.json'),
        loss: file('lost.txt'),
        ...options,
      });
      const delay = readOutputDelay(file('report.json'));
      const { channels } = readWav(file('out.wav'));
      return channels.map((channel) => channel.subarray(delay));
    });

const METHODS: readonly { name: string; conceal: Method }[] = [
  { name: 'Tutti', conceal: simulated({ delay: 'auto' }) },
  { name: 'Tutti, 12 ms', conceal: simulated({ delay: 'fixed:12' }) },
  { name: 'JackTrip-like', conceal: here(jackTripLike) },
  { name: 'repeat', conceal: simulated({ delay: 'auto', conceal: 'repeat' }) },
  { name: 'silence', conceal: here(silence) },
];

function readWav(path: string): Wav {
  return parseWav(readFileSync(path), path);
}

function readClip(path: string): Clip {
  const { rate, channels } = readWav(path);
  if (rate !== RATE) {
    throw new InputError(`${path} has ${rate} frames a second. Convert it to ${RATE}.`);
  }
  return { name: stem(path), path, channels };
}

async function scores(clip: Clip, pattern: LossPattern): Promise<ConcealmentScore[]> {
  const lost = pattern.lost(Math.floor(clip.channels[0]!.length / PACKET_FRAMES));
  if (lost.length === 0) {
    throw new InputError(
      `${clip.path}: "${pattern.name}" loses nothing of it. Take a longer clip.`,
    );
  }
  return inOrder(METHODS, availableParallelism(), async ({ conceal }) =>
    scoreConcealment(clip.channels, await conceal(clip, lost), lost),
  );
}

function report(clips: Clip[], rows: ConcealmentScore[][]): string {
  const cells = (row: ConcealmentScore[]) =>
    row.map(({ snr, lsd }) => `${snr.toFixed(1)} / ${lsd.toFixed(1)}`);
  const means = METHODS.map((_, column) => ({
    snr: mean(rows.map((row) => row[column]!.snr)),
    lsd: mean(rows.map((row) => row[column]!.lsd)),
  }));
  return table(
    ['clip', ...METHODS.map(({ name }) => name)],
    [...clips.map(({ name }, i) => [name, ...cells(rows[i]!)]), ['mean', ...cells(means)]],
  );
}

export async function concealment(
  [music, losses]: readonly string[],
  figures: Figures,
): Promise<void> {
  if (music === undefined) {
    throw new InputError('Which folder of music? concealment MUSIC_FOLDER [LOSS_FOLDER]');
  }
  const clips = filesIn(music, '.wav').map(readClip);
  const patterns = losses === undefined ? GENERATED : readLosses(losses);
  console.log('Concealment: SNR dB (more is better) / log-spectral distance dB (less is better),');
  console.log('over the lost samples and 256 after each gap');
  for (const pattern of patterns) {
    const rows: ConcealmentScore[][] = [];
    for (const clip of clips) rows.push(await scores(clip, pattern));
    console.log(`\n${pattern.name}\n\n${report(clips, rows)}`);
    METHODS.forEach(({ name }, column) => {
      const figure = (what: string) => `concealment ${pattern.name}, ${name}: ${what}`;
      figures.add(figure('SNR'), mean(rows.map((row) => row[column]!.snr)), 'dB');
      figures.add(figure('spectral distance'), mean(rows.map((row) => row[column]!.lsd)), 'dB');
    });
  }
}
