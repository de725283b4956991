/** The words in use now; `wordsChanged` fires on every change of language. */
import { settings } from '../page/settings.js';
import { en, type Words } from './en.js';
import { it } from './it.js';
import { isLanguage, pickLanguage, type Language } from './language.js';

export type { Words } from './en.js';

const ALL: Record<Language, Words> = { en, it };

export const wordsChanged = new EventTarget();

const remembered = settings.language;
let current: Words = ALL[isLanguage(remembered) ? remembered : pickLanguage(navigator.languages)];
document.documentElement.lang = current.language;

export function words(): Words {
  return current;
}

export function speak(code: string): void {
  if (!isLanguage(code)) return;
  current = ALL[code];
  settings.language = code;
  document.documentElement.lang = code;
  wordsChanged.dispatchEvent(new Event('change'));
}
