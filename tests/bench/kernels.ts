/**
 * scripts/bench kernels: what the pieces of the engine cost natively and in WebAssembly
 * (tests/bench/kernels/), and how many times as much it is there.
 */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Figures } from './figures.ts';
import { InputError } from './input-error.ts';
import { type KernelCost, kernelCosts, type Round, type Times } from './kernels/cost.ts';
import { WasmKernels } from './kernels/wasm-kernels.ts';
import { mean, table } from './table.ts';

const PROGRAM = fileURLToPath(new URL('../../build/native/bin/tutti-kernels', import.meta.url));
const MODULE = new URL('../../build/wasm/bin/tutti-kernels.wasm', import.meta.url);
const ROUNDS = 5;
/** Of one round and kernel; what each batch takes is divided by its runs. */
const BATCHES = 20;
const BATCH_MS = 2;
/** WebAssembly at most so many times the native cost. */
const AIM = 1.6;

const execute = promisify(execFile);

interface Benchmark {
  run_name: string;
  run_type: string;
  /** Of the processor alone: what others do meanwhile does not count. */
  cpu_time: number;
  time_unit: string;
}

/** us of each kernel's batches, from Google Benchmark's report. */
export function timesOf(report: string): Times {
  const times: Times = new Map();
  for (const benchmark of (JSON.parse(report) as { benchmarks: Benchmark[] }).benchmarks) {
    if (benchmark.run_type !== 'iteration') continue;
    if (benchmark.time_unit !== 'ns') throw new Error(`${benchmark.time_unit} is not ns`);
    const batches = times.get(benchmark.run_name) ?? [];
    times.set(benchmark.run_name, [...batches, benchmark.cpu_time / 1000]);
  }
  return times;
}

async function native(): Promise<Times> {
  const { stdout } = await execute(
    PROGRAM,
    [
      '--benchmark_format=json',
      `--benchmark_min_time=${BATCH_MS / 1000}`,
      `--benchmark_repetitions=${BATCHES}`,
    ],
    { maxBuffer: 2 ** 26 },
  );
  return timesOf(stdout);
}

function wasm(kernels: WasmKernels): Times {
  return new Map(kernels.names.map((name, i) => [name, kernels.time(i, BATCHES, BATCH_MS)]));
}

/** Both in turn, so that what the machine does besides meets both. Minutes. */
export async function measureKernels(rounds = ROUNDS): Promise<KernelCost[]> {
  if (!existsSync(PROGRAM) || !existsSync(MODULE)) {
    throw new InputError('tutti-kernels is not built. scripts/bench builds it: start it by that.');
  }
  const kernels = new WasmKernels(new Uint8Array(readFileSync(MODULE)));
  const measured: Round[] = [];
  for (let i = 0; i < rounds; i++) {
    measured.push({ native: await native(), wasm: wasm(kernels) });
  }
  return kernelCosts(measured);
}

const us = (value: number) => value.toFixed(value < 1 ? 3 : value < 10 ? 2 : 1);

export function report(costs: readonly KernelCost[]): string {
  return table(
    ['kernel', 'native, us', 'median', 'WASM, us', 'median', 'ratio'],
    costs.map(({ name, native, wasm, ratio }) => [
      name,
      ...[native.least, native.median, wasm.least, wasm.median].map(us),
      ratio.toFixed(2),
    ]),
  );
}

export async function kernels(args: readonly string[], figures: Figures): Promise<void> {
  if (args.length > 0) throw new InputError('kernels takes no argument');
  const costs = await measureKernels();
  console.log(
    `The engine's kernels, once each: the least and the median of ${ROUNDS} × ${BATCHES} batches, ` +
      `native and WebAssembly in turn;\nratio: of the least. ${cpus()[0]?.model ?? 'unknown processor'}, ` +
      `Node ${process.version}. Native: -O3 for any processor of its kind (no -march), file by file; WebAssembly across files (LTO).\n`,
  );
  console.log(`${report(costs)}\n`);
  for (const { name, native, wasm, ratio } of costs) {
    figures.add(`kernel ${name}: native`, native.least, 'us');
    figures.add(`kernel ${name}: WASM`, wasm.least, 'us');
    figures.add(`kernel ${name}: WASM / native`, ratio, '1');
  }
  const beyond = costs.filter(({ ratio }) => ratio > AIM);
  const average = Math.exp(mean(costs.map(({ ratio }) => Math.log(ratio))));
  console.log(
    `WebAssembly takes ${average.toFixed(2)} times as long on (geometric) average. ` +
      (beyond.length === 0
        ? `Within ${AIM} times: every kernel.`
        : `Beyond ${AIM} times: ${beyond.map(({ name }) => name).join('; ')}.`),
  );
}
