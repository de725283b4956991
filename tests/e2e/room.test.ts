/** People come, mute, leave and come back: found as a person finds things, by role and name. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { enter, launchChromium, person, type ChromiumBrowser } from './support/chromium.js';
import { eventually } from './support/eventually.js';
import { House } from './support/house.js';
import { heardPeer, record } from './support/musician.js';

let house: House;
let chromium: ChromiumBrowser;
let contexts: BrowserContext[];

before(async () => {
  house = await House.open();
  chromium = await launchChromium();
});
after(async () => {
  await chromium.close();
  await house.close();
});

async function newPage(): Promise<Page> {
  const context = await person(chromium.browser);
  contexts.push(context);
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  return page;
}

test.beforeEach(() => {
  contexts = [];
});
test.afterEach(() => Promise.all(contexts.map((context) => context.close())));

const musicians = (page: Page) => page.getByRole('list', { name: 'Musicians' });
const seat = (page: Page, name: string) =>
  musicians(page).getByRole('listitem', { name, exact: false });

async function goIn(page: Page, name: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Your name' }).fill(name);
  await page.getByRole('button', { name: 'Go in' }).click();
  await page.getByRole('button', { name: 'Leave' }).waitFor();
}

const loudness = async (page: Page): Promise<number> => {
  const heard = await record(page, 0.25);
  return Math.sqrt(heard.reduce((sum, x) => sum + x * x, 0) / heard.length);
};

test('two people meet in a new room; one mutes, leaves, and comes back', async () => {
  const anna = await newPage();
  await anna.goto(house.url);
  await anna.getByRole('button', { name: 'Open a room' }).click();
  await anna.waitForURL(/\/r\//);
  const link = anna.url();
  await goIn(anna, 'Anna');

  const bruno = await newPage();
  await bruno.goto(link);
  await goIn(bruno, 'Bruno');
  await seat(anna, 'Bruno').waitFor();
  await seat(bruno, 'Anna').waitFor();
  await eventually('Anna is heard', async () => (await loudness(bruno)) > 0.02);

  const mute = anna.getByRole('button', { name: 'Mute my microphone' });
  await mute.click();
  assert.equal(await mute.getAttribute('aria-pressed'), 'true');
  await seat(bruno, 'Anna').getByText('has muted their microphone').waitFor();
  await eventually('Anna is silent', async () => (await loudness(bruno)) === 0);
  await mute.click();
  await eventually('Anna is heard again', async () => (await loudness(bruno)) > 0.02);

  // Bruno turns Anna off for himself.
  const off = seat(bruno, 'Anna').getByRole('button', { name: 'Mute' });
  await off.click();
  await eventually('only Bruno does not hear her', async () => (await loudness(bruno)) === 0);
  await off.click();
  await eventually('and hears her again', async () => (await loudness(bruno)) > 0.02);

  await bruno.getByRole('button', { name: 'Leave' }).click();
  await seat(anna, 'Bruno').waitFor({ state: 'detached' });
  await bruno.goto(link);
  await goIn(bruno, 'Bruno');
  await seat(anna, 'Bruno').waitFor();
  await eventually('they hear each other', async () => {
    return (await heardPeer(anna)) !== null && (await heardPeer(bruno)) !== null;
  });
});

test('volume, pan and solo are heard', async () => {
  const room = await house.room();
  const anna = await enter(await contextOf(), room, 'Anna');
  await enter(await contextOf(), room, 'Bruno');
  await enter(await contextOf(), room, 'Carla');
  await seat(anna, 'Carla').waitFor();
  await eventually('Anna hears somebody', async () => (await loudness(anna)) > 0.02);

  for (const name of ['Bruno', 'Carla']) {
    await seat(anna, name).getByRole('slider', { name: 'Left or right' }).press('End');
  }
  await eventually('nothing on the left', async () => (await loudness(anna)) < 1e-4);
  for (const name of ['Bruno', 'Carla']) {
    await seat(anna, name).getByRole('slider', { name: 'Left or right' }).press('Home');
  }
  await eventually('all on the left', async () => (await loudness(anna)) > 0.02);

  await seat(anna, 'Bruno').getByRole('slider', { name: 'Volume' }).press('Home');
  await seat(anna, 'Bruno').getByRole('button', { name: 'Solo' }).click();
  await eventually('Bruno alone, at no volume', async () => (await loudness(anna)) === 0);
});

async function contextOf(): Promise<BrowserContext> {
  const context = await person(chromium.browser);
  contexts.push(context);
  return context;
}

test('the numbers drawer shows each peer', async () => {
  const room = await house.room();
  const anna = await enter(await contextOf(), room, 'Anna');
  await enter(await contextOf(), room, 'Bruno');
  await eventually('Anna hears Bruno', async () => (await heardPeer(anna)) !== null);
  await anna.getByRole('button', { name: 'Numbers' }).click();
  const table = anna.getByRole('table').filter({ hasText: 'Playout delay' });
  await table.waitFor();
  for (const measure of ['Playout delay', 'Lost', 'Late', 'Concealed']) {
    await table.getByRole('row', { name: measure }).first().waitFor();
  }
});

test('a room that is gone says so', async () => {
  const page = await newPage();
  await page.goto(`${house.url}/r/${'x'.repeat(22)}?name=Anna&join`);
  await page.getByText('This room is gone').waitFor();
});

test('a refused microphone is told in words, with what to do', async () => {
  const page = await newPage();
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () =>
      Promise.reject(new DOMException('Permission denied', 'NotAllowedError'));
  });
  await page.goto(await house.room());
  await page.getByText(/allow/i).first().waitFor();
});

test('a missing microphone is told in words', async () => {
  const page = await newPage();
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () =>
      Promise.reject(new DOMException('Requested device not found', 'NotFoundError'));
  });
  await page.goto(await house.room());
  await page.getByText('There is no microphone').waitFor();
});

test('a browser without AudioWorklet is told what is missing', async () => {
  const page = await newPage();
  await page.addInitScript(() => {
    Reflect.deleteProperty(window, 'AudioWorkletNode');
  });
  await page.goto(`${await house.room()}?name=Anna&join`);
  await page
    .getByText(/AudioWorklet/)
    .first()
    .waitFor();
});

test('a server out of reach is told in words', async () => {
  const page = await newPage();
  await page.goto(await house.room());
  await page.getByRole('textbox', { name: 'Your name' }).fill('Anna');
  await house.stop();
  await page.getByRole('button', { name: 'Go in' }).click();
  await page.getByText('The server does not answer').first().waitFor();
  await house.restart();
});
