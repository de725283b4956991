/** How much of a stream's recent sound was concealed, from counts that only grow. */

/** The engine counts concealed frames at the wire's rate, whatever the device's. */
const FRAMES_PER_S = 48_000;
const WINDOW_S = 10;
/** A share of less is chance. */
const LEAST_S = 1;
const EVERY_S = 0.25;

interface Mark {
  /** Seconds of the audio clock, which stands still while nothing is rendered. */
  at: number;
  concealedFrames: number;
}

export class ConcealedShare {
  /** Oldest first: those of the window, and the last one before it. */
  private readonly marks: Mark[] = [];
  private newest: Mark | null = null;

  /** Takes the count so far, as often as one likes, while the stream plays. */
  observe(at: number, concealedFrames: number): void {
    this.newest = { at, concealedFrames };
    const last = this.marks.at(-1);
    if (last === undefined || at - last.at >= EVERY_S) this.marks.push(this.newest);
    while (this.marks.length > 1 && this.marks[1]!.at <= at - WINDOW_S) this.marks.shift();
  }

  /** 0 to 1, over the last 10 s or what there is of them; null before there is a second. */
  get value(): number | null {
    const { newest } = this;
    const oldest = this.marks[0];
    if (newest === null || oldest === undefined) return null;
    const seconds = newest.at - oldest.at;
    if (seconds < LEAST_S) return null;
    const concealed = (newest.concealedFrames - oldest.concealedFrames) / FRAMES_PER_S;
    return Math.min(1, Math.max(0, concealed / seconds));
  }
}
