/** scripts/bench join: from the click on "Go in" to the first sound of somebody else, in Chromium. */
import type { Page } from 'playwright-core';
import { spreadOf } from '../../bindings/src/bench/spread.js';
import { enter, launchChromium, person } from '../e2e/support/chromium.ts';
import { eventually } from '../e2e/support/eventually.ts';
import { House } from '../e2e/support/house.ts';
import { stats } from '../e2e/support/musician.ts';
import type { Figures } from './figures.ts';
import { InputError } from './input-error.ts';
import { table } from './table.ts';

const RUNS = 7;
const LOOK_EVERY_MS = 5;

declare global {
  interface Window {
    /** ms from the click to the first sound, once it is there. */
    tuttiJoinMs?: number;
  }
}

/** From the click, by the page's own clock. */
async function watchClick(page: Page): Promise<void> {
  await page.evaluate((every) => {
    addEventListener(
      'click',
      () => {
        const from = performance.now();
        const looking = setInterval(() => {
          const peers = window.tutti?.session.peers ?? [];
          if (!peers.some(({ level }) => level.peak > 0)) return;
          window.tuttiJoinMs = performance.now() - from;
          clearInterval(looking);
        }, every);
      },
      { capture: true, once: true },
    );
  }, LOOK_EVERY_MS);
}

export async function join(args: readonly string[], figures: Figures): Promise<void> {
  if (args.length > 0) throw new InputError('join takes no argument');
  const house = await House.open();
  const chromium = await launchChromium({ ownDevice: true });
  const times: number[] = [];
  try {
    const room = await house.room();
    const anna = await enter(await person(chromium.browser), room, 'Anna');
    await eventually('Anna is in the room', async () => (await stats(anna)) !== null);
    for (let run = 0; run < RUNS; run++) {
      const context = await person(chromium.browser);
      const page = await context.newPage();
      await page.goto(room);
      await page.getByRole('textbox', { name: 'Your name' }).fill('Bruno');
      await watchClick(page);
      await page.getByRole('button', { name: 'Go in' }).click();
      times.push(
        await eventually('Anna is heard', () => page.evaluate(() => window.tuttiJoinMs ?? null)),
      );
      await context.close();
    }
  } finally {
    await chromium.close();
    await house.close();
  }
  const { p50, max } = spreadOf(times)!;
  console.log(
    `From "Go in" to the first sound of another musician, on this machine; ${RUNS} times\n`,
  );
  console.log(table(['', 'p50', 'max'], [['ms', p50.toFixed(0), max.toFixed(0)]]));
  figures.add('join: p50', p50, 'ms');
  figures.add('join: max', max, 'ms');
}
