/** What breaks on the way is mended without anybody doing anything. */
import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import { enter, launchChromium, person, type ChromiumBrowser } from './support/chromium.js';
import { eventually } from './support/eventually.js';
import { House } from './support/house.js';
import { heardPeer } from './support/musician.js';
import { UdpProxy } from './support/udp-proxy.js';

let house: House;
let chromium: ChromiumBrowser;
let network: UdpProxy;

before(async () => {
  house = await House.open();
  chromium = await launchChromium();
  network = new UdpProxy();
});
after(async () => {
  await chromium.close();
  await house.close();
  network.close();
});

async function duo(t: TestContext): Promise<Page[]> {
  const room = await house.room();
  const pages: Page[] = [];
  for (const name of ['Anna', 'Bruno']) {
    const context = await person(chromium.browser);
    t.after(() => context.close());
    await network.between(context);
    pages.push(await enter(context, room, name));
  }
  await eventually('they hear each other', () => allHear(pages));
  return pages;
}

async function allHear(pages: Page[]): Promise<boolean> {
  const peers = await Promise.all(pages.map((page) => heardPeer(page)));
  return peers.every((peer) => peer !== null);
}

const sessionState = (page: Page) => page.evaluate(() => window.tutti!.session.state);
const peerState = (page: Page) => page.evaluate(() => window.tutti!.session.peers[0]?.state);

/** Packets go on arriving, from now on, at every page. */
async function soundFlows(pages: Page[]): Promise<void> {
  const earlier = await Promise.all(pages.map((page) => heardPeer(page)));
  await eventually('a second of sound', async () => {
    const now = await Promise.all(pages.map((page) => heardPeer(page)));
    return now.every((peer, i) => (peer?.received ?? 0) > (earlier[i]?.received ?? 0) + 375);
  });
}

test('the server goes away and comes back: the sound goes on, and so does the room', async (t) => {
  const pages = await duo(t);
  const ids = await Promise.all(pages.map(async (page) => (await heardPeer(page))?.id));
  await house.stop();
  await eventually('the pages notice', async () => {
    const states = await Promise.all(pages.map(sessionState));
    return states.every((state) => state === 'rejoining');
  });
  await soundFlows(pages);
  await house.restart();
  await eventually('they are back in the room', async () => {
    const states = await Promise.all(pages.map(sessionState));
    return states.every((state) => state === 'joined');
  });
  await soundFlows(pages);
  const later = await Promise.all(pages.map(async (page) => (await heardPeer(page))?.id));
  assert.deepEqual(later, ids, 'nobody had to be met anew');
});

test('a gap of ten seconds in the network heals by itself', async (t) => {
  const pages = await duo(t);
  network.broken = true;
  await eventually('the pages notice', async () => {
    const states = await Promise.all(pages.map(peerState));
    return states.every((state) => state === 'lost');
  });
  await new Promise((resolve) => setTimeout(resolve, 10_000)); // the gap itself
  network.broken = false;
  await eventually('they are connected again', async () => {
    const states = await Promise.all(pages.map(peerState));
    return states.every((state) => state === 'connected');
  });
  await soundFlows(pages);
});
