/** scripts/bench heap: the heaps of a room page's threads in Chromium, minute after minute. */
import { enter, launchChromium, person, withoutIsolation } from '../e2e/support/chromium.ts';
import { eventually } from '../e2e/support/eventually.ts';
import { House } from '../e2e/support/house.ts';
import { heardPeer } from '../e2e/support/musician.ts';
import { Thread } from '../e2e/support/threads.ts';
import type { Figures } from './figures.ts';
import { InputError } from './input-error.ts';
import { table } from './table.ts';

const MINUTES = 5;
const LOOKS_PER_MINUTE = 2;
const MINUTE_MS = 60_000;

export async function heap(args: readonly string[], figures: Figures): Promise<void> {
  if (args.length > 0) throw new InputError('heap takes no argument');
  const house = await House.open();
  const chromium = await launchChromium({ ownDevice: true });
  try {
    for (const pipe of ['ring', 'port'] as const) {
      const room = await house.room();
      const contexts = [await person(chromium.browser), await person(chromium.browser)] as const;
      if (pipe === 'port') for (const context of contexts) await withoutIsolation(context);
      const anna = await enter(contexts[0], room, 'Anna');
      await enter(contexts[1], room, 'Bruno');
      const received = async (): Promise<number> => (await heardPeer(anna))?.received ?? 0;
      // So that the compiler has done most of its work.
      await eventually('she hears him', async () => (await received()) > 3000);
      const { worker, worklet } = await Thread.both(anna);
      const rows: string[][] = [];
      const used: [number, number][] = [];
      for (let look = 0; look <= MINUTES * LOOKS_PER_MINUTE; look++) {
        if (look > 0) await new Promise((done) => setTimeout(done, MINUTE_MS / LOOKS_PER_MINUTE));
        const now: [number, number] = [await worker.used(), await worklet.used()];
        used.push(now);
        rows.push([
          (look / LOOKS_PER_MINUTE).toFixed(1),
          String(await received()),
          ...now.map((bytes) => (bytes / 1024).toFixed(1)),
        ]);
      }
      console.log(`worker/${pipe}: KiB in use after a collection of garbage\n`);
      console.log(`${table(['minute', 'packets received', 'worker', 'worklet'], rows)}\n`);
      (['worker', 'worklet'] as const).forEach((thread, i) => {
        const more = used.at(-1)![i]! - used[0]![i]!;
        figures.add(`heap worker/${pipe}: ${thread}, growth`, more, 'bytes');
      });
      await Promise.all(contexts.map((context) => context.close()));
    }
  } finally {
    await chromium.close();
    await house.close();
  }
}
