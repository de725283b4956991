/**
 * What a person chose, remembered on this device. Without storage (forbidden, full, absent) it is
 * remembered while the page is open.
 */
import type { InputChannels, MicrophoneChoice, Quality } from 'tutti';
import { CAUTION } from './caution.js';

export type Theme = 'dark' | 'light';

/** The part of `Storage` that is used. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem'>;

const CHANNELS: readonly string[] = ['1', '2', 'stereo', 'mono-mix'] satisfies InputChannels[];

/** Everybody's volume, dB: from silence up. */
export const GAIN = { min: -60, max: 12 } as const;
/** Less is not remembered: who comes back and hears nothing would not know why. */
const LEAST_KEPT_DB = -30;
/** In the order in which they are offered. */
export const QUALITIES: readonly Quality[] = ['standard', 'full'];

export function isChannels(value: unknown): value is InputChannels {
  return typeof value === 'string' && CHANNELS.includes(value);
}

export class Settings {
  readonly #shelf: Shelf | null;
  readonly #now = new Map<string, string>();

  constructor(shelf: Shelf | null) {
    this.#shelf = shelf;
  }

  get name(): string {
    return this.#get('name') ?? '';
  }
  set name(name: string) {
    this.#set('name', name);
  }

  get language(): string | null {
    return this.#get('language');
  }
  set language(language: string) {
    this.#set('language', language);
  }

  get theme(): Theme | null {
    const theme = this.#get('theme');
    return theme === 'dark' || theme === 'light' ? theme : null;
  }
  set theme(theme: Theme) {
    this.#set('theme', theme);
  }

  /** Between quick (0) and safe (1): the library's `caution`. */
  get caution(): number {
    const caution = Number(this.#get('caution') ?? NaN);
    return caution >= CAUTION.min && caution <= CAUTION.max ? caution : CAUTION.neutral;
  }
  set caution(caution: number) {
    this.#set('caution', String(caution));
  }

  /** How finely one's own sound is sent. */
  get quality(): Quality {
    const quality = this.#get('quality');
    return QUALITIES.find((one) => one === quality) ?? 'standard';
  }
  set quality(quality: Quality) {
    this.#set('quality', quality);
  }

  /** The microphone used last, with the channels last used on it. */
  get microphone(): MicrophoneChoice {
    const deviceId = this.#get('microphone') ?? '';
    const channels = this.channelsOf(deviceId);
    return deviceId === '' ? { channels } : { deviceId, channels };
  }
  set microphone(choice: MicrophoneChoice) {
    const deviceId = choice.deviceId ?? '';
    this.#set('microphone', deviceId);
    this.#set(`channels.${deviceId}`, choice.channels);
  }

  /** Where the sound goes; '' is the browser's own choice. */
  get output(): string {
    return this.#get('output') ?? '';
  }
  set output(deviceId: string) {
    this.#set('output', deviceId);
  }

  /** Everybody's volume, dB. */
  get gainDb(): number {
    const db = Number(this.#get('volume') ?? 0);
    return db >= LEAST_KEPT_DB && db <= GAIN.max ? db : 0;
  }
  set gainDb(db: number) {
    this.#set('volume', String(db));
  }

  /** `deviceId` '' is the browser's default device. */
  channelsOf(deviceId: string): InputChannels {
    const channels = this.#get(`channels.${deviceId}`);
    return isChannels(channels) ? channels : '1';
  }

  #get(key: string): string | null {
    const now = this.#now.get(key);
    if (now !== undefined) return now;
    try {
      return this.#shelf?.getItem(`tutti.${key}`) ?? null;
    } catch {
      return null;
    }
  }

  #set(key: string, value: string): void {
    this.#now.set(key, value);
    try {
      this.#shelf?.setItem(`tutti.${key}`, value);
    } catch {
      // Full or forbidden: remembered while the page is open.
    }
  }
}
