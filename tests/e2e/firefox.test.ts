/** A room with a Firefox and a Chromium in it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser as Firefox, Page as FirefoxPage } from 'puppeteer-core';
import {
  LOOPED_MICROPHONE,
  enter,
  launchChromium,
  person,
  type ChromiumBrowser,
} from './support/chromium.js';
import { bestCorrelation, toneShare } from './support/compare.js';
import { eventually } from './support/eventually.js';
import { launchFirefox } from './support/firefox.js';
import { House } from './support/house.js';
import { heardPeer, record, stats, type Evaluator } from './support/musician.js';

/** What Firefox's made-up microphone plays. */
const TONE_HZ = 440;

let house: House;
let chromium: ChromiumBrowser;
let firefox: Firefox;

before(async () => {
  house = await House.open();
  chromium = await launchChromium();
  firefox = await launchFirefox({
    // A tone as microphone.
    'media.navigator.streams.fake': true,
    'media.navigator.audio.fake_frequency': TONE_HZ,
  });
});
after(async () => {
  await firefox.close();
  await chromium.close();
  await house.close();
});

test('Firefox and Chromium hear each other: a join, a mute, a leave and a rejoin', async (t) => {
  const room = await house.room();
  const context = await person(chromium.browser);
  t.after(() => context.close());
  const anna = await enter(context, room, 'Anna');

  const comeIn = async (): Promise<{ page: FirefoxPage; bruno: Evaluator }> => {
    const page = await firefox.newPage();
    await page.goto(`${room}?name=Bruno&join`);
    const bruno = page as unknown as Evaluator;
    await eventually('they hear each other', async () => {
      return (await heardPeer(anna)) !== null && (await heardPeer(bruno)) !== null;
    });
    return { page, bruno };
  };

  const { page, bruno } = await comeIn();
  assert.equal((await stats(bruno))?.transport, 'worker/ring');
  assert.equal((await heardPeer(anna))?.name, 'Bruno');
  await eventually('Chromium renders the tone', async () => {
    return toneShare(await record(anna, 0.25), TONE_HZ, 48_000) > 0.98;
  });
  await eventually('Firefox renders the music as it was played', async () => {
    return bestCorrelation(LOOPED_MICROPHONE, await record(bruno, 0.2)) > 0.99;
  });

  await anna.getByRole('button', { name: 'Mute my microphone' }).click();
  await eventually('Firefox renders silence', async () => {
    return (await record(bruno, 0.25)).every((x) => x === 0);
  });
  await anna.getByRole('button', { name: 'Mute my microphone' }).click();

  // A tab that the driver closes is torn down without a word now and then, as if it had crashed.
  await bruno.evaluate(() => window.tutti!.session.leave(), null);
  await page.close();
  await eventually('Anna is alone', async () => (await stats(anna))?.peers.length === 0);
  await comeIn();
});
