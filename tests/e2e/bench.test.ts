/**
 * The page that measures its browser: by its address, and by hand. How long anything takes is for
 * scripts/bench to say, not for these tests.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import type { BenchResult, Spread } from 'tutti/bench';
import { launchChromium, type ChromiumBrowser } from './support/chromium.js';
import { eventually } from './support/eventually.js';
import { launchFirefox } from './support/firefox.js';
import { House } from './support/house.js';
import type { Evaluator } from './support/musician.js';

/** For what takes seconds on a machine that has nothing else to do. */
const LIMIT_MS = 240_000;
const QUANTUM_FRAMES = 128;
/** The smallest run of everything. */
const LITTLE = 'ways=worker/ring&loads=idle&peers=1&seconds=1&settle=1';

let house: House;
let chromium: ChromiumBrowser;
let contexts: BrowserContext[];

before(async () => {
  house = await House.open();
  chromium = await launchChromium({ ownDevice: true });
});
after(async () => {
  await chromium.close();
  await house.close();
});
test.beforeEach(() => {
  contexts = [];
});
test.afterEach(() => Promise.all(contexts.map((context) => context.close())));

async function open(
  search: string,
  permissions: string[] = [],
  { browser } = chromium,
): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', permissions });
  contexts.push(context);
  const page = await context.newPage();
  page.setDefaultTimeout(LIMIT_MS);
  await page.goto(`${house.url}/bench${search}`);
  return page;
}

const benchOf = (page: Evaluator): Promise<BenchResult | null> =>
  page.evaluate(() => window.tutti?.bench ?? null, null);

const result = (page: Evaluator): Promise<BenchResult> =>
  eventually('a result', () => benchOf(page), LIMIT_MS);

function assertSpread(spread: Spread | null | undefined, what: string): asserts spread is Spread {
  assert.ok(spread, what);
  const { p50, p95, p99, max, mean, count } = spread;
  const values = [p50, p95, p99, max, mean, count];
  assert.ok(values.every(Number.isFinite), `${what}: ${values.join(' ')}`);
  assert.ok(p50 <= p95 && p95 <= p99 && p99 <= max, `${what}: ${values.join(' ')}`);
  assert.ok(mean <= max && count >= 1, what);
}

function assertBrowser({ schema, version, began, browser, failures }: BenchResult): void {
  assert.equal(schema, 'tutti-bench');
  assert.equal(version, 1);
  assert.equal(new Date(began).toISOString(), began);
  assert.ok(browser.userAgent.length > 0 && browser.processors >= 1 && browser.clockUs > 0);
  assert.equal(browser.crossOriginIsolated, true);
  assert.deepEqual(failures, []);
}

function assertLoops({ loopback }: BenchResult, transports: readonly string[]): void {
  assert.deepEqual(
    loopback?.map(({ transport, load }) => [transport, load]),
    transports.map((transport) => [transport, 'idle']),
  );
  for (const loop of loopback) {
    const { transport, latencyFrames, latencyMs, hopMs, intervalMs } = loop;
    assert.equal(loop.seconds, 1);
    assert.equal(loop.settleSeconds, 1);
    assertSpread(hopMs, `${transport} hop`);
    assertSpread(intervalMs, `${transport} interval`);
    assertSpread(loop.wakeUpMs, 'wake-ups');
    assert.equal(intervalMs.count, hopMs.count - 1, 'one between any two arrivals');
    assert.ok(loop.smallestDelayMs !== null && Number.isFinite(loop.smallestDelayMs));
    const counts = [loop.lost, loop.late, loop.dropped, loop.concealedFrames, loop.discontinuities];
    assert.ok(loop.received > 0);
    assert.ok(counts.every((count) => Number.isInteger(count) && count >= 0));
    const clear = latencyFrames?.count ?? 0;
    assert.ok(loop.unclearFrames >= 0);
    const frames = clear + loop.unclearFrames;
    assert.ok(frames > 0 && frames % loop.quantumFrames === 0, `${frames} are whole quanta`);
    if (latencyFrames === null) continue; // nothing came out as it went in: see heard()
    assertSpread(latencyFrames, `${transport} latency`);
    assertSpread(latencyMs, `${transport} latency`);
    assert.ok(latencyFrames.p50 >= QUANTUM_FRAMES, 'a packet is captured before it is sent');
    assert.ok(latencyFrames.max < 1 << 15);
    assert.ok(Math.abs(latencyMs.p99 - latencyFrames.p99 / 48) < 1e-9, 'at 48 kHz');
  }
}

function assertQuanta({ quantum }: BenchResult): void {
  assert.deepEqual(
    quantum?.map(({ peers, channels, state }) => [peers, channels, state]),
    ([1, 2] as const).flatMap((channels) => [
      [1, channels, 'playing'],
      [1, channels, 'concealing'],
    ]),
  );
  for (const { us, meanShare, p99Share, budgetUs, state, clockUs } of quantum) {
    assertSpread(us, `quanta ${state}`);
    assert.ok(us.mean > 0 && clockUs > 0);
    assert.equal(Math.round(budgetUs), 2667);
    assert.equal(meanShare, us.mean / budgetUs);
    assert.equal(p99Share, us.p99 / budgetUs);
  }
  const [playing, concealing] = quantum;
  assert.ok(concealing!.us!.count < playing!.us!.count, 'few of all quanta conceal');
}

/** On a busy machine it may happen that no frame comes out as it went in; then once more. */
async function heard(search: string, page: Page): Promise<BenchResult> {
  return eventually(
    'a run in which every loop is heard',
    async () => {
      await page.goto(`${house.url}/bench${search}`);
      const measured = await result(page);
      return measured.loopback!.every(({ latencyFrames }) => latencyFrames !== null) && measured;
    },
    LIMIT_MS,
  );
}

test('its address alone makes it run, and leaves what it found', async () => {
  const page = await open('');
  assert.equal(await benchOf(page), null);
  const search = '?run=all&loads=idle&peers=1&seconds=1&settle=1';
  const measured = await heard(search, page);
  assertBrowser(measured);
  assert.equal(measured.hidden, false);
  const { context } = measured;
  assert.ok(context!.sampleRate >= 8000 && context!.baseLatencyMs > 0);
  assert.equal(context!.quantumFrames, QUANTUM_FRAMES);
  assertLoops(measured, ['worker/ring', 'worker/port', 'main/ring']);
  assertQuanta(measured);
  assert.equal('acoustic' in measured, false);

  const times = page.getByRole('table', { name: 'Loopback: how long' });
  const median = new Intl.NumberFormat('en').format(measured.loopback![0]!.latencyFrames!.p50);
  const row = times.getByRole('row', { name: 'worker/ring, idle' });
  await row.getByRole('cell', { name: median, exact: true }).first().waitFor();
  await page.getByRole('img', { name: /^Median latencies go from/ }).waitFor();
  await page.getByRole('img', { name: /^The dearest, 1 × / }).waitFor();
});

test('what it found is posted to a path of this server', async () => {
  const page = await open('');
  const results = `${house.url}/results`;
  const posted: unknown[] = [];
  await page.route(results, async (route) => {
    assert.equal(route.request().method(), 'POST');
    assert.equal(route.request().headers()['content-type'], 'application/json');
    posted.push(route.request().postDataJSON());
    await route.fulfill({ status: 204 });
  });
  await page.goto(`${house.url}/bench?run=context&post=/results`);
  await page.getByText('Posted to /results.').waitFor();
  assert.deepEqual(posted, [await benchOf(page)]);

  await page.unroute(results);
  await page.getByRole('button', { name: 'Post to /results' }).click();
  await page.getByText('/results did not take it: the server answered 404.').waitFor();
  await page.route(results, (route) => route.abort());
  await page.getByRole('button', { name: 'Post to /results' }).click();
  await page.getByText('It could not be posted to /results').waitFor();
});

test('an address that asks for what there is not', async () => {
  const page = await open('?run=loopbak&seconds=0');
  const alert = page.getByRole('alert');
  await alert.waitFor();
  const text = await alert.innerText();
  assert.match(text, /“loopbak”\. Here it can be: context, loopback, quantum, all\./);
  assert.match(text, /“0”\. It takes a number from 1 to 600\./);
  await page.getByRole('button', { name: 'Measure', exact: true }).waitFor();
  assert.equal(await page.getByRole('progressbar').count(), 0);
  assert.equal(await benchOf(page), null);
});

test('by hand: chosen, begun, measured, taken along', async () => {
  const page = await open(`?${LITTLE}`, ['clipboard-read', 'clipboard-write']);
  const seconds = page.getByRole('textbox', { name: 'Seconds for each loop' });
  await seconds.fill('nothing');
  await page.getByRole('button', { name: 'Measure', exact: true }).click();
  await page.getByRole('alert').getByText('from 1 to 600').waitFor();
  await seconds.fill('1');
  await page.getByRole('checkbox', { name: /^Context/ }).uncheck();
  await page.getByRole('checkbox', { name: /^Quantum/ }).uncheck();
  await page.getByRole('button', { name: 'Measure', exact: true }).press('Enter');
  await page.getByRole('progressbar', { name: 'How far the measurement is' }).waitFor();
  assert.equal(await focused(page), 'Cancel');
  assert.ok(await page.getByRole('button', { name: 'Play the sweeps' }).isDisabled());
  await page.getByRole('heading', { name: 'Results' }).waitFor();
  await eventually('the results have the focus', async () => (await focused(page)) === 'Results');

  const measured = await result(page);
  assertLoops(measured, ['worker/ring']);
  assert.equal('context' in measured || 'quantum' in measured, false);

  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download the JSON' }).click();
  const download = await downloading;
  assert.match(download.suggestedFilename(), /^tutti-bench-[\dTZ.-]+\.json$/);
  assert.deepEqual(JSON.parse(readFileSync(await download.path(), 'utf8')), measured);
  await page.getByRole('button', { name: 'Copy the JSON' }).click();
  await page.getByText('The JSON is copied.').waitFor();
  assert.deepEqual(JSON.parse(await page.evaluate(() => navigator.clipboard.readText())), measured);
});

test('cancelled, nothing is kept', async () => {
  const page = await open('?seconds=600');
  for (const cancelledIn of ['Context', 'Loopback', 'Quantum']) {
    for (const measurement of ['Context', 'Loopback', 'Quantum']) {
      const box = page.getByRole('checkbox', { name: new RegExp(`^${measurement}`) });
      await box.setChecked(measurement === cancelledIn);
    }
    await page.getByRole('button', { name: 'Measure', exact: true }).click();
    await page.getByText(`${cancelledIn}: `).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Cancelled. Nothing of it was kept.').last().waitFor();
    await eventually('the button is back', async () => (await focused(page)) === 'Measure');
    assert.equal(await benchOf(page), null);
  }
});

/** The text of what has the focus, inside whichever shadow roots. */
const focused = (page: Page): Promise<string | null> =>
  page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active?.textContent?.trim() ?? null;
  });

test('where sound wants a click and the microphone is denied, the page says so', async (t) => {
  const browser = await launchChromium({ ownDevice: true, clickFirst: true, denied: true });
  t.after(() => browser.close());
  const page = await open('?run=context&post=/nowhere', [], browser);
  await page.getByRole('alert').getByText('The browser waits for a click').waitFor();
  assert.equal(await benchOf(page), null);
  await page.getByRole('button', { name: 'Measure', exact: true }).click();
  const { context, failures } = await result(page);
  assert.deepEqual(failures, []);
  assert.equal(context?.quantumFrames, QUANTUM_FRAMES);
  await page.getByText('/nowhere did not take it: the server answered 404.').waitFor();

  const sweeps = page.getByRole('button', { name: 'Play the sweeps' });
  await sweeps.click();
  await page.getByText('Without a microphone there is no round trip.').waitFor();
  assert.equal((await result(page)).acoustic, undefined);
  assert.ok(await sweeps.isEnabled());
});

test('the round trip through the air is heard out, and goes into the JSON', async () => {
  const page = await open('?run=context', ['microphone']);
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(request.url()));
  const { context } = await result(page);
  assert.deepEqual(
    loaded.filter((url) => url.includes('round-trip')),
    [],
    'its code is loaded when it is wanted',
  );
  await page.getByRole('button', { name: 'Play the sweeps' }).click();
  await page.getByText('Playing and listening…').waitFor();
  assert.ok(await page.getByRole('button', { name: 'Measure', exact: true }).isDisabled());
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('Cancelled.', { exact: true }).waitFor();
  assert.equal((await result(page)).acoustic, undefined);
  await page.getByRole('button', { name: 'Play the sweeps' }).click();
  // This microphone plays music, whatever the loudspeaker does.
  await page.getByText('The sweeps were not heard: there is no number.').waitFor();
  const measured = await result(page);
  assert.equal(measured.acoustic?.verdict, 'not-heard');
  assert.equal(measured.acoustic.repetitions, 5);
  assert.deepEqual(measured.context, context, 'beside what was there');
});

test('Firefox, in front and in the background', async (t) => {
  const firefox = await launchFirefox({});
  t.after(() => firefox.close());
  const page = await firefox.newPage();
  await page.goto(`${house.url}/bench?run=loopback,quantum&${LITTLE}`);
  const measured = await result(page as unknown as Evaluator);
  assertBrowser(measured);
  assertLoops(measured, ['worker/ring']);
  assertQuanta(measured);
  assert.equal(measured.hidden, false);

  const inFront = await firefox.newPage();
  await inFront.bringToFront();
  await page.goto(`${house.url}/bench?run=context`);
  assert.equal((await result(page as unknown as Evaluator)).hidden, true);
  await page.bringToFront();
  await page.waitForSelector('text/This tab was in the background');
});
