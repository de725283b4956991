/** Dark or light: the system's preference until a person chooses here. */
import type { Theme } from '../logic/settings.js';
import { headTheme } from './head.js';
import { settings } from './settings.js';

const prefersLight = matchMedia('(prefers-color-scheme: light)');

headTheme(settings.theme);

export const themeChanged = new EventTarget();
prefersLight.addEventListener('change', () => themeChanged.dispatchEvent(new Event('change')));

export function theme(): Theme {
  return settings.theme ?? (prefersLight.matches ? 'light' : 'dark');
}

export function setTheme(chosen: Theme): void {
  settings.theme = chosen;
  document.documentElement.dataset['theme'] = chosen;
  headTheme(chosen);
  themeChanged.dispatchEvent(new Event('change'));
}
