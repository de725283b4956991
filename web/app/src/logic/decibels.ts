/** Linear amplitudes and decibels, on the scale that every meter and fader of the page uses. */

/** Bottom of the meters: what is below counts as silence. */
export const METER_FLOOR_DB = -60;

/** Decibels of a linear amplitude (1 = full scale = 0 dB), never below `floor`. */
export function decibels(amplitude: number, floor = METER_FLOOR_DB): number {
  return amplitude > 0 ? Math.max(floor, 20 * Math.log10(amplitude)) : floor;
}

/** Place of a level along a meter: 0 at -60 dB, 1 at full scale. */
export function meterPosition(db: number): number {
  return Math.min(1, Math.max(0, 1 - db / METER_FLOOR_DB));
}
