/** Opening the microphone that this device remembers. */
import type { Microphone, TuttiFace } from 'tutti';
import { troubleOf } from '../logic/errors.js';
import { settings } from './settings.js';

/** When the remembered device is not there any more, the browser's own choice is opened instead. */
export async function openRemembered(audio: TuttiFace): Promise<Microphone> {
  const choice = settings.microphone;
  try {
    return await audio.openMicrophone(choice);
  } catch (error) {
    const { code } = troubleOf(error, 'microphone-failed');
    if (code !== 'microphone-missing' || choice.deviceId === undefined) throw error;
    return audio.openMicrophone({ channels: settings.channelsOf('') });
  }
}
