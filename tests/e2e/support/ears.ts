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
    ears?: AudioWorkletNode;
  }
}

/** Before the context's first page. */
export async function withEars(context: BrowserContext): Promise<void> {
  await context.addInitScript({ path: TAP });
}

/** When in the room. */
export async function openEars(page: Page): Promise<void> {
  await page.evaluate(async (url) => {
    const { context } = window.tutti!.audio;
    await context.audioWorklet.addModule(url);
    window.ears = new AudioWorkletNode(context, 'ears', { numberOfInputs: 2 });
    window.microphoneTap(context).connect(window.ears, 0, 0);
    window.ears.connect(context.destination);
  }, EARS_URL);
}

/** Holds up the audio thread once. */
export async function stallAudio(page: Page, ms: number): Promise<void> {
  await page.evaluate((stallMs) => {
    window.ears!.port.postMessage({ stallMs });
  }, ms);
}

const SETTLE_MS = 300;
const KEPT_S = 0.5;
/** More than the browser's queue can hold. */
const LATEST_S = 0.12;

/**
 * How much later, in ms, the worklet hears the microphone than a source node that has just been
 * made of another copy of the same track does. null when the two sounds are not alike.
 */
export async function lateness(page: Page): Promise<number | null> {
  const [worklet, fresh] = await page.evaluate(
    async ({ frames, settleMs }) => {
      const ears = window.ears!;
      const track = window.microphoneTrack!.clone();
      const source = new MediaStreamAudioSourceNode(ears.context as AudioContext, {
        mediaStream: new MediaStream([track]),
      });
      source.connect(ears, 0, 1);
      await new Promise((resolve) => setTimeout(resolve, settleMs));
      const kept = new Promise<[Float32Array, Float32Array]>((resolve) => {
        ears.port.onmessage = ({ data }: MessageEvent<[Float32Array, Float32Array]>) => {
          resolve(data);
        };
      });
      ears.port.postMessage({ frames });
      const both = await kept;
      source.disconnect();
      track.stop();
      return both.map((sound) => Array.from(sound)) as [number[], number[]];
    },
    { frames: KEPT_S * RATE, settleMs: SETTLE_MS },
  );
  const frames = lag(Float32Array.from(worklet), Float32Array.from(fresh), LATEST_S * RATE);
  return frames === null ? null : (frames / RATE) * 1000;
}

/** The longest silence, in samples, that the worklet hears while the microphone is taken anew. */
export async function silenceWhileTakenAnew(page: Page): Promise<number> {
  const heard = await page.evaluate(async (frames) => {
    const ears = window.ears!;
    const kept = new Promise<[Float32Array]>((resolve) => {
      ears.port.onmessage = ({ data }: MessageEvent<[Float32Array]>) => {
        resolve(data);
      };
    });
    ears.port.postMessage({ frames });
    await window.tutti!.audio.recalibrateMicrophone();
    return Array.from((await kept)[0]);
  }, KEPT_S * RATE);
  let longest = 0;
  let run = 0;
  for (const x of heard) {
    run = x === 0 ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}
