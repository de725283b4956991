/** Where the context plays: chosen, lost, and taken back. */
import { TuttiError, messageOf } from './errors.js';

/** Not in TypeScript's own types yet, nor in every browser. */
interface Choosable {
  setSinkId(deviceId: string): Promise<void>;
}

export const outputChoosable = (): boolean => 'setSinkId' in AudioContext.prototype;

export async function listOutputs(): Promise<MediaDeviceInfo[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.filter((device) => device.kind === 'audiooutput');
}

export class OutputDevice {
  /** What is wanted; '' is the browser's own choice. */
  chosen = '';
  gone = false;
  /** One after another: a device may come and go while the browser is still switching. */
  private work: Promise<void> = Promise.resolve();

  /** `changed`: `chosen` or `gone` is another. */
  constructor(
    private readonly context: AudioContext,
    private readonly changed: () => void,
  ) {}

  /** Rejects with output-missing or output-failed. */
  choose(deviceId: string): Promise<void> {
    const step = this.work.then(() => this.switchTo(deviceId));
    this.work = step.catch(() => undefined);
    return step;
  }

  /** The devices are others now, or may be played to now. */
  look(): void {
    this.work = this.work
      .then(() => this.follow())
      .catch((thrown: unknown) => {
        console.info(`Tutti: the output device is not to be had: ${messageOf(thrown)}`);
      });
  }

  private async switchTo(deviceId: string): Promise<void> {
    try {
      await this.play(deviceId);
      this.become(deviceId, false);
    } catch (thrown) {
      if ((thrown as { name?: unknown } | null)?.name !== 'NotFoundError') {
        throw new TuttiError('output-failed', messageOf(thrown));
      }
      await this.play('');
      this.become(deviceId, true);
      throw new TuttiError('output-missing', messageOf(thrown));
    }
  }

  private async follow(): Promise<void> {
    const { chosen } = this;
    if (chosen === '') return;
    const there = (await listOutputs()).some(({ deviceId }) => deviceId === chosen);
    if (there !== this.gone) return;
    await this.play(there ? chosen : '');
    this.become(chosen, !there);
  }

  private play(deviceId: string): Promise<void> {
    if (outputChoosable()) return (this.context as unknown as Choosable).setSinkId(deviceId);
    if (deviceId === '') return Promise.resolve();
    return Promise.reject(new Error('this browser does not let a page choose'));
  }

  private become(chosen: string, gone: boolean): void {
    if (chosen === this.chosen && gone === this.gone) return;
    this.chosen = chosen;
    this.gone = gone;
    this.changed();
  }
}
