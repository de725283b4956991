/** The choice between quick and safe as a slider in words. */

/** The library's `caution`, in eleven places: with the next one, something is heard. */
export const CAUTION = { min: 0, max: 1, step: 0.1, neutral: 0.5 } as const;

/** How many steps up the slider, 0 to 10; rid of what 0.1 + 0.2 leaves. */
export function cautionPlace(caution: number): number {
  return Math.round((caution - CAUTION.min) / CAUTION.step);
}

export type CautionWord = 'quick' | 'ratherQuick' | 'balanced' | 'ratherSafe' | 'safe';

export function cautionWord(caution: number): CautionWord {
  const place = cautionPlace(caution);
  if (place <= 1) return 'quick';
  if (place <= 3) return 'ratherQuick';
  if (place <= 6) return 'balanced';
  return place <= 8 ? 'ratherSafe' : 'safe';
}
