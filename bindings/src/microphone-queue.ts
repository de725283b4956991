/**
 * How much sound waits between a microphone and the audio graph, told from two counts.
 *
 * Between the two Chromium has a queue of capture buffers (webaudio_media_stream_audio_sink.cc; it
 * holds 5 or more, 10 in older versions). Nothing makes up there for the drift of two clocks, and
 * it never shrinks by itself: what a stall of the audio thread has put into it stays, and if the
 * device's clock is the faster one it fills up, then drops.
 *
 * Delivered minus rendered, in ms, is what waits but for a constant that nobody tells. So the least
 * seen since the graph was connected stands for an empty queue, and what is above it is excess:
 * latency that a new connection does without. This is right to about one capture buffer, which is
 * how full a new queue may be by chance. Two things move the constant, and cannot be seen from here:
 * when the queue runs dry silence is rendered instead of it (the difference then goes on to a new
 * least), and when it is full sound is dropped (until the next connection the excess told is then
 * more than waits).
 */

/** In each window. */
const READINGS = 16;
/** A change is believed when so many windows agree. */
const WINDOWS = 2;

export class MicrophoneQueue {
  private readings: number[] = [];
  private windows: number[] = [];
  private least = Infinity;

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
    this.least = Math.min(this.least, bottom);
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
    return Math.min(...this.windows) - this.least;
  }
}
