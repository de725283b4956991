/** What the address of /bench asks for; explained in docs/bench.md. */
import type { BenchPlan, Load, Measurement, Way } from 'tutti/bench';

export const MEASUREMENTS: readonly Measurement[] = ['context', 'loopback', 'quantum'];

export interface Bounds {
  least: number;
  most: number;
  whole?: true;
}
export const SECONDS = { least: 1, most: 600, usual: 30 } as const;
const SETTLE_SECONDS: Bounds = { least: 0, most: 600 };
const PEERS: Bounds = { least: 1, most: 64, whole: true };

/** What this browser can be asked for. */
export interface Possible {
  ways: readonly Way[];
  loads: readonly Load[];
  /** Of the page, as "https://tutti.example.org". */
  origin: string;
}

/** A part of the address that cannot be followed, and what could have been. */
export type Wrong = { parameter: string; given: string } & (
  | { kind: 'name'; possible: readonly string[] }
  | { kind: 'number'; bounds: Bounds }
  | { kind: 'path' }
);

export interface BenchQuery {
  /** At once, without a click. */
  run: boolean;
  /** Without `run`: what the page offers to measure. */
  plan: BenchPlan;
  /** A path of this server that takes the JSON, or null. */
  post: string | null;
  /** If there is any, nothing is to be run. */
  wrong: readonly Wrong[];
}

export const wayName = ({ path, pipe }: Way): string => `${path}/${pipe}`;

/** A plain decimal number within the bounds, or null. */
export function readNumber(text: string, { least, most, whole }: Bounds): number | null {
  const value = Number(text);
  const decimal = whole ? /^\d+$/ : /^\d+(\.\d+)?$/;
  return decimal.test(text) && value >= least && value <= most ? value : null;
}

/** `search` as in `location.search`. */
export function readQuery(search: string, { ways, loads, origin }: Possible): BenchQuery {
  const parameters = new URLSearchParams(search);
  const wrong: Wrong[] = [];

  /** What is named, in the order of what is possible; undefined: nothing was asked for. */
  const names = <T>(parameter: string, all: readonly T[], nameOf: (one: T) => string) => {
    const given = parameters.get(parameter)?.split(',');
    const possible = all.map(nameOf);
    for (const name of given ?? []) {
      if (possible.includes(name)) continue;
      wrong.push({ parameter, given: name, kind: 'name', possible });
    }
    return given && all.filter((one) => given.includes(nameOf(one)));
  };
  const number = (parameter: string, given: string, bounds: Bounds): number | undefined => {
    const value = readNumber(given, bounds);
    if (value === null) wrong.push({ parameter, given, kind: 'number', bounds });
    return value ?? undefined;
  };
  const one = (parameter: string, bounds: Bounds): number | undefined => {
    const given = parameters.get(parameter);
    return given === null ? undefined : number(parameter, given, bounds);
  };

  const run = names('run', [...MEASUREMENTS, 'all' as const], (name) => name);
  const asked = MEASUREMENTS.filter((name) => run?.includes(name) || run?.includes('all'));
  const plan: BenchPlan = {
    // Where nothing that there is was asked for, everything is offered.
    measurements: asked.length === 0 ? MEASUREMENTS : asked,
    seconds: one('seconds', SECONDS) ?? SECONDS.usual,
    settleSeconds: one('settle', SETTLE_SECONDS),
    ways: names('ways', ways, wayName),
    loads: names('loads', loads, (load) => load),
    peers: parameters
      .get('peers')
      ?.split(',')
      .flatMap((given) => number('peers', given, PEERS) ?? []),
  };
  let post = parameters.get('post');
  if (post !== null && !isPath(post, origin)) {
    wrong.push({ parameter: 'post', given: post, kind: 'path' });
    post = null;
  }
  return { run: run !== undefined && wrong.length === 0, plan, post, wrong };
}

/** The content policy lets the page talk to its own server alone. */
function isPath(path: string, origin: string): boolean {
  if (!path.startsWith('/')) return false;
  try {
    return new URL(path, origin).origin === origin;
  } catch {
    return false;
  }
}
