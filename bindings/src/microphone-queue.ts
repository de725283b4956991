/**
 * How much sound waits between a microphone and the audio graph, told from two counts.
 *
 * Between the two Chromium has a queue of capture buffers (webaudio_media_stream_audio_sink.cc).
 * Nothing makes up there for the drift of two clocks, and it never shrinks by itself: what a stall
 * of the audio thread has put into it stays, and if the device's clock is the faster one it fills
 * up, then drops.
 *
 * Delivered minus rendered, in ms, is what waits but for a constant that nobody tells. So the least
 * seen since the graph was connected stands for an empty queue, and what is above it is excess:
 * latency that a new connection does without. This is right to about one capture buffer, which is
 * how full a new queue may be by chance. Two things move the constant: when the queue runs dry
 * silence is rendered instead of it, and the difference goes on to a new least; when it is full
 * sound is dropped, so that no more waits than it holds, whatever the difference.
 */

/** Times what is rendered at once, in whole capture buffers, the queue holds; older ones hold 10. */
const QUEUE_BUFFERS = 5;
/** In each window. */
const READINGS = 16;
/** A change is believed when so many windows agree. */
const WINDOWS = 2;

export class MicrophoneQueue {
  private readings: number[] = [];
  private windows: number[] = [];
  private least = Infinity;
  private readonly mostMs: number;

  /** What the device delivers at once, and what the context renders at once, in ms. */
  constructor(captureMs: number, renderMs: number) {
    this.mostMs = QUEUE_BUFFERS * captureMs * Math.max(1, Math.ceil(renderMs / captureMs));
  }

  /**
   * Takes a reading: ms delivered by the device minus ms rendered by the context, each counted from
   * anywhere. Readings must not be in step with the capture buffers: in between two of these the
   * difference falls, and only the bottom tells anything.
   */
  observe(differenceMs: number): void {
    if (!Number.isFinite(differenceMs)) return;
    this.readings.push(differenceMs);
    if (this.readings.length < READINGS) return;
    // Not the very least: of the two counts one may for once have been read too late.
    const bottom = this.readings.sort((a, b) => a - b)[1]!;
    this.readings = [];
    this.windows = [...this.windows.slice(1 - WINDOWS), bottom];
    this.least = Math.max(Math.min(this.least, bottom), bottom - this.mostMs);
  }

  /** The graph has been connected anew. */
  restart(): void {
    this.readings = [];
    this.windows = [];
    this.least = Infinity;
  }

  /** ms, 0 or more; null until known. */
  get excessMs(): number | null {
    if (this.windows.length < WINDOWS) return null;
    // A leap by more than the queue holds puts the least above the window before.
    return Math.max(0, Math.min(...this.windows) - this.least);
  }
}
