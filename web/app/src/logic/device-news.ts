/**
 * What becomes of the microphone and of the device that plays: told once as it happens; what stays
 * amiss stands in the status line until it is well again.
 */
import type { TuttiFace } from 'tutti';

/** Of the library's `Tutti`, at one moment. */
export type Devices = Pick<
  TuttiFace,
  'microphone' | 'microphoneHeld' | 'outputGone' | 'outputMissing'
>;

export type DeviceTrouble = 'output-gone' | 'microphone-gone' | 'microphone-held';

export interface DeviceNews {
  kind:
    | DeviceTrouble
    | 'microphone-back'
    | 'microphone-other'
    | 'microphone-free'
    | 'output-back'
    | 'output-missing'
    | 'output-found';
  /** Of the microphone that there is now, or ''. */
  label: string;
}

export function isTrouble(kind: DeviceNews['kind']): kind is DeviceTrouble {
  return ['output-gone', 'microphone-gone', 'microphone-held'].includes(kind);
}

/** Looks at the devices again and again, and tells what happened in between. */
export class DeviceDesk {
  /** Of the microphone that was there last. */
  #label: string | null = null;
  #gone = false;
  #held = false;
  #outputGone = false;
  #outputMissing = false;

  /** The gravest thing that is amiss now, or null. */
  get trouble(): DeviceTrouble | null {
    if (this.#outputGone) return 'output-gone';
    if (this.#gone) return 'microphone-gone';
    return this.#held ? 'microphone-held' : null;
  }

  /** The first look is no news, unless something is amiss. */
  look({ microphone, microphoneHeld, outputGone, outputMissing }: Devices): DeviceNews[] {
    const kinds: DeviceNews['kind'][] = [];
    const label = microphone?.label ?? null;
    const before = this.#label;
    if (label === null) {
      if (before !== null && !this.#gone) kinds.push('microphone-gone');
      this.#gone = before !== null;
    } else {
      const back = this.#gone;
      if (back && label === before) kinds.push('microphone-back');
      else if (before !== null && label !== before) kinds.push('microphone-other');
      this.#gone = false;
      this.#label = label;
    }

    const held = microphoneHeld && label !== null;
    if (held && !this.#held) kinds.push('microphone-held');
    if (!held && this.#held && label !== null) kinds.push('microphone-free');
    this.#held = held;

    if (outputGone !== this.#outputGone) {
      kinds.push(outputGone ? 'output-gone' : 'output-back');
    }
    this.#outputGone = outputGone;
    if (outputMissing !== this.#outputMissing) {
      kinds.push(outputMissing ? 'output-missing' : 'output-found');
    }
    this.#outputMissing = outputMissing;
    return kinds.map((kind) => ({ kind, label: label ?? '' }));
  }
}
