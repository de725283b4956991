/** What the others are told of us, and when it is worth telling again. */
import type { StateControl } from '../network/messages.js';

/** A microphone that has changed by less is nothing new. */
const WORTH_MS = 1;
const EVERY_S = 1;

export class OwnState {
  private toldMs: number | null = null;
  private toldAt = -Infinity;

  /** `packetMs`: what one of our packets lasts. */
  constructor(private readonly packetMs: number) {}

  /** `microphoneMs` is null when not known. */
  tell(muted: boolean, microphoneMs: number | null): StateControl {
    const state: StateControl = { type: 'state', muted, packetMs: this.packetMs };
    if (microphoneMs !== null) state.microphoneMs = Math.round(microphoneMs * 10) / 10;
    return state;
  }

  /**
   * Whether everybody should be told anew of the microphone; if so, that it is done. `at` in
   * seconds: asked as often as one likes, it says so once a second at most.
   */
  isNews(at: number, microphoneMs: number | null): boolean {
    if (at - this.toldAt < EVERY_S) return false;
    const { toldMs } = this;
    if (microphoneMs === null || toldMs === null) {
      if (microphoneMs === toldMs) return false;
    } else if (Math.abs(microphoneMs - toldMs) < WORTH_MS) return false;
    this.toldMs = microphoneMs;
    this.toldAt = at;
    return true;
  }
}
