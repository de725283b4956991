/**
 * Numbers with their units, written as the reader's language writes them. The space before a unit
 * does not break; the minus is a real minus.
 */
import { metresOfAir } from './air.js';

const NBSP = '\u00a0';

export function number(value: number, language: string, digits = 0): string {
  return new Intl.NumberFormat(language, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: 'negative',
  })
    .format(value)
    .replace('-', '\u2212');
}

/** "24 ms". */
export function milliseconds(ms: number, language: string, digits = 0): string {
  return `${number(ms, language, digits)}${NBSP}ms`;
}

/** "240 ms", from a second on "3.1 s". */
export function duration(ms: number, language: string): string {
  if (ms < 999.5) return milliseconds(ms, language);
  return `${number(ms / 1000, language, 1)}${NBSP}s`;
}

/** "8.2 m", from 10 m on "12 m": nobody hears ten centimetres there. */
export function metres(ms: number, language: string): string {
  const distance = metresOfAir(ms);
  return `${number(distance, language, distance < 9.95 ? 1 : 0)}${NBSP}m`;
}

/** "−6 dB", "+3 dB", "0 dB". */
export function gain(db: number, language: string): string {
  return `${db > 0 ? '+' : ''}${number(db, language)}${NBSP}dB`;
}

/** "0.4 %". */
export function percent(part: number, whole: number, language: string, digits = 1): string {
  return `${number(whole > 0 ? (100 * part) / whole : 0, language, digits)}${NBSP}%`;
}

/** "14:02", of ms since the Unix epoch, where the reader is. */
export function timeOfDay(ms: number, language: string): string {
  return new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(ms);
}
