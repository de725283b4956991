/**
 * What holds for every page and main state (support/states.ts): axe finds nothing, in dark and
 * light, wide and narrow; nothing scrolls sideways on a small phone or at 200 %, in no language;
 * the keyboard reaches everything, and one sees where it is; nothing is asked of other sites.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { launchChromium, type ChromiumBrowser } from './support/chromium.js';
import { eventually } from './support/eventually.js';
import { House } from './support/house.js';
import { STATES, twoPlaying } from './support/states.js';
import { look, LOOKS, Visit, ZOOMED, type Look } from './support/visit.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const READER = readFileSync(new URL('support/in-page/reader.js', import.meta.url), 'utf8');
const RULES = [...['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], 'best-practice'];
/** CSS pixels. */
const TARGET = 44;
const OWN_STOPS = 4;
/** Level meters move so often in a stretch of playing: some seconds. */
const LEVELS = 150;

/** As reader.js tells. */
interface Focus {
  stop: number;
  name: string;
  wrong: string[];
}

declare global {
  interface Window {
    axe: { run: (options: object) => Promise<AxeResults> };
    reader: {
      stops: () => string[];
      focus: () => Focus;
      small: (least: number) => string[];
      sideways: () => string[];
      listen: () => { said: () => string[] };
    };
  }
}

let house: House;
let chromium: ChromiumBrowser;
let visit: Visit;

before(async () => {
  house = await House.open();
  chromium = await launchChromium();
  visit = await Visit.begin(chromium.browser, house);
});
after(async () => {
  await visit.close();
  await chromium.close();
  await house.close();
});

/** What axe finds, a line for each element. */
async function barriers(page: Page): Promise<string[]> {
  const { violations } = await page.evaluate(
    (values) => window.axe.run({ runOnly: { type: 'tag', values }, resultTypes: ['violations'] }),
    RULES,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${JSON.stringify(target)} ${failureSummary}`),
  );
}

/** Once around by Tab, from wherever the focus is. */
async function goAround(page: Page): Promise<void> {
  const stops = await page.evaluate(() => window.reader.stops());
  const seen: Focus[] = [];
  // Between the last stop and the first there may be the browser's own.
  for (let more = stops.length + OWN_STOPS; more > 0 && seen.length < stops.length; more--) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(() => window.reader.focus());
    if (focus.stop >= 0 || focus.wrong.length > 0) seen.push(focus);
  }
  const first = seen[0]?.stop ?? 0;
  assert.deepEqual(
    seen.map(({ stop }) => stops[stop]),
    [...stops.slice(first), ...stops.slice(0, first)],
    'Tab goes through the page in its order',
  );
  assert.deepEqual(
    seen.filter(({ wrong }) => wrong.length > 0),
    [],
  );
}

const sideways = (page: Page): Promise<string[]> => page.evaluate(() => window.reader.sideways());

/** Without loading the page again; under a dialog, too, where a person would have done so before. */
async function speakItalian(page: Page): Promise<void> {
  await page.getByText('Italiano').dispatchEvent('click');
  await page.getByText('English', { exact: true }).waitFor({ state: 'attached' });
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'it');
}

const NARROW: Look = LOOKS['light-narrow'];

test.afterEach(() => visit.leave());

for (const { name, reach } of STATES) {
  test(name, async () => {
    const page = await reach(visit);
    // By the debugger, which the page's own policy on scripts does not concern.
    await page.evaluate(AXE);
    await page.evaluate(READER);

    await look(page, LOOKS['dark-wide']);
    assert.deepEqual(await barriers(page), [], 'in English, dark and wide');
    await look(page, ZOOMED);
    assert.deepEqual(await sideways(page), [], 'in English, at 200 %');
    await goAround(page);
    await look(page, NARROW);
    assert.deepEqual(await sideways(page), [], 'in English, narrow');
    assert.deepEqual(await page.evaluate((least) => window.reader.small(least), TARGET), []);

    await speakItalian(page);
    assert.deepEqual(await sideways(page), [], 'in Italian, narrow');
    assert.deepEqual(await barriers(page), [], 'in Italian, light and narrow');
    await look(page, ZOOMED);
    assert.deepEqual(await sideways(page), [], 'in Italian, at 200 %');
  });
}

const focused = async (page: Page): Promise<string> =>
  (await page.evaluate(() => window.reader.focus())).name;

test('dialogs take the focus, close with Escape, and give it back', async () => {
  const page = await visit.musician('Anna');
  await page.evaluate(READER);
  for (const name of ['Settings', 'Numbers']) {
    await page.getByRole('button', { name }).press('Enter');
    const dialog = page.getByRole('dialog', { name });
    await dialog.waitFor();
    await eventually('the focus is in the dialog', async () => (await focused(page)) !== name);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    assert.equal(await focused(page), `button “${name}”`);
  }
});

test('a screen reader is left in peace while musicians play', async () => {
  const page = await twoPlaying(visit);
  await page.evaluate(READER);
  // What is true news, as on a machine that stumbles, is not said in every stretch.
  await eventually('a stretch of playing in which nothing is said', async () => {
    const said = await page.evaluate(async (levels) => {
      const { audio } = window.tutti!;
      const ear = window.reader.listen();
      await new Promise<void>((resolve) => {
        let heard = 0;
        audio.addEventListener('levels', () => ++heard === levels && resolve());
      });
      return ear.said();
    }, LEVELS);
    return said.length === 0;
  });
});

test('no page asks anything of anybody else, and none could', async () => {
  const { proxy, refused } = visit;
  for (const part of [/\/tutti-worklet-/, /\/tutti-worker-/, /\.wasm$/, /\.woff2$/]) {
    assert.ok(
      proxy.asked.some((address) => part.test(address)),
      `${part} was heard of`,
    );
  }
  const own = new URL(house.url).host;
  assert.deepEqual(
    proxy.asked.filter((address) => new URL(address).host !== own),
    [],
  );
  assert.deepEqual(refused, []);

  const page = await visit.page();
  const directives = await page.evaluate(async () => {
    const violated: string[] = [];
    await new Promise<void>((resolve) => {
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
        violated.push(effectiveDirective);
        if (violated.length === 2) resolve();
      });
      new Image().src = 'https://elsewhere.example/image.png';
      fetch('https://elsewhere.example/').catch(() => undefined);
    });
    return violated.sort();
  });
  assert.deepEqual(directives, ['connect-src', 'img-src']);
  assert.ok(!proxy.asked.some((address) => address.includes('elsewhere.example')));
});
