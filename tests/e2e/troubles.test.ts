/**
 * What goes wrong is told in words: what happened, what it means for the music, what to do. Where a
 * cause cannot be brought about for real, the browser is made to answer as it would.
 */
import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { io, type Socket } from 'socket.io-client';
import { LIMITS } from 'tutti/protocol';
import {
  UNSAFE_HOST,
  enter,
  launchChromium,
  person,
  type ChromiumBrowser,
} from './support/chromium.js';
import { eventually } from './support/eventually.js';
import { House } from './support/house.js';
import { heardPeer } from './support/musician.js';
import { UdpProxy } from './support/udp-proxy.js';

declare global {
  interface Window {
    takeSound?: (context: AudioContext) => Promise<void>;
    giveSoundBack?: () => void;
    letMicrophoneGo?: () => void;
  }
}

const IN_PAGE = fileURLToPath(new URL('support/in-page/', import.meta.url));

let house: House;
let chromium: ChromiumBrowser;
let network: UdpProxy;
/** Two between whom nothing gets through, from the beginning. */
let apart: Page[];

before(async () => {
  house = await House.open();
  chromium = await launchChromium();
  network = new UdpProxy();
  network.broken = true;
  const room = await house.room();
  apart = [];
  for (const name of ['Anna', 'Bruno']) {
    const context = await person(chromium.browser);
    await network.between(context);
    apart.push(await enter(context, room, name));
  }
});
after(async () => {
  await chromium.close();
  await house.close();
  network.close();
});

async function contextOf(t: TestContext, browser: Browser, page?: string): Promise<BrowserContext> {
  const context = await person(browser);
  t.after(() => context.close());
  context.setDefaultTimeout(60_000);
  if (page !== undefined) await context.addInitScript({ path: IN_PAGE + page });
  return context;
}

const heading = (page: Page, name: string) => page.getByRole('heading', { name });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const running = (page: Page) => page.evaluate(() => window.tutti!.audio.running);
const inRoom = (page: Page) => button(page, 'Leave').waitFor();

test('a question about the microphone that was closed without an answer', async (t) => {
  const context = await contextOf(t, chromium.browser, 'closed-question.js');
  const page = await context.newPage();
  await page.goto(await house.room());
  await button(page, 'Try the microphone').click();
  await page.getByText('The question about the microphone is still open').waitFor();
  await page.getByText(/could not hear you.*choose “Allow”/).waitFor();
  await button(page, 'Try again').click();
  await page.getByRole('meter', { name: 'Microphone level' }).waitFor();
});

test('a microphone that is denied; nobody is kept out for it', async (t) => {
  const { browser, close } = await launchChromium({ denied: true });
  t.after(close);
  const page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(await house.room());
  await button(page, 'Try the microphone').click();
  await page.getByText('The browser keeps the microphone from this page').waitFor();
  await page.getByText(/could not hear you.*Allow it beside the address/).waitFor();
  await page.getByRole('textbox', { name: 'Your name' }).fill('Anna');
  await button(page, 'Go in without a microphone').click();
  await inRoom(page);
});

test('a microphone that another program has, until it lets it go', async (t) => {
  const context = await contextOf(t, chromium.browser, 'busy-microphone.js');
  const page = await context.newPage();
  await page.goto(await house.room());
  await page.getByText('Another program has the microphone').waitFor();
  await page.getByText(/could not hear you.*Close the call/).waitFor();
  await page.evaluate(() => window.letMicrophoneGo!());
  await button(page, 'Try again').click();
  await page.getByRole('meter', { name: 'Microphone level' }).waitFor();
});

test('an address that is not a safe one', async (t) => {
  const page = await (await contextOf(t, chromium.browser)).newPage();
  const room = new URL(await house.room());
  room.hostname = UNSAFE_HOST;
  await page.goto(room.href);
  await heading(page, 'This address is not a safe one').waitFor();
  await page.getByText(/you cannot play from here.*https/).waitFor();
});

test('a room that is full, until somebody leaves', async (t) => {
  const room = await house.room();
  const sockets: Socket[] = [];
  t.after(() => {
    for (const socket of sockets) socket.close();
  });
  for (let i = 0; i < LIMITS.roomMembers; i++) {
    const socket = io(`${house.url}/room`, { transports: ['websocket'], forceNew: true });
    sockets.push(socket);
    const request = { room: new URL(room).pathname.slice('/r/'.length), name: `Member ${i}` };
    const reply = (await socket.emitWithAck('join', request)) as { ok: boolean };
    assert.equal(reply.ok, true);
  }
  const page = await enter(await contextOf(t, chromium.browser), room, 'Anna');
  await heading(page, 'This room is full').waitFor();
  await sockets[0]!.emitWithAck('leave');
  await button(page, 'Try again').click();
  await inRoom(page);
});

test('a second tab of oneself takes the place of the first, and back', async (t) => {
  const room = await house.room();
  const context = await contextOf(t, chromium.browser);
  const bruno = await enter(await contextOf(t, chromium.browser), room, 'Bruno');
  const musicians = bruno.getByRole('list', { name: 'Musicians' }).getByRole('listitem');
  const first = await enter(context, room, 'Anna');
  await inRoom(first);
  const second = await enter(context, room, 'Anna');
  await inRoom(second);
  await heading(first, 'You are in this room in another tab').waitFor();
  await eventually('there is one Anna', async () => (await musicians.count()) === 1);

  await button(first, 'Come back here').click();
  await inRoom(first);
  await heading(second, 'You are in this room in another tab').waitFor();
  await eventually('Bruno hears her', async () => (await heardPeer(bruno)) !== null);

  // Two people at one computer.
  const carla = await enter(context, room, 'Carla');
  await inRoom(carla);
  await eventually('both are there', async () => (await musicians.count()) === 2);
  await inRoom(first);
});

test('a browser that wants a click before it plays', async (t) => {
  const { browser, close } = await launchChromium({ clickFirst: true });
  t.after(close);
  const page = await enter(await contextOf(t, browser), await house.room(), 'Anna');
  const dialog = page.getByRole('dialog', { name: 'One click, and you hear the others' });
  await dialog.getByRole('button', { name: 'Start the sound' }).click();
  await dialog.waitFor({ state: 'hidden' });
  assert.equal(await running(page), true);
});

test('a call takes the sound, and it goes on by a button or by itself', async (t) => {
  const context = await contextOf(t, chromium.browser, 'taken-sound.js');
  const page = await enter(context, await house.room(), 'Anna');
  await inRoom(page);
  await eventually('it plays', () => running(page));
  const call = () => page.evaluate(() => window.takeSound!(window.tutti!.audio.context));
  const dialog = page.getByRole('dialog', { name: 'The sound has stopped' });

  await call();
  await dialog.getByText(/you do not hear the others, and they do not hear you/).waitFor();
  await page.evaluate(() => window.giveSoundBack!());
  await dialog.getByRole('button', { name: 'Go on' }).click();
  await dialog.waitFor({ state: 'hidden' });
  assert.equal(await running(page), true);

  await call();
  await dialog.waitFor();
  await page.evaluate(() => {
    window.giveSoundBack!();
    document.dispatchEvent(new Event('visibilitychange')); // back from the call
  });
  await dialog.waitFor({ state: 'hidden' });
  assert.equal(await running(page), true);
});

test('the device that plays is pulled out, and put in again', async (t) => {
  const context = await contextOf(t, chromium.browser, 'taken-sound.js');
  const page = await enter(context, await house.room(), 'Anna');
  await inRoom(page);
  await eventually('it plays', () => running(page));
  await page.evaluate(async () => {
    const { context } = window.tutti!.audio;
    await window.takeSound!(context);
    context.dispatchEvent(new Event('error'));
  });
  const dialog = page.getByRole('dialog', { name: 'There is nothing to play to' });
  await dialog.getByText(/headphones are gone.*Plug them in/).waitFor();
  await page.evaluate(() => {
    window.giveSoundBack!();
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
  });
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('Your sound is back.').waitFor();
});

test('a microphone that the system holds back, and lets go', async (t) => {
  const context = await contextOf(t, chromium.browser, 'microphone-tap.js');
  const page = await enter(context, await house.room(), 'Anna');
  await inRoom(page);
  const turn = (muted: boolean) =>
    page.evaluate((muted) => {
      const { microphoneTrack } = window as unknown as { microphoneTrack: MediaStreamTrack };
      Object.defineProperty(microphoneTrack, 'muted', { value: muted, configurable: true });
      microphoneTrack.dispatchEvent(new Event(muted ? 'mute' : 'unmute'));
    }, muted);
  await turn(true);
  await page.getByText(/hear silence from you: a call or a switch/).waitFor();
  await turn(false);
  await page.getByText('Your microphone is free again').waitFor();
});

test('no way through to another musician', async () => {
  const [anna] = apart;
  anna!.setDefaultTimeout(60_000);
  await anna!.getByText(/no way through to Bruno’s network: you do not hear each other/).waitFor();
  await anna!
    .getByRole('listitem', { name: 'Bruno' })
    .getByText(/phone’s hotspot/)
    .waitFor();
});
