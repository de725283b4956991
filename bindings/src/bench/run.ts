/** Runs what is asked for, one after the other, and tells how far it is. */
import { messageOf } from '../errors.js';
import { clockStepUs } from './clock-step.js';
import { measureContext } from './context.js';
import { LOADS, type Load } from './load.js';
import { measureLoopback, ways, type Way } from './loopback.js';
import { measureQuantum, QUANTUM_PEERS } from './quantum.js';
import { SCHEMA, VERSION, type BenchResult, type Measurement } from './result.js';

export interface BenchPlan {
  measurements: readonly Measurement[];
  /** How long each loop is listened to. */
  seconds: number;
  /** And how long it is left to settle before; default 5. */
  settleSeconds?: number | undefined;
  /** Of loopback; default: every way that this browser has, and every load. */
  ways?: readonly Way[] | undefined;
  loads?: readonly Load[] | undefined;
  /** Of quantum, each 1 to 64; default: 1, 4, 16 and 64. */
  peers?: readonly number[] | undefined;
}

export interface BenchProgress {
  measurement: Measurement;
  /** What of it, in no language: as "worker/ring busy", "16 peers". */
  step: string;
  /** Roughly, how long this step takes, s. */
  seconds: number;
  /** Of all that is planned, 0 to 1. */
  done: number;
  /** Roughly, s. */
  left: number;
}

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
    hidden: document.hidden,
    failures: [],
  };
  const looked = (): void => {
    result.hidden ||= document.hidden;
  };
  document.addEventListener('visibilitychange', looked);
  try {
    await runAll(plan, result, progress, signal);
  } finally {
    document.removeEventListener('visibilitychange', looked);
  }
  return result;
}

/** Roughly, how long it takes, s. */
export function secondsOf(plan: BenchPlan): number {
  return plan.measurements
    .flatMap((measurement) => stepsOf(measurement, plan))
    .reduce((sum, { seconds }) => sum + seconds, 0);
}

async function runAll(
  plan: BenchPlan,
  result: BenchResult,
  progress: (progress: BenchProgress) => void,
  signal?: AbortSignal,
): Promise<void> {
  const steps = plan.measurements.flatMap((measurement) => stepsOf(measurement, plan));
  const total = secondsOf(plan);
  let left = total;
  for (const { measurement, name, seconds, run } of steps) {
    signal?.throwIfAborted();
    progress({ measurement, step: name, seconds, done: 1 - left / total, left });
    try {
      await run(result, signal);
    } catch (thrown) {
      signal?.throwIfAborted();
      result.failures.push({ measurement, message: `${name}: ${messageOf(thrown)}` });
    }
    left -= seconds;
  }
}

function stepsOf(measurement: Measurement, plan: BenchPlan): Step[] {
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
      return (plan.loads ?? LOADS).flatMap((load) =>
        (plan.ways ?? ways()).map((way) => loopbackStep(way, load, plan)),
      );
    case 'quantum':
      return (plan.peers ?? QUANTUM_PEERS).flatMap((peers) =>
        ([1, 2] as const).map((channels) => quantumStep(peers, channels)),
      );
  }
}

function loopbackStep(
  way: Way,
  load: Load,
  { seconds, settleSeconds = SETTLE_S }: BenchPlan,
): Step {
  return {
    measurement: 'loopback',
    name: `${way.path}/${way.pipe} ${load}`,
    seconds: seconds + settleSeconds,
    run: async (result, signal) => {
      const options = { ...way, load, seconds, settleSeconds, signal };
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
