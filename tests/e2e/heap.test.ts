/** Thousands of packets leave nothing behind in the threads that they pass. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  enter,
  launchChromium,
  person,
  withoutIsolation,
  type ChromiumBrowser,
} from './support/chromium.js';
import { eventually } from './support/eventually.js';
import { House } from './support/house.js';
import { heardPeer } from './support/musician.js';
import { Thread } from './support/threads.js';

/** Of one direction; as many go the other way. */
const PACKETS = 6000;
/** So that the compiler has done its work, which stays. */
const WARM_UP = 3000;
/** Less than a reference for each packet. The compiler may still keep a little. */
const MOST_BYTES = 8 * PACKETS;

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

for (const pipe of ['ring', 'port'] as const) {
  test(`the heaps of worker and worklet stay flat by way of worker/${pipe}`, async (t) => {
    const room = await house.room();
    const contexts = [await person(chromium.browser), await person(chromium.browser)] as const;
    t.after(() => Promise.all(contexts.map((context) => context.close())));
    if (pipe === 'port') for (const context of contexts) await withoutIsolation(context);
    const anna = await enter(contexts[0], room, 'Anna');
    await enter(contexts[1], room, 'Bruno');
    const received = async (): Promise<number> => (await heardPeer(anna))?.received ?? 0;
    await eventually('she has heard him for a while', async () => (await received()) > WARM_UP);

    const { worker, worklet } = await Thread.both(anna);
    const threads = [worker, worklet];
    const from = await received();
    const before = await Promise.all(threads.map((thread) => thread.used()));
    const allocations = await Promise.all(threads.map((thread) => thread.watchAllocations()));
    await eventually('thousands of packets later', async () => (await received()) > from + PACKETS);
    const allocated = await Promise.all(allocations.map((end) => end()));
    const now = await Promise.all(threads.map((thread) => thread.used()));
    threads.forEach((_, i) => {
      const total = allocated[i]!.reduce((sum, [, bytes]) => sum + bytes, 0);
      const most = allocated[i]!.slice(0, 3).map(([name, bytes]) => {
        return `${name} ${Math.round(bytes / PACKETS)}`;
      });
      t.diagnostic(
        `${['worker', 'worklet'][i]}: ${now[i]! - before[i]!} bytes more, ` +
          `garbage a packet ${Math.round(total / PACKETS)} bytes (${most.join(', ')})`,
      );
    });
    threads.forEach((_, i) => {
      const more = now[i]! - before[i]!;
      assert.ok(more < MOST_BYTES, `${['worker', 'worklet'][i]}: ${more} bytes more`);
    });
  });
}
