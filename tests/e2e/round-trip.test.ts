/**
 * From the loudspeaker to the microphone of a Chromium and of a Firefox, by way of the sound server.
 * How long that takes, and whether it stays the same for five seconds, depends on the machine.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { measureRoundTrip, RoundTrip, RoundTripOptions } from 'tutti/round-trip';
import { launchChromium } from './support/chromium.js';
import { eventually } from './support/eventually.js';
import { launchFirefox } from './support/firefox.js';
import { House, LIBRARY_URL } from './support/house.js';
import type { Evaluator } from './support/musician.js';
import { SoundLoop } from './support/sound-loop.js';

/** A measurement takes six seconds, and several may be needed. */
const LIMIT_MS = 280_000;

let house: House;
let loop: SoundLoop;

before(async () => {
  house = await House.open();
  loop = SoundLoop.open();
});
after(async () => {
  loop.close();
  await house.close();
});

interface Options extends Pick<RoundTripOptions, 'levelDbfs' | 'channels'> {
  abortAt?: number;
}
interface Outcome {
  result: RoundTrip | null;
  /** What it rejected with. */
  error: { name: string; code: string | null } | null;
  shares: number[];
  /** Of the microphones that the library opened. */
  tracks: MediaStreamTrackState[];
  /** Of the contexts that the library made. */
  contexts: AudioContextState[];
}

/** Measures in the page, by the microphone of the loop, and looks at what is left open. */
function measure(page: Evaluator, options: Options = {}): Promise<Outcome> {
  return page.evaluate(
    async ({ library, label, options: { abortAt, ...rest } }) => {
      const { measureRoundTrip: run } = (await import(library)) as {
        measureRoundTrip: typeof measureRoundTrip;
      };
      const media = navigator.mediaDevices;
      // Devices have names only for who has been let in.
      const asking = await media.getUserMedia({ audio: true });
      for (const track of asking.getTracks()) track.stop();
      const devices = await media.enumerateDevices();
      const device = devices.find((d) => d.kind === 'audioinput' && d.label.includes(label));
      if (device === undefined) throw new Error(`no ${label} in ${JSON.stringify(devices)}`);

      const tracks: MediaStreamTrack[] = [];
      const contexts: AudioContext[] = [];
      const { AudioContext: Context } = globalThis;
      const getUserMedia = media.getUserMedia.bind(media);
      media.getUserMedia = async (constraints) => {
        const stream = await getUserMedia(constraints);
        tracks.push(...stream.getTracks());
        return stream;
      };
      globalThis.AudioContext = class extends Context {
        constructor(options?: AudioContextOptions) {
          super(options);
          contexts.push(this);
        }
      };
      const abort = new AbortController();
      const outcome: Outcome = { result: null, error: null, shares: [], tracks: [], contexts: [] };
      try {
        outcome.result = await run({
          ...rest,
          deviceId: device.deviceId,
          signal: abort.signal,
          onProgress(share) {
            outcome.shares.push(share);
            if (share >= (abortAt ?? Infinity)) abort.abort();
          },
        });
      } catch (thrown) {
        const { name, code } = thrown as { name: string; code?: unknown };
        outcome.error = { name, code: typeof code === 'string' ? code : null };
      } finally {
        Reflect.deleteProperty(media, 'getUserMedia');
        globalThis.AudioContext = Context;
      }
      outcome.tracks = tracks.map((track) => track.readyState);
      outcome.contexts = contexts.map((context) => context.state);
      return outcome;
    },
    { library: `${LIBRARY_URL}round-trip.js`, label: loop.label, options },
  );
}

/** One in which no device stumbled: on a busy machine, sweeps may differ. */
function good(
  page: Evaluator,
  options?: Options,
): Promise<{ outcome: Outcome; result: RoundTrip }> {
  const once = async (): Promise<{ outcome: Outcome; result: RoundTrip } | false> => {
    const outcome = await measure(page, options);
    assert.equal(outcome.error, null);
    const result = outcome.result!;
    return result.verdict === 'good' && { outcome, result };
  };
  return eventually('a good measurement', once, LIMIT_MS);
}

function assertClosed({ tracks, contexts }: Outcome): void {
  assert.deepEqual({ tracks, contexts }, { tracks: ['ended'], contexts: ['closed'] });
}

function assertNear(value: number | null, expected: number, tolerance: number): void {
  const near = value !== null && Math.abs(value - expected) <= tolerance;
  assert.ok(near, `${String(value)} is not ${expected} to ${tolerance}`);
}

interface Opened {
  page: Evaluator;
  close(): Promise<void>;
}

async function openChromium(): Promise<Opened> {
  const { browser, close } = await launchChromium({ loop });
  const context = await browser.newContext({ permissions: ['microphone'] });
  const page = await context.newPage();
  await page.goto(house.url);
  return { page, close };
}

async function openFirefox(): Promise<Opened> {
  const browser = await launchFirefox({ 'media.navigator.permission.disabled': true }, loop);
  const page = await browser.newPage();
  await page.goto(house.url);
  return { page: page as unknown as Evaluator, close: () => browser.close() };
}

for (const [name, open] of [
  ['Chromium', openChromium],
  ['Firefox', openFirefox],
] as const) {
  describe(`the round trip of ${name}`, () => {
    let page: Evaluator;
    let close: () => Promise<void>;
    before(async () => {
      ({ page, close } = await open());
    });
    after(() => close());

    test('is heard, at the level at which it is played', async () => {
      const { outcome, result } = await good(page);
      assert.ok(result.roundTripMs! > 0 && result.roundTripMs! < 1000, String(result.roundTripMs));
      assert.equal(result.roundTripMs, (result.roundTripFrames! / result.sampleRate) * 1000);
      assert.equal(result.repetitions, 5);
      assert.ok(result.agreeing >= 4);
      assert.ok(result.spreadMs! <= 2);
      assert.ok(result.snrDb! > 20);
      assert.equal(result.advice, null);
      assertNear(result.peakDbfs, -12, 1.5);
      assertNear((await good(page, { levelDbfs: -30 })).result.peakDbfs, -30, 1.5);

      assertClosed(outcome);
      const { shares } = outcome;
      assert.equal(shares.at(-1), 1);
      assert.ok(shares.every((share, i) => share >= (shares[i - 1] ?? 0)));
      assert.ok(shares.some((share) => share > 0.3 && share < 0.7));
    });

    test('is not heard while the loudspeaker is off', async (t) => {
      loop.mute(true);
      t.after(() => loop.mute(false));
      const outcome = await measure(page);
      const { verdict, roundTripMs, roundTripFrames, snrDb, advice } = outcome.result!;
      assert.equal(verdict, 'not-heard');
      assert.deepEqual([roundTripMs, roundTripFrames, snrDb], [null, null, null]);
      assert.equal(advice, 'silent');
      assertClosed(outcome);
    });

    test('is given up when that is wanted, and everything is closed', async () => {
      const outcome = await measure(page, { abortAt: 0.2 });
      assert.equal(outcome.result, null);
      assert.deepEqual(outcome.error, { name: 'AbortError', code: null });
      assert.ok(outcome.shares.every((share) => share < 1));
      assertClosed(outcome);
    });
  });
}
