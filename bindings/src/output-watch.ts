/**
 * The context and the device it plays to: notices when the device is gone, and goes on when it is
 * back, or when what has interrupted the sound (a call) is over.
 */

/** A busy machine may stand still from one look to the next. */
const STILL_LOOKS = 2;
/** Browsers leave the promise open where they do not mean to go on. */
const PATIENCE_MS = 500;

/** What browsers have beside the three states of TypeScript's own types. */
type State = AudioContextState | 'interrupted';

export class OutputWatch {
  /** The device failed or vanished: nothing is heard. */
  gone = false;
  /** What stops it now is not that the browser wants a click first. */
  private ran: boolean;
  private before: State;
  private heardUntil: number | null = null;
  private still = 0;

  /**
   * `changed` is called when the state of the context or `gone` has changed. `ours`: the context is
   * nobody else's, so it may be started again.
   */
  constructor(
    private readonly context: AudioContext,
    private readonly ours: boolean,
    private readonly changed: () => void,
  ) {
    this.before = context.state;
    this.ran = context.state === 'running';
    context.addEventListener('statechange', this.stateChanged);
    context.addEventListener('error', this.failed);
  }

  /** `changed`: the devices, or the page has come to the front again. */
  async look(changed: boolean): Promise<void> {
    // By the timer alone: two looks right after one another see the same moment.
    if (!changed && this.context.state === 'running') await this.listen();
    if (changed || this.gone) await this.goOn();
  }

  /** Starts again what has been stopped. */
  async goOn(): Promise<void> {
    if (!this.ours || !this.ran || this.context.state === 'running') return;
    const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
    await Promise.race([this.context.resume().catch(() => undefined), patience]);
  }

  close(): void {
    this.context.removeEventListener('statechange', this.stateChanged);
    this.context.removeEventListener('error', this.failed);
  }

  /** A device that plays asks for more and more; one that is gone does not. */
  private async listen(): Promise<void> {
    const { context, heardUntil } = this;
    const { currentTime } = context;
    this.heardUntil = currentTime;
    if (heardUntil === null) return;
    this.still = currentTime === heardUntil ? this.still + 1 : 0;
    if (this.still === 0) this.be(false);
    if (this.still < STILL_LOOKS) return;
    this.be(true);
    // It holds on to the device until it is stopped.
    if (this.ours) await context.suspend();
  }

  private be(gone: boolean): void {
    if (gone === this.gone) return;
    this.gone = gone;
    this.changed();
  }

  private readonly failed = (): void => {
    this.be(true);
  };

  private readonly stateChanged = (): void => {
    const { before } = this;
    const state: State = this.context.state;
    this.before = state;
    this.heardUntil = null;
    this.still = 0;
    if (state === 'running') this.ran = true;
    this.changed();
    // The call is over, and the system leaves it to us to go on.
    if (before === 'interrupted' && state === 'suspended') void this.goOn();
  };
}
