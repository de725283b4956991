/** Debian's Chromium with a microphone that plays music, or with the sound server's. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from 'playwright-core';
import { music, twice, wav } from './music.js';
import type { SoundLoop } from './sound-loop.js';

const NO_TRANSFER = fileURLToPath(new URL('in-page/no-transfer.js', import.meta.url));
const AT_48_KHZ = fileURLToPath(new URL('in-page/at-48-khz.js', import.meta.url));
/** Leads to this machine, but browsers do not take it for a safe origin, as they do localhost. */
export const UNSAFE_HOST = 'tutti.test';
const SECONDS = 8;
/** What the microphone plays over and over. */
const MICROPHONE = music(SECONDS);
export const LOOPED_MICROPHONE: Float32Array = twice(MICROPHONE);

export interface ChromiumBrowser {
  browser: Browser;
  close(): Promise<void>;
}

export interface ChromiumOptions {
  /** Where the sound server's devices are used, for hearing and for playing. */
  loop?: SoundLoop;
  /** Plays to Chromium's own device of 128 frames at a time, whatever devices there are. */
  ownDevice?: boolean;
  /** Nobody may use the microphone. */
  denied?: boolean;
  /** As for most people: no sound before a click. */
  clickFirst?: boolean;
  /** Whoever shares a window shares a made-up one, without being asked which. */
  screen?: boolean;
}

export async function launchChromium({
  loop,
  ownDevice = false,
  denied = false,
  clickFirst = false,
  screen = false,
}: ChromiumOptions = {}): Promise<ChromiumBrowser> {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-chromium-'));
  const file = join(folder, 'microphone.wav');
  writeFileSync(file, wav(MICROPHONE));
  const madeUp = [
    `--use-fake-device-for-media-stream${screen ? '=display-media-type=window' : ''}`,
    `--use-file-for-fake-audio-capture=${file}`,
  ];
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    ...(loop && { env: loop.environment, ignoreDefaultArgs: ['--mute-audio'] }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      `--host-resolver-rules=MAP ${UNSAFE_HOST} 127.0.0.1`,
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // A page that a test has put together counts as from elsewhere, and may not ask localhost.
      // Nor does Chromium ask its maker what a page's fields are for.
      '--disable-features=LocalNetworkAccessChecks,AutofillServerCommunication',
      `--autoplay-policy=${clickFirst ? 'document-user-activation-required' : 'no-user-gesture-required'}`,
      `--use-fake-ui-for-media-stream${denied ? '=deny' : ''}`,
      ...(loop ? [] : madeUp),
      ...(ownDevice ? ['--disable-audio-output'] : []),
    ],
  });
  return {
    browser,
    async close() {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * A person of their own: nothing is shared with another context. Whatever this machine's device,
 * theirs is at 48 kHz: what is heard is compared with what was played at that rate.
 * `options`: what else there is to say of them.
 */
export async function person(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({
    permissions: ['microphone'],
    locale: 'en-GB',
    ...options,
  });
  await context.addInitScript({ path: AT_48_KHZ });
  return context;
}

/** Goes straight into the room. */
export async function enter(context: BrowserContext, room: string, name: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${room}?name=${encodeURIComponent(name)}&join`);
  return page;
}

/** As a site that is not cross-origin isolated: no shared memory, so the pipe is made of ports. */
export async function withoutIsolation(context: BrowserContext): Promise<void> {
  await context.route(/\/r\//, async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers() };
    delete headers['cross-origin-opener-policy'];
    delete headers['cross-origin-embedder-policy'];
    await route.fulfill({ response, headers });
  });
}

/** As a browser that cannot transfer a data channel. */
export async function withoutTransfer(context: BrowserContext): Promise<void> {
  await context.addInitScript({ path: NO_TRANSFER });
}
