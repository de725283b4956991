/** The settings of this device; reading `localStorage` alone may throw where it is forbidden. */
import { Settings, type Shelf } from '../logic/settings.js';

function shelf(): Shelf | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

export const settings = new Settings(shelf());
