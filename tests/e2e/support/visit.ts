/** Somebody who looks at one state of the pages after another, each in a browser of their own. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { enter, person } from './chromium.js';
import type { House } from './house.js';
import { ListeningProxy } from './listening-proxy.js';

/** How the pages are looked at. Sizes in CSS pixels. */
export interface Look {
  theme: 'dark' | 'light';
  width: number;
  height: number;
}

const WIDE = { width: 1280, height: 800 };
/** A small phone. */
const NARROW = { width: 360, height: 740 };

export const LOOKS = {
  'dark-wide': { theme: 'dark', ...WIDE },
  'light-wide': { theme: 'light', ...WIDE },
  'dark-narrow': { theme: 'dark', ...NARROW },
  'light-narrow': { theme: 'light', ...NARROW },
} satisfies Record<string, Look>;

/** A window of 1280 by 800, at 200 %. */
export const ZOOMED: Look = { theme: 'dark', width: 640, height: 400 };

export async function look(page: Page, { theme, width, height }: Look): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  await page.setViewportSize({ width, height });
}

export class Visit {
  readonly #contexts: BrowserContext[] = [];
  #company: Promise<{ room: string; contexts: BrowserContext[] }> | null = null;

  /** What the pages' own policy kept them from. */
  readonly refused: string[] = [];

  private constructor(
    readonly browser: Browser,
    readonly house: House,
    /** Everything that pages, workers and worklets ask for goes through it. */
    readonly proxy: ListeningProxy,
  ) {}

  static async begin(browser: Browser, house: House): Promise<Visit> {
    return new Visit(browser, house, await ListeningProxy.open(new URL(house.url).host));
  }

  /** Another person's browser. */
  async person(): Promise<BrowserContext> {
    const context = await person(this.browser, {
      viewport: WIDE,
      colorScheme: 'dark',
      reducedMotion: 'reduce',
      proxy: this.proxy.settings,
    });
    context.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) this.refused.push(message.text());
    });
    this.#contexts.push(context);
    return context;
  }

  async page(address = '/'): Promise<Page> {
    const page = await (await this.person()).newPage();
    await page.goto(new URL(address, this.house.url).href);
    return page;
  }

  /** The card of a new room; `prepare` runs in the page before all else. */
  async card(prepare?: () => void): Promise<Page> {
    const context = await this.person();
    if (prepare) await context.addInitScript(prepare);
    const page = await context.newPage();
    await page.goto(await this.house.room());
    return page;
  }

  /** Somebody in a room, a new one unless it is given. */
  async musician(name: string, room?: string): Promise<Page> {
    const page = await enter(await this.person(), room ?? (await this.house.room()), name);
    await page.getByRole('button', { name: 'Leave' }).waitFor();
    return page;
  }

  /** A room where Bruno plays already, and goes on from one state to the next. */
  async company(): Promise<string> {
    this.#company ??= this.#comeInto(await this.house.room());
    return (await this.#company).room;
  }

  async #comeInto(room: string): Promise<{ room: string; contexts: BrowserContext[] }> {
    await this.musician('Bruno', room);
    return { room, contexts: this.#contexts.splice(0) };
  }

  /** Whoever came since the last state is gone. */
  async leave(): Promise<void> {
    await Promise.all(this.#contexts.splice(0).map((context) => context.close()));
  }

  async close(): Promise<void> {
    await this.leave();
    const { contexts = [] } = (await this.#company) ?? {};
    await Promise.all(contexts.map((context) => context.close()));
    await this.proxy.close();
  }
}
