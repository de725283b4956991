/** Which of our languages a person reads best. */
export const LANGUAGES = ['en', 'it'] as const;
export type Language = (typeof LANGUAGES)[number];

export function isLanguage(code: string | null): code is Language {
  return LANGUAGES.some((language) => language === code);
}

/** `wanted` as in navigator.languages, best first ("it-CH", "de"). */
export function pickLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const code = tag.toLowerCase().split('-')[0] ?? '';
    if (isLanguage(code)) return code;
  }
  return 'en';
}
