/**
 * From the loudspeaker to the microphone of a Chromium and of a Firefox, by way of the sound server.
 * How long that takes depends on the machine; where it is busy the sound stumbles, and takes longer
 * from then on. So it cannot be said whether a measurement is good, only that sooner or later one is,
 * and that the others tell why they are not.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { measureRoundTrip, RoundTrip, RoundTripOptions } from 'tutti/round-trip';
import { launchChromium, type ChromiumOptions } from './support/chromium.js';
import { eventually } from './support/eventually.js';
import { launchFirefox } from './support/firefox.js';
import { House, LIBRARY_URL } from './support/house.js';
import type { Evaluator } from './support/musician.js';
import { SoundLoop } from './support/sound-loop.js';

/** A measurement takes six seconds, and many may be needed. */
const LIMIT_MS = 600_000;
/** A context that seldom stumbles. */
const STEADY_S = 0.3;

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

interface Options extends Pick<RoundTripOptions, 'levelDbfs' | 'deviceId'> {
  /** Brings a context and a microphone along. */
  given?: boolean;
  /** What happens to the measurement once it is so far, 0 to 1. */
  midway?: { at: number; what: 'abort' | 'suspend' };
}
interface Outcome {
  result: RoundTrip | null;
  /** What it rejected with. */
  error: { name: string; code: string | null } | null;
  shares: number[];
  /** Of the microphones and contexts that were opened. */
  tracks: MediaStreamTrackState[];
  contexts: AudioContextState[];
}

/** The loop's microphone, as this page calls it. */
function loopDevice(page: Evaluator): Promise<string> {
  return page.evaluate(async (label) => {
    const media = navigator.mediaDevices;
    // Devices have names only for who has been let in.
    const asking = await media.getUserMedia({ audio: true });
    for (const track of asking.getTracks()) track.stop();
    const devices = await media.enumerateDevices();
    const device = devices.find((d) => d.kind === 'audioinput' && d.label.includes(label));
    if (device === undefined) throw new Error(`no ${label} in ${JSON.stringify(devices)}`);
    return device.deviceId;
  }, loop.label);
}

/** Measures in the page, and looks at what is left open. */
function measure(page: Evaluator, options: Options): Promise<Outcome> {
  return page.evaluate(
    async ({ library, steady, options: { given, midway, ...rest } }) => {
      const { measureRoundTrip: run } = (await import(library)) as {
        measureRoundTrip: typeof measureRoundTrip;
      };
      const media = navigator.mediaDevices;
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
        const audio = {
          deviceId: { exact: rest.deviceId! },
          echoCancellation: false,
          noiseSuppression: false,
          autoGainControl: false,
        };
        const brought = given && {
          context: new AudioContext({ latencyHint: steady }),
          stream: await media.getUserMedia({ audio }),
        };
        outcome.result = await run({
          ...rest,
          ...brought,
          signal: abort.signal,
          onProgress(share) {
            outcome.shares.push(share);
            if (midway === undefined || share < midway.at) return;
            if (midway.what === 'abort') abort.abort();
            else void contexts[0]!.suspend();
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
      if (given) {
        for (const track of tracks) track.stop();
        for (const context of contexts) await context.close();
      }
      return outcome;
    },
    { library: `${LIBRARY_URL}round-trip.js`, steady: STEADY_S, options },
  );
}

/** Heard clearly, and as loudly as it was played; whether it was steady is for the machine to say. */
function assertHeard({ result, error }: Outcome, levelDbfs: number): void {
  assert.equal(error, null);
  const { eachMs, verdict, advice, peakDbfs } = result!;
  const heard = eachMs.filter((ms) => ms !== null && ms > 0 && ms < 1000);
  assert.ok(heard.length >= 4, JSON.stringify(result));
  assert.equal(advice, verdict === 'good' ? null : 'unsteady', JSON.stringify(result));
  assert.ok(Math.abs(peakDbfs! - levelDbfs) <= 2, JSON.stringify(result));
}

function assertClosed({ tracks, contexts }: Outcome): void {
  assert.deepEqual({ tracks, contexts }, { tracks: ['ended'], contexts: ['closed'] });
}

interface Opened {
  page: Evaluator;
  close(): Promise<void>;
}

async function openChromium(options: ChromiumOptions = {}): Promise<Opened> {
  const { browser, close } = await launchChromium({ ...options, loop });
  const context = await browser.newContext();
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
  ['Chromium', () => openChromium()],
  ['Firefox', openFirefox],
] as const) {
  describe(`the round trip of ${name}`, () => {
    let page: Evaluator;
    let deviceId: string;
    let close: () => Promise<void>;
    before(async () => {
      ({ page, close } = await open());
      deviceId = await loopDevice(page);
    });
    after(() => close());

    test('is heard, at the level at which it is played', async () => {
      const outcome = await measure(page, { deviceId });
      assertHeard(outcome, -12);
      assertClosed(outcome);
      const { shares } = outcome;
      assert.equal(shares.at(-1), 1);
      assert.ok(shares.every((share, i) => share >= (shares[i - 1] ?? 0)));
      assertHeard(await measure(page, { deviceId, levelDbfs: -30 }), -30);
    });

    test('is told once it was steady, and what was given stays open', async () => {
      const { result, tracks, contexts } = await eventually(
        'a good measurement',
        async () => {
          const outcome = await measure(page, { deviceId, given: true });
          assertHeard(outcome, -12);
          return outcome.result!.verdict === 'good' && outcome;
        },
        LIMIT_MS,
      );
      const { sampleRate, roundTripFrames, roundTripMs, spreadMs, snrDb, agreeing } = result!;
      assert.ok(roundTripMs! > 0 && roundTripMs! < 1000, String(roundTripMs));
      assert.equal(roundTripMs, (roundTripFrames! / sampleRate) * 1000);
      assert.ok(agreeing >= 4);
      assert.ok(spreadMs! <= 2);
      assert.ok(snrDb! > 20);
      assert.deepEqual({ tracks, contexts }, { tracks: ['live'], contexts: ['running'] });
    });

    test('is not heard while the loudspeaker is off', async (t) => {
      loop.mute(true);
      t.after(() => loop.mute(false));
      const outcome = await measure(page, { deviceId });
      const { verdict, roundTripMs, roundTripFrames, snrDb, advice } = outcome.result!;
      assert.equal(verdict, 'not-heard');
      assert.deepEqual([roundTripMs, roundTripFrames, snrDb], [null, null, null]);
      assert.equal(advice, 'silent');
      assertClosed(outcome);
    });

    test('is given up when that is wanted', async () => {
      const outcome = await measure(page, { deviceId, midway: { at: 0.2, what: 'abort' } });
      assert.equal(outcome.result, null);
      assert.deepEqual(outcome.error, { name: 'AbortError', code: null });
      assert.ok(outcome.shares.every((share) => share < 1));
      assertClosed(outcome);
    });

    test('fails when the sound stops on the way', async () => {
      const outcome = await measure(page, { deviceId, midway: { at: 0.2, what: 'suspend' } });
      assert.deepEqual(outcome.error, { name: 'TuttiError', code: 'context-blocked' });
      assertClosed(outcome);
    });

    test('fails without the microphone that was chosen', async () => {
      const { error, contexts } = await measure(page, { deviceId: 'of another computer' });
      assert.equal(error?.name, 'TuttiError');
      assert.match(error.code!, /^microphone-(missing|failed)$/);
      assert.deepEqual(contexts, []);
    });
  });
}

test('without permission there is no round trip', async (t) => {
  const { page, close } = await openChromium({ denied: true });
  t.after(close);
  const { error, tracks, contexts } = await measure(page, {});
  assert.equal(error?.name, 'TuttiError');
  assert.ok(['microphone-denied', 'microphone-dismissed'].includes(error.code!), error.code!);
  assert.deepEqual([tracks, contexts], [[], []]);
});
