/** A real microphone of the sound server is pulled out while playing, and put in again. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launchChromium, person, type ChromiumBrowser } from './support/chromium.js';
import { eventually } from './support/eventually.js';
import { House } from './support/house.js';
import { SoundLoop } from './support/sound-loop.js';

let house: House;
let loop: SoundLoop;
let chromium: ChromiumBrowser;

before(async () => {
  house = await House.open();
  loop = SoundLoop.open();
  chromium = await launchChromium({ loop });
});
after(async () => {
  await chromium.close();
  loop.close();
  await house.close();
});

test('a vanished microphone says so, the session goes on, and the returned one is taken back', async (t) => {
  const context = await person(chromium.browser);
  t.after(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(await house.room());
  await page.getByRole('combobox', { name: 'Microphone' }).selectOption({ label: loop.label });
  await page.getByRole('meter', { name: 'Microphone level' }).waitFor();
  await page.getByRole('textbox', { name: 'Your name' }).fill('Anna');
  await page.getByRole('button', { name: 'Go in' }).click();
  await page.getByRole('button', { name: 'Leave' }).waitFor();
  const device = () => page.evaluate(() => window.tutti!.audio.microphone?.label ?? null);
  assert.equal(await device(), loop.label);

  loop.unplug();
  await page.getByText(/no longer hear you: your microphone is gone/).waitFor();
  assert.equal(await device(), null);
  assert.equal(await page.evaluate(() => window.tutti!.session.state), 'joined');

  loop.plugIn();
  await page.getByText('Your microphone is back').waitFor();
  await eventually('it is the chosen one', async () => (await device()) === loop.label);
});
