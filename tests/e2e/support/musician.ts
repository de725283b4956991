/** What a test does in a room page, whichever browser it is in: through the page's own API. */
import type { PeerStats, SessionStats, Session, Tutti } from 'tutti';
import type { BenchResult } from 'tutti/bench';
import { RECORDER_URL } from './house.js';

declare global {
  interface Window {
    tutti?: { session: Session; audio: Tutti; bench?: BenchResult };
  }
}

/** A page of either driver. */
export interface Evaluator {
  evaluate<A, R>(inPage: (argument: A) => R | Promise<R>, argument: A): Promise<R>;
}

/** null until the page is in its room. */
export function stats(page: Evaluator): Promise<SessionStats | null> {
  return page.evaluate(async () => (await window.tutti?.session.stats()) ?? null, null);
}

/** The one other musician, once they are heard. */
export async function heardPeer(page: Evaluator): Promise<PeerStats | null> {
  const peers = (await stats(page))?.peers ?? [];
  return peers.length === 1 && peers[0]!.playoutDelayMs !== null ? peers[0]! : null;
}

/** What the page renders in the next `seconds`, first channel. */
export async function record(page: Evaluator, seconds: number): Promise<Float32Array> {
  const base64 = await page.evaluate(
    async ({ seconds, url }) => {
      const { context, node } = window.tutti!.audio;
      await context.audioWorklet.addModule(url);
      const recorder = new AudioWorkletNode(context, 'recorder', {
        numberOfOutputs: 0,
        processorOptions: { frames: Math.round(seconds * context.sampleRate) },
      });
      const kept = new Promise<Float32Array>((resolve) => {
        recorder.port.onmessage = ({ data }: MessageEvent<Float32Array>) => {
          resolve(data);
        };
      });
      node.connect(recorder);
      const bytes = new Uint8Array((await kept).buffer);
      node.disconnect(recorder);
      let text = '';
      for (let i = 0; i < bytes.length; i += 8192) {
        text += String.fromCharCode(...bytes.subarray(i, i + 8192));
      }
      return btoa(text);
    },
    { seconds, url: RECORDER_URL },
  );
  const bytes = Buffer.from(base64, 'base64');
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

/** Sends this sound, over and over, instead of the microphone. 16-bit samples. */
export async function play(page: Evaluator, sound: Float32Array): Promise<void> {
  const base64 = Buffer.from(Int16Array.from(sound, (x) => x * 32768).buffer).toString('base64');
  await page.evaluate((base64) => {
    const { audio } = window.tutti!;
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const samples = new Int16Array(bytes.buffer);
    const buffer = audio.context.createBuffer(1, samples.length, audio.context.sampleRate);
    buffer.copyToChannel(
      Float32Array.from(samples, (x) => x / 32768),
      0,
    );
    audio.closeMicrophone();
    const source = new AudioBufferSourceNode(audio.context, { buffer, loop: true });
    source.connect(audio.node);
    source.start();
  }, base64);
}

/** Keeps the page's main thread busy for `busyMs` of every `everyMs`, until the page is left. */
export async function blockMainThread(
  page: Evaluator,
  busyMs: number,
  everyMs: number,
): Promise<void> {
  await page.evaluate(
    ({ busyMs, everyMs }) => {
      setInterval(() => {
        const end = performance.now() + busyMs;
        while (performance.now() < end);
      }, everyMs);
    },
    { busyMs, everyMs },
  );
}
