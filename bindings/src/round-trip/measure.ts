/** A measurement in the browser: devices, worklet, worker, and the end of all of them. */
import type { InputChannels } from '../api.js';
import { openContext } from '../context.js';
import { TuttiError, messageOf } from '../errors.js';
import { describe, openDevice } from '../microphone.js';
import { outputLatencyMs } from '../output-latency.js';
import { checkSupport } from '../support.js';
import type { RoundTrip, RoundTripOptions } from './api.js';
import {
  PROCESSOR,
  type FromWorker,
  type FromWorklet,
  type ProcessorOptions,
  type ToWorker,
  type ToWorklet,
} from './messages.js';
import { makeSweeps, soundOf } from './sweeps.js';

const LEVEL_DBFS = -12;
const LOWEST_DBFS = -60;
const CHANNEL: Record<InputChannels, number | null> = {
  '1': 0,
  '2': 1,
  stereo: null,
  'mono-mix': null,
};
const PROGRESS_MS = 100;
/** Browsers leave the promise open when a click is wanted first. */
const RESUME_MS = 2000;
/** For a sound of five seconds; a device whose clock does not move is never done. */
const STUCK_MS = 30_000;

/**
 * Plays sweeps for five seconds through the context's destination and looks for them in what the
 * microphone hears. What else the context plays is played on. One at a time: two would hear each
 * other.
 *
 * Rejects with a TuttiError: `insecure-origin`, `browser-too-old`, `context-blocked` (also when the
 * context stops on the way), a microphone-* code (`microphone-missing` also when it is unplugged on
 * the way) or `engine-failed`; with the reason of `signal`; or with a RangeError for a level that
 * cannot be. However it ends, all that was opened here is closed.
 */
export async function measureRoundTrip(options: RoundTripOptions = {}): Promise<RoundTrip> {
  const { levelDbfs = LEVEL_DBFS, signal } = options;
  if (!(levelDbfs >= LOWEST_DBFS && levelDbfs <= 0)) {
    throw new RangeError(`levelDbfs must be from ${LOWEST_DBFS} to 0, not ${levelDbfs}`);
  }
  checkSupport();
  signal?.throwIfAborted();
  const measurement = new Measurement(options, levelDbfs);
  try {
    return await measurement.run();
  } finally {
    await measurement.end();
  }
}

class Measurement {
  private readonly ends: (() => unknown)[] = [];
  private over = false;
  /** Rejects when the caller wants no more, and never resolves. */
  private readonly stopped: Promise<never>;

  constructor(
    private readonly options: RoundTripOptions,
    private readonly levelDbfs: number,
  ) {
    const { signal } = options;
    this.stopped = new Promise((_, reject) => {
      if (signal === undefined) return;
      this.listen(signal, 'abort', () => reject(signal.reason as Error));
    });
    // Nobody may be waiting for it at that moment.
    this.stopped.catch(() => undefined);
  }

  async run(): Promise<RoundTrip> {
    // The microphone first: some systems change their rate for it.
    const stream = await this.unlessStopped(this.microphone());
    const track = stream.getAudioTracks()[0];
    if (track?.readyState !== 'live') throw new TuttiError('microphone-missing');
    const context = await this.unlessStopped(this.context());
    await this.unlessStopped(this.loadWorklet(context));
    const node = this.connect(context, stream);
    const trouble = this.trouble(node, context, track);
    const recording = await this.unlessStopped(Promise.race([this.play(node, context), trouble]));
    const { processing, latencyMs } = describe(track);
    const estimate = await this.unlessStopped(
      this.evaluate({
        recording,
        sampleRate: context.sampleRate,
        levelDbfs: this.levelDbfs,
        processing: processing.length > 0,
      }),
    );
    this.options.onProgress?.(1);
    return {
      ...estimate,
      baseLatencyMs: context.baseLatency * 1000,
      outputLatencyMs: outputLatencyMs(context),
      inputLatencyMs: latencyMs,
    };
  }

  /** The last that was opened is closed first. */
  async end(): Promise<void> {
    this.over = true;
    for (const end of this.ends.reverse()) await end();
  }

  private unlessStopped<T>(promise: Promise<T>): Promise<T> {
    return Promise.race([promise, this.stopped]);
  }

  private listen(target: EventTarget, type: string, listener: () => void): void {
    target.addEventListener(type, listener);
    this.ends.push(() => target.removeEventListener(type, listener));
  }

  private async microphone(): Promise<MediaStream> {
    if (this.options.stream !== undefined) return this.options.stream;
    const stream = await openDevice(this.options.deviceId);
    const close = (): void => {
      for (const track of stream.getTracks()) track.stop();
    };
    // The browser's question may be answered after all has ended.
    if (this.over) close();
    else this.ends.push(close);
    return stream;
  }

  private async context(): Promise<AudioContext> {
    // The usual quantum: a smaller one would not make the way through the air any shorter.
    const context = this.options.context ?? openContext({ quantumFrames: 128 });
    if (this.options.context === undefined) this.ends.push(() => context.close());
    if (context.state !== 'running') {
      const patience = new Promise((resolve) => setTimeout(resolve, RESUME_MS));
      await Promise.race([context.resume(), patience]);
      const { state } = context as { state: AudioContextState };
      if (state !== 'running') throw new TuttiError('context-blocked', state);
    }
    return context;
  }

  private async loadWorklet(context: AudioContext): Promise<void> {
    try {
      await context.audioWorklet.addModule(this.at('tutti-round-trip-worklet.js', WORKLET_URL));
    } catch (thrown) {
      throw new TuttiError('engine-failed', messageOf(thrown));
    }
  }

  private at(name: string, beside: string): string {
    const { assets } = this.options;
    return assets === undefined ? beside : new URL(assets + name, import.meta.url).href;
  }

  private connect(context: AudioContext, stream: MediaStream): AudioWorkletNode {
    let source: MediaStreamAudioSourceNode;
    try {
      source = context.createMediaStreamSource(stream);
    } catch (thrown) {
      throw new TuttiError('microphone-failed', messageOf(thrown));
    }
    const channel = CHANNEL[this.options.channels ?? 'mono-mix'];
    const node = new AudioWorkletNode(context, PROCESSOR, {
      numberOfInputs: 1,
      numberOfOutputs: 1,
      outputChannelCount: [1],
      // Each channel of the device as it is.
      channelCountMode: 'max',
      channelInterpretation: 'discrete',
      processorOptions: { channel } satisfies ProcessorOptions,
    });
    this.ends.push(() => {
      node.port.postMessage(null);
      source.disconnect();
      node.disconnect();
    });
    source.connect(node);
    node.connect(context.destination);
    return node;
  }

  /** Resolves to what was recorded. */
  private play(node: AudioWorkletNode, context: AudioContext): Promise<FromWorklet['recording']> {
    const sound = soundOf(makeSweeps(context.sampleRate, this.levelDbfs));
    const seconds = sound.length / context.sampleRate;
    const begin = context.currentTime;
    const timer = setInterval(() => {
      // It is over when it has been evaluated.
      this.options.onProgress?.(Math.min(0.99, (context.currentTime - begin) / seconds));
    }, PROGRESS_MS);
    this.ends.push(() => clearInterval(timer));
    return new Promise((resolve) => {
      node.port.onmessage = ({ data }: MessageEvent<FromWorklet>) => {
        clearInterval(timer);
        resolve(data.recording);
      };
      const told: ToWorklet = { sound, recording: new Float32Array(sound.length) };
      node.port.postMessage(told, [told.sound.buffer, told.recording.buffer]);
    });
  }

  /** Rejects when something that a recording needs goes away, and never resolves. */
  private trouble(
    node: AudioWorkletNode,
    context: AudioContext,
    track: MediaStreamTrack,
  ): Promise<never> {
    return new Promise((_, reject) => {
      this.listen(track, 'ended', () => {
        reject(new TuttiError('microphone-missing', 'it went away'));
      });
      this.listen(context, 'statechange', () => {
        if (context.state !== 'running') reject(new TuttiError('context-blocked', context.state));
      });
      this.listen(node, 'processorerror', () => {
        reject(new TuttiError('engine-failed', 'the audio worklet threw'));
      });
      const timer = setTimeout(() => {
        reject(new TuttiError('engine-failed', 'the audio device does not run'));
      }, STUCK_MS);
      this.ends.push(() => clearTimeout(timer));
    });
  }

  private evaluate(told: ToWorker): Promise<FromWorker> {
    return new Promise((resolve, reject) => {
      const url = this.at('tutti-round-trip-worker.js', WORKER_URL);
      const worker = new Worker(url, { type: 'module', name: PROCESSOR });
      this.ends.push(() => worker.terminate());
      worker.onmessage = ({ data }: MessageEvent<FromWorker>) => resolve(data);
      worker.onerror = (event) => reject(new TuttiError('engine-failed', event.message));
      worker.postMessage(told, [told.recording.buffer]);
    });
  }
}

// Written out one by one, as bundlers look for exactly this form.
const WORKLET_URL = new URL('./tutti-round-trip-worklet.js', import.meta.url).href;
const WORKER_URL = new URL('./tutti-round-trip-worker.js', import.meta.url).href;
