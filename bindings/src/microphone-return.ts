/**
 * A microphone that comes and goes: when the devices have changed, which one to open, if any. Needs
 * nothing of the browser.
 */
import type { Microphone, MicrophoneChoice } from './api.js';

/** Of a MediaDeviceInfo. */
export type Device = Pick<MediaDeviceInfo, 'kind' | 'deviceId' | 'label' | 'groupId'>;

export interface Verdict {
  /** The open device is not there any more, although its track has not ended. */
  lost: boolean;
  /** What to open now, or null: nothing, all is as it should be or cannot be helped. */
  open: MicrophoneChoice | null;
}

/** Chromium's name for whatever the system's default device is. */
const DEFAULT = 'default';

export class MicrophoneReturn {
  /** What was opened last. */
  private last: { deviceId: string; label: string } | null = null;
  /** The open device has been seen among the devices, so its absence means something. */
  private seen = false;
  /** The default device when it was opened; null until it is known. */
  private standard: string | null = null;

  opened({ deviceId, label }: Microphone): void {
    this.last = { deviceId, label };
    this.seen = false;
    this.standard = null;
  }

  /**
   * A chosen device is taken back when it, or one of the same name, is there again; no other takes
   * its place. The browser's own choice is followed: to another device, and back.
   */
  judge(choice: MicrophoneChoice, open: Microphone | null, devices: readonly Device[]): Verdict {
    const inputs = devices.filter(({ kind, deviceId }) => kind === 'audioinput' && deviceId !== '');
    const listed = inputs.some(({ deviceId }) => deviceId === open?.deviceId);
    const lost = open !== null && this.seen && !listed;
    this.seen ||= listed;
    const away = open === null || lost;
    if (choice.deviceId === undefined || choice.deviceId === '') {
      const standard = standardOf(inputs);
      const moved = this.standard !== null && standard !== this.standard;
      this.standard ??= standard;
      return { lost, open: inputs.length > 0 && (away || moved) ? choice : null };
    }
    const back = away ? this.find(choice.deviceId, inputs) : undefined;
    return { lost, open: back === undefined ? null : { ...choice, deviceId: back.deviceId } };
  }

  /** Plugged in elsewhere, a device may have another id. */
  private find(deviceId: string, inputs: readonly Device[]): Device | undefined {
    const label = this.last?.label ?? '';
    return (
      inputs.find((input) => input.deviceId === deviceId) ??
      inputs.find((input) => label !== '' && input.label === label)
    );
  }
}

/** Tells one default device from another. It is the first where the browser has no name for it. */
function standardOf(inputs: readonly Device[]): string {
  const standard = inputs.find(({ deviceId }) => deviceId === DEFAULT) ?? inputs[0];
  if (standard === undefined) return '';
  const { deviceId, label, groupId } = standard;
  return [deviceId, label, groupId].join('\n');
}
