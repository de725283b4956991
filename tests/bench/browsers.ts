/**
 * scripts/bench loopback and quantum: the page at /bench, served by the real server and run in real
 * browsers without a window.
 */
import { parseArgs } from 'node:util';
import type { BenchResult, LoopbackResult, QuantumResult, Spread } from 'tutti/bench';
import { launchChromium } from '../e2e/support/chromium.ts';
import { eventually } from '../e2e/support/eventually.ts';
import { launchFirefox } from '../e2e/support/firefox.ts';
import { House } from '../e2e/support/house.ts';
import type { Evaluator } from '../e2e/support/musician.ts';
import { SoundLoop } from '../e2e/support/sound-loop.ts';
import type { Figures } from './figures.ts';
import { InputError } from './input-error.ts';
import { table } from './table.ts';

const BROWSERS = ['chromium', 'firefox'] as const;
type Browser = (typeof BROWSERS)[number];
/** Chromium's own device takes 128 frames at a time; the sound server's come in bursts. */
const DEVICES = ['own', 'server'] as const;
type Device = (typeof DEVICES)[number];
const DEFAULT_SECONDS = 30;
const MOST_SECONDS = 600;

interface Choice {
  browsers: readonly Browser[];
  device: Device;
  seconds: number;
}

function choiceOf(args: readonly string[]): Choice {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      seconds: { type: 'string', default: String(DEFAULT_SECONDS) },
      browsers: { type: 'string', default: BROWSERS.join(',') },
      device: { type: 'string', default: DEVICES[0] },
    },
  });
  if (positionals.length > 0) throw new InputError(`${positionals[0]}: takes no file or folder.`);
  const seconds = Number(values.seconds);
  if (!(seconds >= 1 && seconds <= MOST_SECONDS)) {
    throw new InputError(`--seconds takes a number from 1 to ${MOST_SECONDS}.`);
  }
  const browsers = values.browsers.split(',').map((name) => {
    const found = BROWSERS.find((browser) => browser === name);
    if (found === undefined) throw new InputError(`--browsers takes ${BROWSERS.join(',')}.`);
    return found;
  });
  const device = DEVICES.find((name) => name === values.device);
  if (device === undefined) throw new InputError(`--device takes ${DEVICES.join(' or ')}.`);
  return { browsers, device, seconds };
}

interface BenchPage extends Evaluator {
  goto(url: string): Promise<unknown>;
}

/** A page of its own in a browser of its own. */
async function inPage<T>(
  browser: Browser,
  device: Device,
  run: (page: BenchPage) => Promise<T>,
): Promise<T> {
  if (browser === 'firefox') {
    // It has no device of its own.
    const loop = SoundLoop.open();
    const firefox = await launchFirefox({}, loop);
    try {
      return await run((await firefox.newPage()) as unknown as BenchPage);
    } finally {
      await firefox.close();
      loop.close();
    }
  }
  const loop = device === 'server' ? SoundLoop.open() : undefined;
  const chromium = await launchChromium(loop === undefined ? { ownDevice: true } : { loop });
  try {
    return await run(await (await chromium.browser.newContext()).newPage());
  } finally {
    await chromium.close();
    loop?.close();
  }
}

async function benchPage(
  measurement: 'loopback' | 'quantum',
  args: readonly string[],
  figures: Figures,
  show: (browser: Browser, result: BenchResult) => void,
): Promise<void> {
  const { browsers, device, seconds } = choiceOf(args);
  const house = await House.open();
  try {
    for (const browser of browsers) {
      const result = await inPage(browser, device, async (page) => {
        await page.goto(`${house.url}/bench?run=context,${measurement}&seconds=${seconds}`);
        return eventually(
          `the page's result in ${browser}`,
          () => page.evaluate(() => window.tutti?.bench ?? null, null),
          // Nine loops, and what comes before each.
          600_000 + 20 * 1000 * seconds,
        );
      });
      for (const { measurement: failed, message } of result.failures) {
        console.error(`${browser}: ${failed} failed: ${message}`);
        process.exitCode = 1;
      }
      figures.addResult(result);
      show(browser, result);
    }
  } finally {
    await house.close();
  }
}

const QUANTILES = ['p50', 'p95', 'p99', 'max'] as const;
const cells = (spread: Spread | null, digits: number): string =>
  spread === null ? '' : QUANTILES.map((q) => spread[q].toFixed(digits)).join(' / ');

export async function loopback(args: readonly string[], figures: Figures): Promise<void> {
  console.log('Capture worklet to playout worklet in one page, ms; p50 / p95 / p99 / max\n');
  await benchPage('loopback', args, figures, (browser, { context, loopback = [] }) => {
    const device =
      context === undefined
        ? ''
        : `, base latency ${context.baseLatencyMs.toFixed(1)} ms, device at ${context.sampleRate} Hz`;
    console.log(`${browser}${device}\n`);
    console.log(
      table(
        [
          'way, load',
          'latency',
          'hop',
          'interval',
          'least delay',
          'lost',
          'late',
          'concealed ms',
          'device dry',
          'wake-ups',
        ],
        loopback.map((row) => [
          `${row.transport}, ${row.load}`,
          cells(row.latencyMs, 1),
          cells(row.hopMs, 1),
          cells(row.intervalMs, 1),
          row.smallestDelayMs?.toFixed(1) ?? '',
          String(row.lost),
          String(row.late),
          (row.concealedFrames / 48).toFixed(1),
          row.underruns?.toString() ?? '',
          cells(row.wakeUpMs, 1),
        ]),
      ),
    );
    console.log('');
    for (const row of loopback) addLoopback(browser, row, figures);
  });
}

function addLoopback(browser: Browser, row: LoopbackResult, figures: Figures): void {
  const name = (what: string) => `loopback ${browser} ${row.transport} ${row.load}: ${what}`;
  for (const [what, spread] of [
    ['latency', row.latencyMs],
    ['hop', row.hopMs],
    ['interval', row.intervalMs],
  ] as const) {
    for (const q of QUANTILES) figures.add(name(`${what} ${q}`), spread?.[q] ?? null, 'ms');
  }
  figures.add(name('least delay'), row.smallestDelayMs, 'ms');
  figures.add(name('concealed'), row.concealedFrames, 'frames');
}

export async function quantum(args: readonly string[], figures: Figures): Promise<void> {
  console.log("The engine's quantum of 128 frames in a worker of the browser, us\n");
  await benchPage('quantum', args, figures, (browser, { quantum: rows = [] }) => {
    console.log(`${browser}, by a clock with steps of ${rows[0]?.clockUs.toFixed(0) ?? '?'} us\n`);
    console.log(
      table(
        ['streams', 'mean', 'p99', 'max', 'mean of the budget', 'p99 of it'],
        rows.map(({ us, meanShare, p99Share, ...row }) => [
          titleOf(row),
          ...([us?.mean, us?.p99, us?.max] as const).map((value) => value?.toFixed(0) ?? ''),
          ...([meanShare, p99Share] as const).map((share) =>
            share === null ? '' : `${(100 * share).toFixed(1)} %`,
          ),
        ]),
      ),
    );
    console.log('');
    for (const row of rows) {
      const name = (what: string) => `quantum ${browser} ${titleOf(row)}: ${what}`;
      figures.add(name('mean'), row.us?.mean ?? null, 'us');
      figures.add(name('p99'), row.us?.p99 ?? null, 'us');
    }
  });
}

const titleOf = ({
  peers,
  channels,
  state,
}: Pick<QuantumResult, 'peers' | 'channels' | 'state'>): string =>
  `${peers} × ${channels === 1 ? 'mono' : 'stereo'}, ${state}`;
