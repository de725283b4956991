/**
 * What a device's name and figures give away: a wireless headset, or two devices with a clock each.
 * No browser says so outright, so the words that follow from it are careful.
 */
import type { Microphone } from 'tutti';

/** As the systems and the makers call what is on Bluetooth. */
const WIRELESS =
  /bluetooth|air ?pods|hands-?free|\bbuds\b|earbuds|^headset \(|^cuffie con auricolare \(|\bW[HF]-\d|\bA2DP\b|\bHFP\b/i;
const WIRED = /\busb\b/i;
/** The two parts of one computer share a clock, though the browser may count them as two devices. */
const BUILT_IN = /built-?in|internal|integrat|incorporat|realtek|macbook|imac/i;
/** Hz: no microphone on a wire is so dull by itself. */
const TELEPHONE_HZ = 16_000;

export function isWireless(label: string): boolean {
  return WIRELESS.test(label) && !WIRED.test(label);
}

/** 'wireless': by its name. 'telephone': it delivers no more than a telephone does. */
export type InputCaution = 'wireless' | 'telephone';

export function inputCaution({
  label,
  sampleRate,
}: Pick<Microphone, 'label' | 'sampleRate'>): InputCaution | null {
  if (isWireless(label)) return 'wireless';
  return sampleRate !== null && sampleRate <= TELEPHONE_HZ ? 'telephone' : null;
}

/** 'two-devices': each with a clock of its own, between which the browser keeps sound in store. */
export type OutputCaution = 'wireless' | 'two-devices';

/**
 * `output` null: not known. `rate`: that of the output, Hz. The gravest thing only: where the
 * microphone is wireless, there is worse to say than that there are two devices.
 */
export function outputCaution(
  microphone: Pick<Microphone, 'label' | 'sampleRate' | 'groupId'> | null,
  output: { label: string; groupId: string } | null,
  rate: number,
): OutputCaution | null {
  if (output !== null && isWireless(output.label)) return 'wireless';
  if (microphone === null || inputCaution(microphone) !== null) return null;
  if (microphone.sampleRate !== null && microphone.sampleRate !== rate) return 'two-devices';
  if (output === null || output.groupId === '' || microphone.groupId === '') return null;
  if (BUILT_IN.test(output.label) && BUILT_IN.test(microphone.label)) return null;
  return output.groupId === microphone.groupId ? null : 'two-devices';
}

/** What a list of devices shows: without the browser's own names for its own choice. */
export function choosable(devices: readonly MediaDeviceInfo[]): MediaDeviceInfo[] {
  return devices.filter(({ deviceId }) => !['', 'default', 'communications'].includes(deviceId));
}

/** The device that `deviceId` means, '' being the browser's own choice; null where it is not said. */
export function deviceOf(
  devices: readonly MediaDeviceInfo[],
  deviceId: string,
): MediaDeviceInfo | null {
  const wanted = deviceId === '' ? 'default' : deviceId;
  return devices.find((device) => device.deviceId === wanted) ?? null;
}
