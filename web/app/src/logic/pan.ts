/** Left or right: -1 is all left, +1 all right. */

export const PAN = { min: -1, max: 1, step: 0.05 };

export type PanWord =
  'centre' | 'littleLeft' | 'left' | 'farLeft' | 'littleRight' | 'right' | 'farRight';

/** The nearest of the steps that the list's slider has too, so that stage and list say the same. */
export function roundPan(pan: number): number {
  const steps = Math.round(Math.min(PAN.max, Math.max(PAN.min, pan)) / PAN.step);
  // Not a sum of twentieths, which would not be 0.3 but nearly; and no -0.
  return steps === 0 ? 0 : Math.round(steps * PAN.step * 100) / 100;
}

/** As one says where somebody stands. */
export function panWord(pan: number): PanWord {
  const aside = Math.abs(pan);
  const left = pan < 0;
  if (aside < PAN.step / 2) return 'centre';
  if (aside < 0.375) return left ? 'littleLeft' : 'littleRight';
  if (aside < 0.775) return left ? 'left' : 'right';
  return left ? 'farLeft' : 'farRight';
}
