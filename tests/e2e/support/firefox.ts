/** Debian's Firefox ESR, which may use microphone and camera without a question. */
import { launch, type Browser } from 'puppeteer-core';
import type { SoundLoop } from './sound-loop.js';

/** `preferences`: what else is to be set of about:config. */
export async function launchFirefox(
  preferences: Record<string, boolean | number>,
  loop?: SoundLoop,
): Promise<Browser> {
  return launch({
    browser: 'firefox',
    executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
    headless: true,
    ...(loop && { env: loop.environment }),
    extraPrefsFirefox: {
      'permissions.default.microphone': 1,
      'permissions.default.camera': 1,
      // Peers on this very machine.
      'media.peerconnection.ice.loopback': true,
      'media.autoplay.default': 0,
      'media.autoplay.blocking_policy': 0,
      ...preferences,
    },
  });
}
