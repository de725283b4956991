/** A phone on a music stand: all by tap, at 360 by 740. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { enter, launchChromium, person, type ChromiumBrowser } from './support/chromium.js';
import { eventually } from './support/eventually.js';
import { House } from './support/house.js';
import { heardPeer } from './support/musician.js';

declare global {
  interface Window {
    wakeLocks?: () => number;
    hidePage?: () => Promise<void>;
    showPage?: () => void;
  }
}

const PHONE = {
  viewport: { width: 360, height: 740 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
  // Given without a question to a page in front.
  permissions: ['microphone', 'screen-wake-lock'],
};
const WAKE_LOCK = fileURLToPath(new URL('support/in-page/wake-lock.js', import.meta.url));

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

/** Nothing hangs over the edge, and so nothing has to be pushed sideways. */
async function fits(page: Page, where: string): Promise<void> {
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.equal(width, PHONE.viewport.width, where);
}

test('a lesson on a phone: going in, muting, choosing, leaving', async (t) => {
  const context = await person(chromium.browser, PHONE);
  const desk = await person(chromium.browser);
  t.after(() => Promise.all([context.close(), desk.close()]));
  await context.addInitScript({ path: WAKE_LOCK });
  const anna = await context.newPage();
  anna.setDefaultTimeout(60_000);
  const tap = (name: string) => anna.getByRole('button', { name, exact: true }).tap();
  await anna.goto(house.url);
  await fits(anna, 'lobby');
  await tap('Open a room');
  await anna.getByRole('textbox', { name: 'Your name' }).fill('Anna');
  await anna.getByRole('meter', { name: 'Microphone level' }).waitFor();
  await fits(anna, 'card');
  await tap('Go in');
  await anna.getByRole('button', { name: 'Leave' }).waitFor();
  await fits(anna, 'alone');
  const bruno = await enter(desk, anna.url(), 'Bruno');
  await eventually('Bruno hears Anna', async () => (await heardPeer(bruno)) !== null);
  await fits(anna, 'together');

  await tap('Mute my microphone');
  const seat = bruno.getByRole('listitem', { name: 'Anna' });
  await seat.getByText('has muted their microphone').waitFor();
  await tap('Mute my microphone');
  await seat.getByText('has muted their microphone').waitFor({ state: 'detached' });

  await tap('Settings');
  const settings = anna.getByRole('dialog', { name: 'Settings' });
  assert.equal(await settings.getByRole('radio', { name: 'Standard, 16 bit' }).isChecked(), true);
  assert.equal((await heardPeer(bruno))?.codec, 'pcm16');
  const before = await heardPeer(bruno);
  await settings.getByRole('radio', { name: 'Full, 24 bit' }).tap();
  await fits(anna, 'settings');
  await eventually('finer sound arrives', async () => {
    const peer = await heardPeer(bruno);
    return peer?.codec === 'pcm24' && peer.received > before!.received;
  });
  assert.equal((await heardPeer(bruno))?.id, before!.id, 'over the same connection');
  await settings.getByRole('button', { name: 'Close' }).tap();

  const locks = () => anna.evaluate(() => window.wakeLocks!());
  await eventually('the screen stays on', async () => (await locks()) === 1);
  await anna.evaluate(() => window.hidePage!());
  assert.equal(await locks(), 0);
  await anna.evaluate(() => {
    window.showPage!();
    window.showPage!(); // said twice, it is held once
  });
  await eventually('and again after a look at something else', async () => (await locks()) === 1);

  await tap('Leave');
  await anna.getByRole('heading', { name: 'You have left the room' }).waitFor();
  await eventually('the screen may go dark', async () => (await locks()) === 0);
  await fits(anna, 'left');

  await tap('Go back in');
  await anna.getByRole('meter', { name: 'Microphone level' }).waitFor();
  await tap('Go in');
  await tap('Settings');
  assert.equal(await settings.getByRole('radio', { name: 'Full, 24 bit' }).isChecked(), true);
});
