/**
 * Chromium's queue between a microphone and the audio graph, in virtual time, after
 * webaudio_media_stream_audio_sink.cc: whole capture buffers go in, and are dropped when it is
 * full; whole ones are taken out, with silence instead when there is none; what of one is not
 * rendered yet is kept for the next quantum.
 */
import { Healing } from '../../../bindings/src/microphone-healing.js';
import { MicrophoneQueue } from '../../../bindings/src/microphone-queue.js';
import { Random } from '../../../bindings/src/bench/random.js';

const QUANTUM_MS = 128 / 48;
const STEP_MS = 1 / 3;

class CaptureQueue {
  private queued = 0;
  private leftMs = 0;
  private live = false;

  constructor(
    private readonly bufferMs: number,
    private readonly most: number,
  ) {}

  deliver(): void {
    if (this.live && this.queued < this.most) this.queued++;
  }

  render(): void {
    this.live = true;
    while (this.leftMs < QUANTUM_MS) {
      this.leftMs += this.bufferMs;
      if (this.queued > 0) this.queued--;
    }
    this.leftMs -= QUANTUM_MS;
  }

  /** Sound that waits. */
  get waitingMs(): number {
    return this.queued * this.bufferMs + this.leftMs;
  }
}

export interface Circumstances {
  seconds: number;
  captureMs?: number;
  /** Rendered at once. */
  renderMs?: number;
  /** How much faster the device's clock runs than the context's. */
  ppm?: number;
  /** Capture buffers come up to so many ms late. */
  jitterMs?: number;
  /** From a second on, so many ms nothing is rendered; what of it is then rendered at once. */
  stalls?: { at: number; ms: number; caughtUp?: number }[];
  /** From a second on, for so many seconds the device gives nothing. */
  pause?: { at: number; seconds: number };
  /** The main thread comes to nothing for so many ms of every second. */
  busyMs?: number;
  /** Without it all is watched and nothing done. */
  heals?: boolean;
}

export interface Observed {
  /** Seconds of the healings. */
  healed: number[];
  /** For every second the least that waited in it, ms. */
  waitingMs: number[];
  /** And what was told of it at its end. */
  excessMs: (number | null)[];
}

export function observe(circumstances: Circumstances): Observed {
  const { seconds, captureMs = 10, renderMs = QUANTUM_MS, ppm = 0, jitterMs = 0 } = circumstances;
  const { stalls = [], pause, busyMs = 0, heals = true } = circumstances;
  const random = new Random(7);
  const most = 5 * Math.max(1, Math.ceil(renderMs / captureMs));
  const fresh = () => new CaptureQueue(captureMs, most);
  let actual = fresh();
  const told = new MicrophoneQueue(captureMs, renderMs);
  const healing = new Healing(captureMs, renderMs);
  const seen: Observed = { healed: [], waitingMs: [], excessMs: [] };

  let delivered = 0;
  let captured = 0;
  let nextCapture = captureMs / 2;
  let late = 0;
  let rendered = 0;
  let owed = 0;
  let nextRead = 0;
  let least = Infinity;
  const stalled = (ms: number) =>
    stalls.find(({ at, ms: long }) => ms >= at * 1000 && ms < at * 1000 + long);
  let stall: (typeof stalls)[number] | undefined;
  for (let now = 0; now < seconds * 1000; now += STEP_MS) {
    while (now >= nextCapture + late) {
      captured++;
      nextCapture = (captureMs / 2 + captured * captureMs) / (1 + ppm / 1e6);
      late = random.next() * jitterMs;
      const off = pause !== undefined && now >= pause.at * 1000;
      if (off && now < (pause.at + pause.seconds) * 1000) continue;
      delivered += captureMs;
      actual.deliver();
    }

    const was = stall;
    stall = stalled(now);
    if (stall !== undefined) owed += STEP_MS;
    else if (was !== undefined) owed *= 1 - (was.caughtUp ?? 0);
    const due = stall === undefined ? Math.floor((now - owed) / renderMs) * renderMs : rendered;
    for (; rendered + QUANTUM_MS <= due + 1e-6; rendered += QUANTUM_MS) actual.render();

    least = Math.min(least, actual.waitingMs);
    if (now >= nextRead && now % 1000 >= busyMs) {
      nextRead = now + 40 + 40 * random.next();
      told.observe(delivered - rendered);
      if (heals && healing.due(now / 1000, told.excessMs)) {
        seen.healed.push(now / 1000);
        actual = fresh();
        told.restart();
      }
    }
    if (Math.floor((now + STEP_MS) / 1000) > Math.floor(now / 1000)) {
      seen.waitingMs.push(least);
      seen.excessMs.push(told.excessMs);
      least = Infinity;
    }
  }
  return seen;
}
