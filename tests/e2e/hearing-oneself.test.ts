/** The sound out is chosen and tried, and one hears oneself: by way of the server, and of a peer. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import {
  LOOPED_MICROPHONE,
  enter,
  launchChromium,
  person,
  type ChromiumBrowser,
} from './support/chromium.js';
import { bestCorrelation } from './support/compare.js';
import { eventually } from './support/eventually.js';
import { House, RECORDER_URL } from './support/house.js';
import { blockMainThread, heardPeer, record } from './support/musician.js';

declare global {
  interface Window {
    destinationTap(context: AudioContext): AudioNode;
  }
}

const DESTINATION_TAP = fileURLToPath(
  new URL('support/in-page/destination-tap.js', import.meta.url),
);

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

/** On the card nothing is given to tests; what the room gives later is looked up here. */
async function openCard(page: Page, room: string): Promise<void> {
  await page.goto(room);
  await page.getByText('Good level.').waitFor();
  await page.evaluate(() => {
    const card = document.querySelector('tutti-room')?.shadowRoot?.querySelector('tutti-join-card');
    Object.assign(window, { tutti: { audio: (card as unknown as { audio: unknown }).audio } });
  });
}

/** What is heard is the own microphone, as it was captured. */
function hearsMicrophone(page: Page): Promise<unknown> {
  return eventually('one’s own sound', async () => {
    return bestCorrelation(LOOPED_MICROPHONE, await record(page, 0.2)) > 0.99;
  });
}

function hearsNothing(page: Page): Promise<unknown> {
  return eventually('silence', async () => {
    return (await record(page, 0.2)).every((x) => Math.abs(x) < 1e-4);
  });
}

/** Which sides sounded in the next seconds, in order. */
async function sidesHeard(page: Page, seconds: number): Promise<string[]> {
  const blocks = await page.evaluate(
    async ({ url, seconds }) => {
      const { context } = window.tutti!.audio;
      await context.audioWorklet.addModule(url);
      const splitter = new ChannelSplitterNode(context, { numberOfOutputs: 2 });
      const tap = window.destinationTap(context);
      const frames = Math.round(seconds * context.sampleRate);
      const both = [0, 1].map((channel) => {
        const recorder = new AudioWorkletNode(context, 'recorder', {
          numberOfOutputs: 0,
          processorOptions: { frames },
        });
        splitter.connect(recorder, channel);
        return new Promise<Float32Array>((resolve) => {
          recorder.port.onmessage = ({ data }: MessageEvent<Float32Array>) => {
            resolve(data);
          };
        });
      });
      tap.connect(splitter);
      const [left, right] = (await Promise.all(both)) as [Float32Array, Float32Array];
      tap.disconnect(splitter);
      const loudest: [number, number][] = [];
      for (let at = 0; at < frames; at += 4800) {
        loudest.push([
          left.subarray(at, at + 4800).reduce((most, x) => Math.max(most, Math.abs(x)), 0),
          right.subarray(at, at + 4800).reduce((most, x) => Math.max(most, Math.abs(x)), 0),
        ]);
      }
      return loudest;
    },
    { url: RECORDER_URL, seconds },
  );
  const sides: string[] = [];
  for (const [left, right] of blocks) {
    const side = `${left > 0.005 ? 'left' : ''}${right > 0.005 ? 'right' : ''}`;
    if (side !== '' && side !== sides.at(-1)) sides.push(side);
  }
  return sides;
}

test('on the card one hears oneself by way of the server', async (t) => {
  const context = await person(chromium.browser);
  t.after(() => context.close());
  const page = await context.newPage();
  await openCard(page, await house.room());
  await hearsNothing(page);
  await page.getByRole('button', { name: 'Hear yourself' }).click();
  await page
    .getByText(/^You hear yourself \d+\sms after you play, as if across \d.*\sm of air\.$/)
    .waitFor();
  await hearsMicrophone(page);
  await page.getByRole('button', { name: 'Stop hearing yourself' }).click();
  await hearsNothing(page);

  // Going in ends it.
  await page.getByRole('button', { name: 'Hear yourself' }).click();
  await hearsMicrophone(page);
  await page.getByLabel('Your name').fill('Anna');
  await page.getByRole('button', { name: 'Go in' }).click();
  await page.getByText('You are alone here for now.').waitFor();
  await hearsNothing(page);
});

test('the test chord sounds on the left, on the right, on both sides, and says so', async (t) => {
  const context = await person(chromium.browser);
  t.after(() => context.close());
  await context.addInitScript({ path: DESTINATION_TAP });
  const page = await context.newPage();
  await openCard(page, await house.room());
  const words = ['Now on the left.', 'Now on the right.', 'Now on both sides.'];
  await eventually('the three', async () => {
    const seen = Promise.all(
      words.map((text) => page.getByRole('status').filter({ hasText: text }).waitFor()),
    );
    const heard = sidesHeard(page, 5.5);
    await page.getByRole('button', { name: 'Test chord' }).click();
    await seen;
    return (await heard).join() === 'left,right,leftright';
  });
  await page.getByRole('button', { name: 'Test chord' }).click();
  await page.getByRole('button', { name: 'Stop the chord' }).click();
  await page.getByRole('button', { name: 'Test chord' }).waitFor();
});

test('the output device is chosen while playing, and remembered', async (t) => {
  const context = await person(chromium.browser);
  t.after(() => context.close());
  const page = await context.newPage();
  await openCard(page, await house.room());
  const sink = (): Promise<string> =>
    page.evaluate(() => (window.tutti!.audio.context as unknown as { sinkId: string }).sinkId);
  assert.equal(await sink(), '');
  const list = page.getByLabel('Headphones or loudspeaker');
  const chosen = await list.locator('option').last().getAttribute('value');
  assert.ok(chosen);
  await list.selectOption(chosen);
  await eventually('it plays there', async () => (await sink()) === chosen);
  await page.getByLabel('Your name').fill('Anna');
  await page.getByRole('button', { name: 'Go in' }).click();
  await page.getByText('You are alone here for now.').waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Go in' }).waitFor();
  await openCard(page, page.url());
  await eventually('it plays there again', async () => (await sink()) === chosen);
  assert.equal(await list.inputValue(), chosen);
});

test('in the room one hears oneself through another, whose page may be busy', async (t) => {
  const room = await house.room();
  const contexts = [await person(chromium.browser), await person(chromium.browser)] as const;
  t.after(() => Promise.all(contexts.map((context) => context.close())));
  const anna = await enter(contexts[0], room, 'Anna');
  const bruno = await enter(contexts[1], room, 'Bruno');
  await eventually('they hear each other', async () => {
    return (await heardPeer(anna)) !== null && (await heardPeer(bruno)) !== null;
  });
  // Both microphones are alike: what Anna hears is to be hers.
  await bruno.evaluate(() => {
    window.tutti!.audio.closeMicrophone();
  });
  await hearsNothing(anna);

  await anna.getByRole('button', { name: 'Hear yourself through Bruno' }).click();
  await anna.getByText('Put on headphones first').waitFor();
  await hearsNothing(anna);
  await anna.getByRole('button', { name: 'Headphones are on: begin' }).click();
  await anna.getByText(/\d+\sms there and back, like across .*\sm of air\./).waitFor();
  await bruno.getByText('Anna listens to how they sound at your end').waitFor();
  assert.equal(await bruno.getByRole('button', { name: 'Hear yourself through Anna' }).count(), 0);
  await blockMainThread(bruno, 700, 800);
  await hearsMicrophone(anna);

  await anna.getByRole('button', { name: 'Stop hearing yourself' }).click();
  await hearsNothing(anna);
  await bruno.getByText('Anna listens to how they sound at your end').waitFor({ state: 'hidden' });
  await eventually('all is as before', async () => (await heardPeer(anna)) !== null);
});
