/** Brings one stream's volume up slowly, for somebody who may have no headphones on yet. */

const FROM_DB = -42;
const FADE_MS = 1500;
const STEP_MS = 50;

export class FadeIn {
  private timer: ReturnType<typeof setInterval> | undefined;

  /** `set` takes dB. */
  constructor(private readonly set: (db: number) => void) {}

  /** Silent from now on, until begin() or end(). */
  silence(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.set(-60);
  }

  /** From nearly silent to `toDb` within 1.5 s. */
  begin(toDb: number): void {
    clearInterval(this.timer);
    const began = performance.now();
    const from = Math.min(FROM_DB, toDb);
    this.set(from);
    this.timer = setInterval(() => {
      const share = (performance.now() - began) / FADE_MS;
      if (share >= 1) this.end(toDb);
      else this.set(from + (toDb - from) * share);
    }, STEP_MS);
  }

  /** At once. */
  end(toDb: number): void {
    this.stop();
    this.set(toDb);
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
