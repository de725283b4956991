/** What a page's head says of itself, kept in step with what a person chose. */
import type { Theme } from '../logic/settings.js';
import type { Language } from '../words/language.js';

/** The page's language, and its name and description where it is installed. */
export function headLanguage(language: Language): void {
  document.documentElement.lang = language;
  const manifest = document.querySelector<HTMLLinkElement>('link[rel="manifest"]');
  if (manifest) manifest.href = `/tutti.${language}.webmanifest`;
}

/** The colour of the browser's own bars: of the theme that was chosen, else by the system's. */
export function headTheme(chosen: Theme | null): void {
  const metas = document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]');
  for (const meta of metas) {
    const theme = meta.dataset['theme'];
    meta.media =
      chosen === null ? `(prefers-color-scheme: ${theme})` : chosen === theme ? 'all' : 'not all';
  }
}
