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

declare global {
  interface Window {
    told?: PeerStats[];
  }
}

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

/** From now on the page keeps what its session told of the one other musician. */
async function keepTold(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { session } = window.tutti!;
    const ask = session.stats.bind(session);
    const told: PeerStats[] = (window.told = []);
    session.stats = async () => {
      const stats = await ask();
      told.push(...stats.peers);
      told.splice(0, told.length - 40);
      return stats;
    };
  });
}

/** The number in a row of the drawer; null when it is a dash. */
function shown(drawer: string, row: string): number | null {
  const [, text = ''] = new RegExp(`rowheader "${row}"\\s+- cell "?([^"\\n]*)`).exec(drawer) ?? [];
  assert.notEqual(text, '', `${row}: ${drawer}`);
  return text === '–' ? null : parseFloat(text.replace('\u2212', '-'));
}

interface Shown {
  ms: number;
  air: number;
}

/** The drawer's latency budget; null while a part is not known. */
function shownWay(drawer: string): { total: Shown; parts: Shown[] } | null {
  const read = ([, ms, air]: RegExpMatchArray): Shown => ({ ms: Number(ms), air: Number(air) });
  const total = /([\d.]+)\sms, like ([\d.]+)\sm of air/.exec(drawer);
  const parts = [...drawer.matchAll(/cell "([\d.]+)\sms"\s+- cell "([\d.]+)\sm"/g)];
  if (total === null || parts.length !== 5) return null;
  for (const known of ['measured', 'reported by the browser', 'estimated']) {
    assert.ok(drawer.includes(known), drawer);
  }
  return { total: read(total), parts: parts.map(read) };
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
  await keepTold(anna);
  await eventually('the drawer shows what stats() told', async () => {
    // All at once, then what it may have been made of.
    const drawer = await anna.getByRole('dialog', { name: 'Numbers' }).ariaSnapshot();
    const told = await anna.evaluate(() => window.told!);
    const rows = {
      actual: shown(drawer, 'Playout delay'),
      target: shown(drawer, 'Delay aimed at'),
      jitter: shown(drawer, 'Network jitter'),
      share: shown(drawer, 'Concealed, last 10 s'),
      drift: shown(drawer, 'Clock difference'),
    };
    const way = shownWay(drawer);
    if (way === null) return false;
    for (const unit of ['ms', 'air'] as const) {
      const tenths = (value: number): number => Math.round(10 * value);
      const sum: number = way.parts.reduce((all, part) => all + tenths(part[unit]), 0);
      assert.equal(sum, tenths(way.total[unit]), 'the parts add up');
    }
    return told.some(({ latency, concealedShare, ...peer }) => {
      if (concealedShare === null || latency === null) return false;
      return (
        agree(rows.actual, peer.playoutDelayMs, 0.1) &&
        agree(rows.target, peer.targetDelayMs, 0.1) &&
        agree(rows.jitter, peer.jitterMs, 0.1) &&
        agree(rows.share, 100 * concealedShare, 0.1) &&
        agree(rows.drift, peer.driftPpm, 0.1) &&
        agree(way.total.ms, latency.totalMs, 0.1) &&
        way.parts.every(({ ms }, i) => agree(ms, latency.parts[i]!.ms, 0.11))
      );
    });
  });
  await eventually('the room says how late, in time and in air', async () => {
    const sentence = await anna
      .getByText(/^You hear Bruno .* of air\)/)
      .first()
      .innerText();
    const [, ms, metres] = /Bruno (\d+)\sms late \(([\d.]+)\sm/.exec(sentence) ?? [];
    const latencyMs = (await heardPeer(anna))?.latency?.totalMs ?? null;
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
