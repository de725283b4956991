/**
 * Asks the session for its numbers a few times a second, as long as the room is open, and keeps the
 * last minute of delays: whoever opens the drawer sees what has just happened.
 *
 * Event: `change`, after every look.
 */
import type { SessionFace, SessionStats } from 'tutti';
import { DelayHistories } from '../logic/delay-history.js';

const EVERY_MS = 250;

export class SessionWatch extends EventTarget {
  stats: SessionStats | null = null;
  readonly delays = new DelayHistories();
  readonly #session: SessionFace;
  readonly #timer: number;
  /** While the browser keeps the sound back, an answer may take long. */
  #asking = false;

  constructor(session: SessionFace) {
    super();
    this.#session = session;
    this.#timer = window.setInterval(() => void this.#look(), EVERY_MS);
    void this.#look();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    try {
      this.stats = await this.#session.stats();
      this.delays.look(performance.now(), this.stats);
      this.dispatchEvent(new Event('change'));
    } catch {
      // Between two states of the session: the old numbers stay.
    } finally {
      this.#asking = false;
    }
  }
}
