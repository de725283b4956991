/**
 * The microphone's sound on its way into the audio graph: the browser's source node, watched for
 * sound that piles up before it (microphone-queue.ts) and made anew when there is too much.
 *
 *   stream -> source -> gain -> destination
 *
 * The gain only fades from an old source to a new one; a GainNode delays nothing.
 */
import { TuttiError, messageOf } from './errors.js';
import { Healing } from './microphone-healing.js';
import { MicrophoneQueue } from './microphone-queue.js';
import { readTrack } from './microphone-stats.js';

/** What Chromium delivers at once where it does not say. */
const CAPTURE_MS = 10;
/** A new source is silent until its queue has filled. */
const SETTLE_S = 0.1;
/** The same sound at two ages: long enough not to click, short enough not to be heard twice. */
const FADE_S = 0.01;
/** Between two readings, ms: at random, so as never to be in step with the capture buffers. */
const READ_MS = { least: 40, most: 80 };
/** A second of them, whose middle is told. */
const LATENCIES = 16;
const LOOK_MS = 20;

interface Way {
  source: MediaStreamAudioSourceNode;
  gain: GainNode;
}

export class MicrophoneInput {
  private way: Way;
  private readonly queue: MicrophoneQueue;
  private readonly healing: Healing;
  private readonly bufferMs: number | null;
  private latencies: number[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private renewing: Promise<void> | null = null;
  private closed = false;

  /**
   * `healed` is called each time that the source was made anew because sound had piled up. Throws a
   * TuttiError when the browser refuses the stream; its track then is the caller's.
   */
  constructor(
    private readonly context: AudioContext,
    private readonly destination: AudioNode,
    private readonly stream: MediaStream,
    private readonly track: MediaStreamTrack,
    private readonly healed: () => void,
  ) {
    const { latency } = track.getSettings() as MediaTrackSettings & { latency?: number };
    this.bufferMs = latency === undefined ? null : latency * 1000;
    const captureMs = this.bufferMs ?? CAPTURE_MS;
    const renderMs = context.baseLatency * 1000;
    this.queue = new MicrophoneQueue(captureMs, renderMs);
    this.healing = new Healing(captureMs, renderMs);
    this.way = this.connect(1);
    if (readTrack(track) !== null) this.watch();
  }

  /** The system keeps the sound back. */
  get held(): boolean {
    return this.track.muted;
  }

  /** ms that wait in the browser above the least there has been; null where it is not known. */
  get excessMs(): number | null {
    return this.queue.excessMs;
  }

  /**
   * From the air to the audio graph, ms, as the browser reports it, and the excess. null where it
   * reports nothing. What it reports for each buffer should be from the capture of its first frame,
   * so it cannot be less than the buffer; where it is (a made-up device), the buffer counts.
   */
  get latencyMs(): number | null {
    const sorted = [...this.latencies].sort((a, b) => a - b);
    const middle = sorted[sorted.length >> 1];
    if (middle === undefined) return this.bufferMs;
    return Math.max(middle, this.bufferMs ?? 0) + (this.excessMs ?? 0);
  }

  /**
   * Makes the source anew, and with it an empty queue. The old one is heard until the new one has
   * settled. Resolves when sound comes the new way (or the microphone was closed meanwhile).
   */
  renew(): Promise<void> {
    this.renewing ??= this.exchange().finally(() => {
      this.renewing = null;
    });
    return this.renewing;
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    disconnect(this.way);
    for (const track of this.stream.getTracks()) {
      track.onended = track.onmute = track.onunmute = null;
      track.stop();
    }
  }

  private connect(gain: number): Way {
    try {
      const source = this.context.createMediaStreamSource(this.stream);
      const way = { source, gain: new GainNode(this.context, { gain }) };
      way.source.connect(way.gain).connect(this.destination);
      return way;
    } catch (thrown) {
      throw new TuttiError('microphone-failed', messageOf(thrown));
    }
  }

  // By the context's clock: a busy main thread may be late, but the fade is not.
  private async exchange(): Promise<void> {
    const old = this.way;
    const next = this.connect(0);
    const begin = this.context.currentTime + SETTLE_S;
    for (const [{ gain }, from, to] of [
      [old.gain, 1, 0],
      [next.gain, 0, 1],
    ] as const) {
      gain.setValueAtTime(from, begin);
      gain.linearRampToValueAtTime(to, begin + FADE_S);
    }
    while (!this.closed && this.context.currentTime < begin + FADE_S) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
    disconnect(old);
    if (this.closed) disconnect(next);
    this.way = next;
    this.queue.restart();
  }

  private watch(): void {
    const { least, most } = READ_MS;
    this.timer = setTimeout(
      () => {
        this.read();
        this.watch();
      },
      least + (most - least) * Math.random(),
    );
  }

  private read(): void {
    if (this.renewing !== null || this.context.state !== 'running') return;
    // First what is rendered: should this thread be held up in between, the difference is too
    // large, and the next reading better. Too small a one would be kept for the least.
    const renderedMs = this.context.currentTime * 1000;
    const reading = readTrack(this.track);
    if (reading === null) return;
    this.queue.observe(reading.deliveredMs - renderedMs);
    this.latencies = [...this.latencies.slice(1 - LATENCIES), reading.latencyMs];
    if (!this.healing.due(this.context.currentTime, this.excessMs)) return;
    this.renew().then(
      () => {
        if (!this.closed) this.healed();
      },
      (thrown: unknown) => {
        console.error(`Tutti: the microphone's way could not be made anew: ${messageOf(thrown)}`);
      },
    );
  }
}

function disconnect({ source, gain }: Way): void {
  source.disconnect();
  gain.disconnect();
}
