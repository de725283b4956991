/** Runs tutti-sim on made-up sound in a folder that is gone afterwards. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PACKET_FRAMES, PACKET_MS, RATE } from '../../bench/stream.ts';
import { formatWav, parseWav } from '../../bench/wav.ts';

const PROGRAM = fileURLToPath(new URL('../../../build/native/bin/tutti-sim', import.meta.url));

export type State = 'played' | 'late' | 'lost';

/** A line of --packets; NaN where it is empty. */
export interface Packet {
  seq: number;
  sendMs: number;
  arrivalMs: number;
  playoutMs: number;
  state: State;
}

interface Distribution {
  mean: number;
  p50: number;
  p95: number;
  max: number;
}

/** What of --report is looked at here. */
export interface Report {
  packets: number;
  lost: number;
  late: number;
  concealed_frames: number;
  delay_ms: Distribution;
  discontinuities: number;
  fit_us: { p50: number | null; p99: number | null };
  recovered: number;
  ratio_ppm: Distribution;
  drift_ppm: number;
  output_delay_frames: number;
}

export interface Simulated {
  report: Report;
  packets: Packet[];
  output: Float64Array[];
  /** As written. */
  files: { report: string; packets: string; output: Buffer };
}

export interface Given {
  sound: readonly Float64Array[];
  /** Contents of the files of these options. */
  trace?: string;
  loss?: readonly number[];
  scenario?: unknown;
  /** The rest of the options, without their dashes. */
  options?: Record<string, string>;
}

export interface Outcome {
  code: number | null;
  stderr: string;
  /** Files that are there after it and were not before. */
  written: string[];
}

export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), 'tutti-sim-test-'));

  of(name: string): string {
    return join(this.path, name);
  }
  write(name: string, content: string | Buffer): string {
    writeFileSync(this.of(name), content);
    return this.of(name);
  }
  run(args: readonly string[]): Promise<Outcome> {
    const before = new Set(readdirSync(this.path));
    return new Promise((resolve, reject) => {
      const child = spawn(PROGRAM, args, { cwd: this.path, stdio: ['ignore', 'ignore', 'pipe'] });
      let stderr = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
      child.on('error', reject);
      child.on('close', (code) =>
        resolve({
          code,
          stderr,
          written: readdirSync(this.path).filter((name) => !before.has(name)),
        }),
      );
    });
  }
  remove(): void {
    rmSync(this.path, { recursive: true });
  }
}

export async function inFolder<T>(work: (folder: Folder) => Promise<T>): Promise<T> {
  const folder = new Folder();
  try {
    return await work(folder);
  } finally {
    folder.remove();
  }
}

function parsePackets(text: string): Packet[] {
  const [header, ...lines] = text.trimEnd().split('\n');
  if (header !== 'seq,send_ms,arrival_ms,playout_ms,state') throw new Error(`header: ${header}`);
  return lines.map((line) => {
    const [seq, send, arrival, playout, state] = line.split(',');
    return {
      seq: Number(seq),
      sendMs: Number(send || NaN),
      arrivalMs: Number(arrival || NaN),
      playoutMs: Number(playout || NaN),
      state: state as State,
    };
  });
}

export function simulate({
  sound,
  trace,
  loss,
  scenario,
  options = {},
}: Given): Promise<Simulated> {
  return inFolder(async (folder) => {
    const args = new Map(Object.entries(options));
    args.set('input', folder.write('in.wav', formatWav({ rate: RATE, channels: [...sound] })));
    for (const name of ['output', 'report', 'packets']) args.set(name, folder.of(name));
    if (trace !== undefined) args.set('trace', folder.write('t.csv', trace));
    if (loss) args.set('loss', folder.write('lost.txt', loss.map((k) => `${k}\n`).join('')));
    if (scenario !== undefined) {
      args.set('scenario', folder.write('s.json', JSON.stringify(scenario)));
    }
    const { code, stderr } = await folder.run(
      [...args].flatMap(([name, value]) => [`--${name}`, value]),
    );
    if (code !== 0) throw new Error(`tutti-sim ended with ${code}: ${stderr}`);
    const files = {
      report: readFileSync(folder.of('report'), 'utf8'),
      packets: readFileSync(folder.of('packets'), 'utf8'),
      output: readFileSync(folder.of('output')),
    };
    return {
      report: JSON.parse(files.report) as Report,
      packets: parsePackets(files.packets),
      output: parseWav(files.output, 'output').channels,
      files,
    };
  });
}

/** `sound` through a network of these impairments. */
export function through(
  network: readonly Record<string, unknown>[],
  sound: readonly Float64Array[],
  options: Record<string, string> = {},
): Promise<Simulated> {
  return simulate({ sound, scenario: { network }, options });
}

export const packetsIn = (seconds: number) => Math.round((1000 * seconds) / PACKET_MS);
const framesIn = (seconds: number) => packetsIn(seconds) * PACKET_FRAMES;

/** Three tones that no packet holds a whole number of periods of. */
export function tones(seconds: number): Float64Array {
  return Float64Array.from({ length: framesIn(seconds) }, (_, i) =>
    [311, 523, 1187].reduce((sum, hz) => sum + 0.1 * Math.sin((2 * Math.PI * hz * i) / RATE), 0),
  );
}

export function silence(seconds: number): Float64Array {
  return new Float64Array(framesIn(seconds));
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Lengths of the runs of packets that `is` true of. */
export function runsOf(packets: readonly Packet[], is: (packet: Packet) => boolean): number[] {
  const runs: number[] = [];
  packets.forEach((packet, k) => {
    if (!is(packet)) return;
    if (k > 0 && is(packets[k - 1]!)) runs[runs.length - 1]!++;
    else runs.push(1);
  });
  return runs;
}
