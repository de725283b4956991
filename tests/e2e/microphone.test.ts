/**
 * Chromium's queue before the audio graph keeps what a stall has put into it: seen, and healed. All
 * is judged by the sound that reaches the worklet.
 */
import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import { enter, launchChromium, person, type ChromiumBrowser } from './support/chromium.js';
import { lateness, openEars, silenceWhileTakenAnew, stallAudio, withEars } from './support/ears.js';
import { eventually } from './support/eventually.js';
import { House } from './support/house.js';
import { stats } from './support/musician.js';

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

/** Of Chromium's made-up device. */
const CAPTURE_MS = 10;
const QUANTUM_MS = 128 / 48;
/** Two new sources differ by as much. */
const ALIKE_MS = CAPTURE_MS + QUANTUM_MS;
const LATE_MS = 1.5 * CAPTURE_MS;
/** Longer, and the queue overflows: then what waits in it in the end is chance. */
const STALL_MS = 35;

async function alone(t: TestContext): Promise<Page> {
  const context = await person(chromium.browser);
  t.after(() => context.close());
  await withEars(context);
  const page = await enter(context, await house.room(), 'Anna');
  await eventually('the microphone is watched', async () => {
    return typeof (await stats(page))?.microphone.excessMs === 'number';
  });
  await openEars(page);
  return page;
}

const heals = async (page: Page): Promise<number> => (await stats(page))!.microphone.heals;

/** Holds up the audio until the worklet hears the microphone late, and tells the heals until then. */
function makeLate(page: Page): Promise<{ before: number }> {
  return eventually('the microphone is late', async () => {
    const before = await heals(page);
    await stallAudio(page, STALL_MS);
    const late = await lateness(page);
    const still = (await heals(page)) === before;
    return still && late !== null && late > LATE_MS && { before };
  });
}

/**
 * The worklet hears it as soon as new sources do, three times on end: on a busy machine one of them
 * may itself be late.
 */
async function inTime(page: Page): Promise<void> {
  let times = 0;
  await eventually('the microphone is in time', async () => {
    const late = await lateness(page);
    times = late !== null && Math.abs(late) <= ALIKE_MS ? times + 1 : 0;
    return times === 3;
  });
}

test('what a stall has piled up before the audio graph is healed by itself', async (t) => {
  const page = await alone(t);
  await page.evaluate(() => {
    const { audio } = window.tutti!;
    audio.addEventListener('healed', () => {
      document.title = `healed ${audio.microphoneHeals}`;
    });
  });
  const { before } = await makeLate(page);
  await eventually('it is healed', async () => (await heals(page)) > before);
  await inTime(page);
  assert.match(await page.title(), /^healed \d+$/, 'and the page is told');
});

test('a microphone is taken anew when asked, without a gap', async (t) => {
  const page = await alone(t);
  await makeLate(page);
  const silence = await silenceWhileTakenAnew(page);
  assert.ok(silence < QUANTUM_MS * 48, `silent for ${silence} samples`);
  await inTime(page);
});
