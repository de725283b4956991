/** Quick or safe: the slider in the room moves the delay while playing, and the page says so. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { PeerStats } from 'tutti';
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

/**
 * Five packets of a hundred come up to 100 ms late. Quick does without them; to be safe one waits
 * for all of them.
 */
const STUTTER = { everyMs: 2000, forMs: 100 };
const QUICK_BELOW_MS = 50;
const SAFE_ABOVE_MS = 80;

const slider = (page: Page) => page.getByRole('slider', { name: 'Quick or safe', exact: true });

/** The target is on that side, and the sound that is played has followed. */
function delayIs(page: Page, there: (ms: number) => boolean): Promise<PeerStats> {
  return eventually('the delay has moved', async () => {
    const peer = await heardPeer(page);
    if (peer === null) return null;
    return there(peer.targetDelayMs!) && there(peer.playoutDelayMs!) && peer;
  });
}

/** The number in a row of the drawer; null when it is a dash. */
async function shown(page: Page, row: string): Promise<number | null> {
  const text = await page.getByRole('row', { name: row }).getByRole('cell').innerText();
  return text === '–' ? null : parseFloat(text.replace('\u2212', '-'));
}

interface Shown {
  ms: number;
  air: number;
}

/** The drawer's latency budget of the one other musician; null while a part is not known. */
async function shownWay(page: Page): Promise<{ total: Shown; parts: Shown[] } | null> {
  const name = 'From their microphone to your ear, now';
  // All at once: the numbers change while one reads.
  const text = await page.getByRole('region', { name }).innerText();
  const read = ([, ms, air]: RegExpMatchArray): Shown => ({ ms: Number(ms), air: Number(air) });
  const total = /([\d.]+)\sms, like ([\d.]+)\sm of air/.exec(text);
  const parts = [...text.matchAll(/([\d.]+)\sms\s+([\d.]+)\sm\b/g)];
  assert.equal(/measured/.test(text) && /reported by the browser/.test(text), true, text);
  return total === null || parts.length !== 5
    ? null
    : { total: read(total), parts: parts.map(read) };
}

const agree = (a: number | null, b: number | null, within: number): boolean =>
  a === null || b === null ? a === b : Math.abs(a - b) <= within;

test('from quick to safe and back while playing; the drawer tells what stats() tells', async () => {
  const room = await house.room();
  const people = [await person(chromium.browser), await person(chromium.browser)] as const;
  for (const context of people) await network.between(context);
  const anna = await enter(people[0], room, 'Anna');
  await enter(people[1], room, 'Bruno');
  anna.setDefaultTimeout(60_000);
  await eventually('Anna hears Bruno', async () => (await heardPeer(anna)) !== null);
  network.stutter(STUTTER.everyMs, STUTTER.forMs);

  await slider(anna).press('Home');
  const quick = await delayIs(anna, (ms) => ms < QUICK_BELOW_MS);
  await slider(anna).press('End');
  const safe = await delayIs(anna, (ms) => ms > SAFE_ABOVE_MS);

  await anna.getByRole('button', { name: 'Numbers' }).click();
  await anna.getByRole('img', { name: /Bruno, the last minute.*Network jitter/ }).waitFor();
  await eventually('the drawer agrees with stats()', async () => {
    const rows = {
      actual: await shown(anna, 'Playout delay'),
      target: await shown(anna, 'Delay aimed at'),
      jitter: await shown(anna, 'Network jitter'),
      share: await shown(anna, 'Concealed, last 10 s'),
      drift: await shown(anna, 'Clock difference'),
    };
    const peer = await heardPeer(anna);
    if (peer === null || peer.concealedShare === null) return false;
    return (
      agree(rows.actual, peer.playoutDelayMs, 0.1) &&
      agree(rows.target, peer.targetDelayMs, 0.1) &&
      agree(rows.jitter, peer.jitterMs, 0.1) &&
      agree(rows.share, 100 * peer.concealedShare, 0.5) &&
      agree(rows.drift, peer.driftPpm, 1)
    );
  });
  await eventually('the way of the sound adds up, and is what stats() tells', async () => {
    const way = await shownWay(anna);
    const latency = (await heardPeer(anna))?.latency ?? null;
    if (way === null || latency === null || latency.atLeast) return false;
    for (const unit of ['ms', 'air'] as const) {
      const tenths = (shown: number): number => Math.round(10 * shown);
      const sum: number = way.parts.reduce((all, part) => all + tenths(part[unit]), 0);
      assert.equal(sum, tenths(way.total[unit]), JSON.stringify(way));
    }
    return way.parts.every(({ ms }, i) => agree(ms, latency.parts[i]!.ms, 2));
  });
  await eventually('the room says how late, in time and in air', async () => {
    const sentence = await anna
      .getByText(/^You hear Bruno .* of air\)/)
      .first()
      .innerText();
    const [, ms, metres] = /Bruno (\d+)\sms late \(([\d.]+)\sm/.exec(sentence) ?? [];
    const latencyMs = (await heardPeer(anna))?.captureToPlayoutMs ?? null;
    return agree(Number(ms), latencyMs, 1) && agree(Number(metres), 0.343 * Number(ms), 0.7);
  });

  await slider(anna).press('Home');
  const again = await delayIs(anna, (ms) => ms < QUICK_BELOW_MS);
  assert.equal(safe.id, quick.id, 'it is the same connection');
  assert.equal(again.id, quick.id, 'to the end');
  assert.equal(again.received > safe.received, true, 'and the sound went on');

  await anna.reload();
  await slider(anna).waitFor();
  assert.equal(await slider(anna).inputValue(), '0', 'the choice is remembered');
  assert.equal(await anna.evaluate(() => window.tutti!.session.caution), 0);
});
