/** The words in use now; `wordsChanged` fires on every change of language. */
import { headLanguage } from '../page/head.js';
import { settings } from '../page/settings.js';
import { en, type Words } from './en.js';
import { it } from './it.js';
import { isLanguage, pickLanguage, type Language } from './language.js';

export type { Words } from './en.js';

const ALL: Record<Language, Words> = { en, it };

export const wordsChanged = new EventTarget();

const remembered = settings.language;
const chosen = isLanguage(remembered) ? remembered : pickLanguage(navigator.languages);
let current = ALL[chosen];
headLanguage(chosen);

export function words(): Words {
  return current;
}

export function speak(code: string): void {
  if (!isLanguage(code)) return;
  current = ALL[code];
  settings.language = code;
  headLanguage(code);
  wordsChanged.dispatchEvent(new Event('change'));
}
