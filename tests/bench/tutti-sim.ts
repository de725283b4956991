/** tutti-sim, the engine run natively against a network: how it is called, what it reports. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { InputError } from './input-error.ts';

const PROGRAM = fileURLToPath(new URL('../../build/native/bin/tutti-sim', import.meta.url));
const run = promisify(execFile);

/** `options` as on the command line, without their dashes. */
export async function tuttiSim(options: Record<string, string>): Promise<void> {
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  try {
    await run(PROGRAM, args);
  } catch (error) {
    const { code, stderr } = error as NodeJS.ErrnoException & { stderr?: string };
    if (code === 'ENOENT') {
      throw new InputError('tutti-sim is not built. scripts/bench builds it: start it by that.');
    }
    throw new InputError(`tutti-sim ${args.join(' ')}\nfailed: ${stderr ?? String(error)}`);
  }
}

/** A folder for what one measurement writes, gone after it. */
export async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export interface SimulatedPacket {
  seq: number;
  /** NaN: lost. */
  arrivalMs: number;
  /** When it was, or would have been, heard. */
  playoutMs: number;
  state: string;
}

/** The file of `--packets`: seq,send_ms,arrival_ms,playout_ms,state. */
export function parsePackets(text: string): SimulatedPacket[] {
  const [header, ...lines] = text.trimEnd().split('\n');
  if (header !== 'seq,send_ms,arrival_ms,playout_ms,state') {
    throw new Error(`tutti-sim's packets have another header than is known here: ${header}`);
  }
  return lines.map((line) => {
    const [seq, , arrival, playout, state] = line.split(',');
    return {
      seq: Number(seq),
      arrivalMs: Number(arrival || NaN),
      playoutMs: Number(playout || NaN),
      state: state ?? '',
    };
  });
}

/** By how many frames the output is later than the input; only known of a delay that was constant. */
export function readOutputDelay(path: string): number {
  const report = JSON.parse(readFileSync(path, 'utf8')) as { output_delay_frames?: unknown };
  const delay = report.output_delay_frames;
  if (typeof delay !== 'number' || !Number.isInteger(delay) || delay < 0) {
    throw new Error(`tutti-sim reports ${JSON.stringify(delay)} as output_delay_frames`);
  }
  return delay;
}
