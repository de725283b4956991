/** Two pages of Chromium in one room hear each other, whichever way the packets take. */
import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import type { BrowserContext } from 'playwright-core';
import {
  LOOPED_MICROPHONE,
  enter,
  launchChromium,
  person,
  withoutIsolation,
  withoutTransfer,
  type ChromiumBrowser,
} from './support/chromium.js';
import { bestCorrelation, contains } from './support/compare.js';
import { eventually } from './support/eventually.js';
import { House } from './support/house.js';
import { music, twice } from './support/music.js';
import { blockMainThread, heardPeer, play, record, stats } from './support/musician.js';

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

const ways: { transport: string; prepare: (context: BrowserContext) => Promise<void> }[] = [
  { transport: 'worker/ring', prepare: () => Promise.resolve() },
  { transport: 'worker/port', prepare: withoutIsolation },
  { transport: 'main/ring', prepare: withoutTransfer },
];

/** Two people in a new room who hear each other. */
async function duo(t: TestContext, prepare: (context: BrowserContext) => Promise<void>) {
  const room = await house.room();
  const contexts = [await person(chromium.browser), await person(chromium.browser)] as const;
  t.after(() => Promise.all(contexts.map((context) => context.close())));
  for (const context of contexts) await prepare(context);
  const anna = await enter(contexts[0], room, 'Anna');
  const bruno = await enter(contexts[1], room, 'Bruno');
  await eventually('they hear each other', async () => {
    return (await heardPeer(anna)) !== null && (await heardPeer(bruno)) !== null;
  });
  return { anna, bruno };
}

for (const { transport, prepare } of ways) {
  test(`the far microphone is heard by way of ${transport}`, async (t) => {
    const { anna, bruno } = await duo(t, prepare);
    for (const page of [anna, bruno]) {
      assert.equal((await stats(page))?.transport, transport);
      await eventually('a stretch as it was played', async () => {
        // Short, since on the way through the main thread the delay has to be moved now and then.
        const heard = await record(page, 0.2);
        return bestCorrelation(LOOPED_MICROPHONE, heard) > 0.99;
      });
    }
  });
}

for (const { transport, prepare } of ways.slice(0, 2)) {
  test(`samples arrive bit for bit by way of ${transport} with adjustments off`, async (t) => {
    const { anna, bruno } = await duo(t, prepare);
    const sound = music(4);
    await play(anna, sound);
    await bruno.evaluate(() => {
      window.tutti!.session.peers[0]!.delay = { mode: 'held', ms: 60 };
    });
    await eventually('half a second, bit for bit', async () => {
      const heard = await record(bruno, 0.5);
      return heard.some((x) => x !== 0) && contains(twice(sound), heard);
    });
  });
}

for (const { transport, prepare } of ways.slice(0, 2)) {
  test(`a blocked main thread costs no packet by way of ${transport}`, async (t) => {
    const { anna, bruno } = await duo(t, prepare);
    // 200 ms is four times what the held delay could hide.
    for (const page of [anna, bruno]) {
      await page.evaluate(() => {
        window.tutti!.session.peers[0]!.delay = { mode: 'held', ms: 50 };
      });
      await blockMainThread(page, 200, 800);
    }
    await eventually(
      'a second of it, with a whole block in it, without a gap',
      async () => {
        const seen = async () => [await heardPeer(anna), await heardPeer(bruno)] as const;
        const earlier = await seen();
        await eventually('400 packets later', async () => {
          const now = await seen();
          return now.every((peer, i) => peer!.received >= earlier[i]!.received + 400);
        });
        const later = await seen();
        return later.every((peer, i) => {
          const was = earlier[i]!;
          return (
            peer!.lost === was.lost && peer!.late === was.late && peer!.dropped === was.dropped
          );
        });
        // A machine that is busy with other things has gaps of its own.
      },
      300_000,
    );
  });
}
