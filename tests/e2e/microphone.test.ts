/**
 * Chromium's queue before the audio graph keeps what a stall has put into it: seen, and healed. All
 * is judged by the sound that reaches the worklet.
 */
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

const alike = (late: number | null): boolean => late !== null && Math.abs(late) <= ALIKE_MS;

test('what a stall has piled up before the audio graph is healed by itself', async (t) => {
  const page = await alone(t);
  await eventually('late, healed, in time', async () => {
    const before = await heals(page);
    const healed = lateness(page, 'healed');
    const late = await makeLate(page);
    // On a busy machine it may have been healed of something else.
    return alike(await healed) && late.before === before;
  });
});

test('a microphone is taken anew when asked', async (t) => {
  const page = await alone(t);
  // Once may be chance: when both queues have run full, the sounds are alike too.
  let times = 0;
  await eventually('late, taken anew, in time, and again', async () => {
    await makeLate(page);
    times = alike(await lateness(page, 'taken anew')) ? times + 1 : 0;
    return times === 2;
  });
});

test('a microphone is taken anew without a gap', async (t) => {
  const page = await alone(t);
  await eventually('nothing is missing', async () => {
    return (await silenceWhileTakenAnew(page)) < QUANTUM_MS * 48;
  });
});
