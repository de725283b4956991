/** scripts/bench: runs the measurements named, prints tables, writes and compares figures. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Figures, readFigures } from './figures.ts';
import { InputError } from './input-error.ts';

type Measure = (args: readonly string[], figures: Figures) => Promise<void>;

/** Loaded when asked for: each needs other things to have been built. */
const MEASUREMENTS: Record<string, () => Promise<Measure>> = {
  loopback: async () => (await import('./browsers.ts')).loopback,
  quantum: async () => (await import('./browsers.ts')).quantum,
  join: async () => (await import('./join.ts')).join,
  heap: async () => (await import('./heap.ts')).heap,
  engine: async () => (await import('./engine.ts')).engine,
  kernels: async () => (await import('./kernels.ts')).kernels,
  playout: async () => (await import('./playout.ts')).playout,
  concealment: async () => (await import('./concealment.ts')).concealment,
};

/** From where scripts/bench was called: paths are meant from there. */
const FROM = process.env['BENCH_FROM'] ?? '.';
const path = (given: string): string => resolve(FROM, given);

/** Every measurement, those of files only when there are files. */
function all(folders: readonly string[]): [string, readonly string[]][] {
  const [traces, music, losses] = folders;
  const plan: [string, readonly string[]][] = [
    ['loopback', []],
    ['quantum', []],
    ['join', []],
    ['heap', []],
    ['engine', []],
    ['kernels', []],
  ];
  if (traces !== undefined) plan.push(['playout', [traces]]);
  if (music !== undefined) {
    plan.push(['concealment', losses === undefined ? [music] : [music, losses]]);
  }
  return plan;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'string' },
      baseline: { type: 'string' },
      seconds: { type: 'string' },
      browsers: { type: 'string' },
      device: { type: 'string' },
    },
  });
  const [what, ...given] = positionals;
  // Before minutes have been spent on measuring.
  const baseline = values.baseline === undefined ? null : readFigures(path(values.baseline));
  const folders = given.map(path);
  const { seconds, browsers, device } = values;
  const options = Object.entries({ seconds, browsers, device }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}=${value}`],
  );
  const figures = new Figures();
  const plan: [string, readonly string[]][] =
    what === 'all' ? all(folders) : [[what ?? '', folders]];
  for (const [name, args] of plan) {
    const load = MEASUREMENTS[name];
    if (load === undefined) throw new InputError(`There is no measurement ${name}.`);
    const inBrowsers = name === 'loopback' || name === 'quantum';
    if (options.length > 0 && !inBrowsers && what !== 'all') {
      throw new InputError(`${name} takes no ${options.join(' ')}: it runs in no browser.`);
    }
    await (
      await load()
    )(inBrowsers ? [...args, ...options] : args, figures);
  }
  if (values.json !== undefined) figures.write(path(values.json));
  if (baseline !== null) {
    console.log(`\nAgainst ${values.baseline}\n\n${figures.compare(baseline)}`);
  }
}

try {
  await main();
} catch (error) {
  const usage = (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS') === true;
  if (!(error instanceof InputError) && !usage) throw error;
  console.error((error as Error).message);
  process.exitCode = usage ? 2 : 1;
}
