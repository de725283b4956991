/** The sound out that this device remembers: where to, and how loud. */
import type { TuttiFace } from 'tutti';
import { settings } from './settings.js';

/**
 * Goes on trying: a browser may say where to only once the microphone is allowed. A device that is
 * not there is waited for by the library.
 */
export function restoreOutput(audio: TuttiFace): void {
  audio.gainDb = settings.gainDb;
  const wanted = settings.output;
  if (wanted === '' || !audio.outputChoosable) return;
  const attempt = (): void => {
    if (settings.output !== wanted || audio.output.deviceId === wanted) return;
    audio.setOutput(wanted).catch(() => undefined);
  };
  attempt();
  audio.addEventListener('microphone', attempt);
}
