/** Runs what is asked for, one after the other, and tells how far it is. */
import { messageOf } from '../errors.js';
import { clockStepUs } from './clock-step.js';
import { measureContext } from './context.js';
import type { Load } from './load.js';
import { measureLoopback, ways, type Way } from './loopback.js';
import { measureQuantum, QUANTUM_PEERS } from './quantum.js';
import { SCHEMA, VERSION, type BenchResult, type Measurement } from './result.js';

export interface BenchPlan {
  measurements: readonly Measurement[];
  /** How long each loop is listened to. */
  seconds: number;
}

export interface BenchProgress {
  measurement: Measurement;
  /** What of it, in no language: as "worker/ring busy", "16 peers". */
  step: string;
  /** Of all that is planned, 0 to 1. */
  done: number;
  /** Roughly, s. */
  left: number;
}

const LOADS: readonly Load[] = ['idle', 'busy', 'garbage'];
const SETTLE_S = 5;
const CONTEXT_S = 3;
/** 8 s of sound. */
const QUANTA = 3000;
/** Roughly what one case of it takes, s. */
const QUANTUM_S = 3;

interface Step {
  measurement: Measurement;
  name: string;
  seconds: number;
  run: (result: BenchResult, signal?: AbortSignal) => Promise<void>;
}

/**
 * Call from a click, or where sound may start without one. A measurement that fails is written down
 * among the failures, and the others go on. Rejects only when aborted, with the signal's reason.
 */
export async function runBench(
  plan: BenchPlan,
  progress: (progress: BenchProgress) => void = () => undefined,
  signal?: AbortSignal,
): Promise<BenchResult> {
  const result: BenchResult = {
    schema: SCHEMA,
    version: VERSION,
    began: new Date().toISOString(),
    browser: {
      userAgent: navigator.userAgent,
      processors: navigator.hardwareConcurrency,
      crossOriginIsolated: globalThis.crossOriginIsolated,
      clockUs: clockStepUs(),
    },
    failures: [],
  };
  const steps = plan.measurements.flatMap((measurement) => stepsOf(measurement, plan.seconds));
  const total = steps.reduce((sum, { seconds }) => sum + seconds, 0);
  let left = total;
  for (const { measurement, name, seconds, run } of steps) {
    signal?.throwIfAborted();
    progress({ measurement, step: name, done: 1 - left / total, left });
    try {
      await run(result, signal);
    } catch (thrown) {
      signal?.throwIfAborted();
      result.failures.push({ measurement, message: `${name}: ${messageOf(thrown)}` });
    }
    left -= seconds;
  }
  return result;
}

function stepsOf(measurement: Measurement, seconds: number): Step[] {
  switch (measurement) {
    case 'context':
      return [
        {
          measurement,
          name: measurement,
          seconds: CONTEXT_S,
          run: async (result, signal) => {
            result.context = await measureContext(CONTEXT_S, signal);
          },
        },
      ];
    case 'loopback':
      return LOADS.flatMap((load) => ways().map((way) => loopbackStep(way, load, seconds)));
    case 'quantum':
      return QUANTUM_PEERS.flatMap((peers) => ([1, 2] as const).map((c) => quantumStep(peers, c)));
  }
}

function loopbackStep(way: Way, load: Load, seconds: number): Step {
  return {
    measurement: 'loopback',
    name: `${way.path}/${way.pipe} ${load}`,
    seconds: seconds + SETTLE_S,
    run: async (result, signal) => {
      const options = { ...way, load, seconds, settleSeconds: SETTLE_S, signal };
      (result.loopback ??= []).push(await measureLoopback(options));
    },
  };
}

function quantumStep(peers: number, channels: 1 | 2): Step {
  return {
    measurement: 'quantum',
    name: `${peers} × ${channels === 1 ? 'mono' : 'stereo'}`,
    seconds: QUANTUM_S,
    run: async (result, signal) => {
      const measured = await measureQuantum({ peers, channels }, QUANTA, signal);
      (result.quantum ??= []).push(...measured);
    },
  };
}
