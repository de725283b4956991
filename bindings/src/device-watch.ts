/**
 * When to look after the devices: as soon as the browser says that they have changed, when the page
 * comes to the front again (a call may be over), and every few seconds, as not every browser says
 * so for every device.
 */

const LOOK_MS = 2000;

export class DeviceWatch {
  private readonly timer: ReturnType<typeof setInterval>;
  private looking = false;
  private due = false;
  private changed = false;

  /** `look` is called with whether something is said to have changed; never twice at once. */
  constructor(private readonly look: (changed: boolean) => Promise<void>) {
    navigator.mediaDevices.addEventListener('devicechange', this.lookNow);
    document.addEventListener('visibilitychange', this.lookNow);
    this.timer = setInterval(() => {
      void this.lookOn();
    }, LOOK_MS);
  }

  readonly lookNow = (): void => {
    this.changed = true;
    void this.lookOn();
  };

  close(): void {
    clearInterval(this.timer);
    navigator.mediaDevices.removeEventListener('devicechange', this.lookNow);
    document.removeEventListener('visibilitychange', this.lookNow);
  }

  private async lookOn(): Promise<void> {
    this.due = true;
    if (this.looking) return;
    this.looking = true;
    try {
      while (this.due) {
        const { changed } = this;
        this.due = this.changed = false;
        await this.look(changed);
      }
    } finally {
      this.looking = false;
    }
  }
}
