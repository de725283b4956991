/**
 * What a person chooses of the pages is there at once and remembered, on every page: the language,
 * the theme. And that the pages can be installed.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { launchChromium, person, type ChromiumBrowser } from './support/chromium.js';
import { eventually } from './support/eventually.js';
import { House } from './support/house.js';

const DARK = 'rgb(20, 17, 14)';
const LIGHT = 'rgb(245, 238, 225)';

let house: House;
let chromium: ChromiumBrowser;

before(async () => {
  house = await House.open();
  chromium = await launchChromium();
});
after(async () => {
  await chromium.close();
  await house.close();
});

/** What a page says of itself. */
const head = (
  page: Page,
): Promise<{ lang: string; manifest: string; bar: string; ground: string }> =>
  page.evaluate(() => {
    const metas = [...document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')];
    return {
      lang: document.documentElement.lang,
      manifest: document.querySelector<HTMLLinkElement>('link[rel="manifest"]')?.href ?? '',
      bar: metas.find(({ media }) => matchMedia(media).matches)?.content ?? '',
      ground: getComputedStyle(document.documentElement).backgroundColor,
    };
  });

const open = async (context: BrowserContext, path: string): Promise<Page> => {
  const page = await context.newPage();
  await page.goto(house.url + path);
  return page;
};

test('the language is the browser’s own, until another is chosen, everywhere and for good', async (t) => {
  const context = await person(chromium.browser, { locale: 'it-CH' });
  t.after(() => context.close());
  const page = await open(context, '/');
  await page.getByRole('button', { name: 'Apri una stanza' }).waitFor();
  const { lang, manifest } = await head(page);
  assert.equal(lang, 'it');
  assert.match(manifest, /\/tutti\.it\.webmanifest$/);

  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('button', { name: 'Open a room' }).waitFor();
  assert.equal((await head(page)).lang, 'en');
  await page.getByRole('link', { name: 'Measure this browser' }).click();
  await page.getByRole('heading', { name: 'Measure this browser' }).waitFor();
  const again = await open(context, '/');
  await again.getByRole('button', { name: 'Open a room' }).waitFor();
  assert.match((await head(again)).manifest, /\/tutti\.en\.webmanifest$/);
});

test('the theme is the system’s, until another is chosen, everywhere and for good', async (t) => {
  const context = await person(chromium.browser, { colorScheme: 'light', reducedMotion: 'reduce' });
  t.after(() => context.close());
  const page = await open(context, '/');
  const light = page.getByRole('button', { name: 'Light theme', pressed: true });
  await light.waitFor();
  assert.equal((await head(page)).ground, LIGHT);
  // It follows the system while the page is open.
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.getByRole('button', { name: 'Light theme', pressed: false }).waitFor();
  assert.equal((await head(page)).ground, DARK);
  await page.emulateMedia({ colorScheme: 'light' });
  await light.click();
  await eventually('dark', async () => (await head(page)).ground === DARK);
  assert.equal((await head(page)).bar, '#14110e');

  const bench = await open(context, '/bench');
  await bench.getByRole('button', { name: 'Light theme', pressed: false }).waitFor();
  const { ground, bar } = await head(bench);
  assert.deepEqual([ground, bar], [DARK, '#14110e']);
});

interface AppManifest {
  url: string;
  errors: unknown[];
  data?: string;
}
interface Installability {
  installabilityErrors: { errorId: string }[];
}

test('every page can be installed', async (t) => {
  const context = await person(chromium.browser);
  t.after(() => context.close());
  for (const path of ['/', '/bench', new URL(await house.room()).pathname]) {
    const page = await open(context, path);
    const debug = await context.newCDPSession(page);
    const manifest = (await debug.send('Page.getAppManifest')) as AppManifest;
    assert.equal(manifest.url, `${house.url}/tutti.en.webmanifest`, path);
    assert.deepEqual(manifest.errors, [], path);
    const { installabilityErrors } = (await debug.send(
      'Page.getInstallabilityErrors',
    )) as Installability;
    assert.deepEqual(
      // Each test's browser is a private window, where nothing is installed.
      installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito'),
      [],
      path,
    );
    await page.close();
  }
  const served = await context.request.get(`${house.url}/tutti.en.webmanifest`);
  assert.match(served.headers()['content-type'] ?? '', /^application\/manifest\+json/);
  assert.match(served.headers()['content-security-policy'] ?? '', /manifest-src 'self'/);
});
