/** How late the microphone reaches Tutti's worklet, by its sound. */
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';
import { lag } from './compare.js';
import { EARS_URL } from './house.js';
import { RATE } from './music.js';

const TAP = fileURLToPath(new URL('in-page/microphone-tap.js', import.meta.url));

declare global {
  interface Window {
    microphoneTap(context: AudioContext): AudioNode;
    microphoneTrack?: MediaStreamTrack;
  }
}

/** Before the context's first page. */
export async function withEars(context: BrowserContext): Promise<void> {
  await context.addInitScript({ path: TAP });
}

/** When in the room. */
export async function openEars(page: Page): Promise<void> {
  await page.evaluate((url) => window.tutti!.audio.context.audioWorklet.addModule(url), EARS_URL);
}

/** Holds up the audio thread once. */
export async function stallAudio(page: Page, ms: number): Promise<void> {
  await page.evaluate(async (stallMs) => {
    const { context } = window.tutti!.audio;
    const ears = new AudioWorkletNode(context, 'ears', { numberOfInputs: 2 });
    ears.connect(context.destination);
    ears.port.postMessage({ stallMs });
    await new Promise((resolve) => setTimeout(resolve, 2 * stallMs));
    ears.disconnect();
  }, ms);
}

const SETTLE_MS = 300;
const KEPT_S = 0.5;
/** More than the browser's queue can hold. */
const LATEST_S = 0.12;

/**
 * How much later, in ms, the worklet hears the microphone than a source node does that is made of
 * another copy of the same track: now, or when the microphone is next healed, or while it is taken
 * anew on demand. (What holds up the audio thread after that, holds up both.) null when the two
 * sounds are not alike.
 */
export async function lateness(
  page: Page,
  when: 'now' | 'healed' | 'taken anew' = 'now',
): Promise<number | null> {
  const [worklet, fresh] = await page.evaluate(
    async ({ frames, settleMs, when }) => {
      const { audio } = window.tutti!;
      if (when === 'healed') {
        await new Promise<void>((resolve) => {
          audio.addEventListener('healed', () => {
            resolve();
          });
        });
      }
      const ears = new AudioWorkletNode(audio.context, 'ears', { numberOfInputs: 2 });
      ears.connect(audio.context.destination);
      const tap = window.microphoneTap(audio.context);
      tap.connect(ears, 0, 0);
      const track = window.microphoneTrack!.clone();
      const mediaStream = new MediaStream([track]);
      const source = new MediaStreamAudioSourceNode(audio.context, { mediaStream });
      source.connect(ears, 0, 1);
      if (when === 'taken anew') await audio.recalibrateMicrophone();
      await new Promise((resolve) => setTimeout(resolve, settleMs));
      const kept = new Promise<[Float32Array, Float32Array]>((resolve) => {
        ears.port.onmessage = ({ data }: MessageEvent<[Float32Array, Float32Array]>) => {
          resolve(data);
        };
      });
      ears.port.postMessage({ frames });
      const both = await kept;
      tap.disconnect(ears);
      source.disconnect();
      ears.disconnect();
      track.stop();
      return both.map((sound) => Array.from(sound)) as [number[], number[]];
    },
    { frames: KEPT_S * RATE, settleMs: SETTLE_MS, when },
  );
  const frames = lag(Float32Array.from(worklet), Float32Array.from(fresh), LATEST_S * RATE);
  return frames === null ? null : (frames / RATE) * 1000;
}

/** The longest silence, in samples, that the worklet hears while the microphone is taken anew. */
export async function silenceWhileTakenAnew(page: Page): Promise<number> {
  const heard = await page.evaluate(async (frames) => {
    const { audio } = window.tutti!;
    const ears = new AudioWorkletNode(audio.context, 'ears', { numberOfInputs: 2 });
    ears.connect(audio.context.destination);
    const tap = window.microphoneTap(audio.context);
    tap.connect(ears, 0, 0);
    const kept = new Promise<[Float32Array]>((resolve) => {
      ears.port.onmessage = ({ data }: MessageEvent<[Float32Array]>) => {
        resolve(data);
      };
    });
    ears.port.postMessage({ frames });
    await audio.recalibrateMicrophone();
    const [sound] = await kept;
    tap.disconnect(ears);
    ears.disconnect();
    return Array.from(sound);
  }, KEPT_S * RATE);
  let longest = 0;
  let run = 0;
  for (const x of heard) {
    run = x === 0 ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}
