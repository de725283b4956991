/** Measures what this browser and machine can do, without a user interface. */
export type { ContextResult } from './context.js';
export { LOADS, type Load } from './load.js';
export {
  measureLoopback,
  ways,
  type LoopbackOptions,
  type LoopbackResult,
  type Way,
} from './loopback.js';
export type { QuantumResult } from './quantum.js';
export type { BenchResult, Measurement } from './result.js';
export { runBench, secondsOf, type BenchPlan, type BenchProgress } from './run.js';
export type { Spread } from './spread.js';
