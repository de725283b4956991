/**
 * What the benches find, as JSON: the page at /bench downloads it, `scripts/bench` writes and
 * compares it. A contract with tools outside, explained in docs/bench.md: fields are added, never
 * renamed or removed; anything else raises VERSION.
 */
import type { RoundTrip } from '../round-trip/api.js';
import type { ContextResult } from './context.js';
import type { LoopbackResult } from './loopback.js';
import type { QuantumResult } from './quantum.js';

export const SCHEMA = 'tutti-bench';
export const VERSION = 1;

export type Measurement = 'context' | 'loopback' | 'quantum';

export interface BenchResult {
  schema: typeof SCHEMA;
  version: typeof VERSION;
  /** When it was begun, ISO 8601. */
  began: string;
  browser: {
    userAgent: string;
    /** Logical processors, as the browser tells. */
    processors: number;
    /** Shared memory and a finer clock are only for isolated pages. */
    crossOriginIsolated: boolean;
    /** Steps of performance.now() on the main thread, us. */
    clockUs: number;
  };
  /** Whether the page was ever in the background meanwhile, where browsers hold it back. */
  hidden: boolean;
  /** Each only if it was measured, and did not fail. */
  context?: ContextResult;
  loopback?: LoopbackResult[];
  quantum?: QuantumResult[];
  /** Needs a person: not part of a run, but put in by the page, see `tutti/round-trip`. */
  acoustic?: RoundTrip;
  /** What could not be measured, and what was said about it. */
  failures: { measurement: Measurement; message: string }[];
}
