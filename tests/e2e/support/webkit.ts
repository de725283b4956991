/**
 * Debian's WebKitGTK, driven as the WebDriver standard says, on a screen of its own that nobody
 * sees. Its MiniBrowser has a window and no headless mode.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { eventually } from './eventually.js';
import type { Evaluator } from './musician.js';

/** For what the browser is asked to do. Far longer than anything takes: only for defects. */
const LIMIT_MS = 60_000;
/** By which an element is known in the protocol's JSON. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** A control or a text of the page, wherever in the shadow trees. */
export interface Found {
  click(): Promise<void>;
  /** In place of what stands in a field. */
  fill(text: string): Promise<void>;
}

/** In a folder that is named after the machine's kind. Throws when it is not installed. */
function miniBrowser(): string {
  const path = readdirSync('/usr/lib')
    .map((kind) => `/usr/lib/${kind}/webkit2gtk-4.1/MiniBrowser`)
    .find((path) => existsSync(path));
  if (path === undefined)
    throw new Error('no MiniBrowser of WebKitGTK 4.1: run scripts/setup test');
  return path;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A screen at a number that is free; the X server says which. */
async function openScreen(): Promise<{ screen: ChildProcess; display: string }> {
  const screen = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  );
  const lines = createInterface(screen.stdio[3] as Readable);
  const [number] = (await Promise.race([
    once(lines, 'line'),
    once(screen, 'exit').then(() => Promise.reject(new Error('there is no screen'))),
  ])) as [string];
  return { screen, display: `:${number}` };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill();
  await once(child, 'exit');
}

export class WebKit implements Evaluator {
  #session = '';

  private constructor(
    private readonly screen: ChildProcess,
    private readonly driver: ChildProcess,
    private readonly home: string,
    private readonly address: string,
  ) {}

  static async launch(): Promise<WebKit> {
    const home = mkdtempSync(join(tmpdir(), 'tutti-webkit-'));
    const { screen, display } = await openScreen();
    const port = await freePort();
    const env = {
      ...process.env,
      HOME: home,
      XDG_RUNTIME_DIR: home,
      LANG: 'en_GB.UTF-8',
      LANGUAGE: 'en_GB',
      DISPLAY: display,
      GDK_BACKEND: 'x11',
      // There is no graphics card, and root may not make namespaces where the tests run.
      WEBKIT_DISABLE_COMPOSITING_MODE: '1',
      WEBKIT_DISABLE_DMABUF_RENDERER: '1',
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
      NO_AT_BRIDGE: '1',
    };
    const driver = spawn('WebKitWebDriver', ['-p', String(port)], { env, stdio: 'ignore' });
    const webkit = new WebKit(screen, driver, home, `http://127.0.0.1:${port}`);
    try {
      await webkit.#begin();
    } catch (thrown) {
      await webkit.close();
      throw thrown;
    }
    return webkit;
  }

  async #begin(): Promise<void> {
    await eventually('the driver answers', () =>
      this.#call<{ ready: boolean }>('GET', '/status').then(
        () => true,
        () => false,
      ),
    );
    const options = { binary: miniBrowser(), args: ['--automation'] };
    const { sessionId } = await this.#call<{ sessionId: string }>('POST', '/session', {
      capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': options } },
    });
    this.#session = `/session/${sessionId}`;
    await this.#ask('/timeouts', { script: LIMIT_MS, pageLoad: LIMIT_MS });
  }

  async #call<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(this.address + path, {
      method,
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(2 * LIMIT_MS),
    });
    const { value } = (await response.json()) as { value: T };
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(value)}`);
    return value;
  }

  #ask<T>(path: string, body: object): Promise<T> {
    return this.#call('POST', this.#session + path, body);
  }

  async goto(url: string): Promise<void> {
    await this.#ask('/url', { url });
  }

  async title(): Promise<string> {
    return this.#call('GET', `${this.#session}/title`);
  }

  /** Runs in the page, as with the other drivers: nothing from outside but `argument` is known. */
  async evaluate<A, R>(inPage: (argument: A) => R | Promise<R>, argument: A): Promise<R> {
    // The tests' compiler names functions by a helper of its own.
    const script = `
      const __name = (named) => named;
      const done = arguments[1];
      (async () => (${inPage.toString()})(arguments[0]))()
        .then((value) => done({ value: value ?? null }), (thrown) => done({ thrown: String(thrown) }));`;
    const answer = await this.#ask<{ value: R } | { thrown: string }>('/execute/async', {
      script,
      args: [argument ?? null],
    });
    if ('thrown' in answer) throw new Error(`in the page: ${answer.thrown}`);
    return answer.value;
  }

  /** What is shown of the page, in words. */
  text(): Promise<string> {
    return this.evaluate(() => {
      const texts: string[] = [];
      const look = {
        into(root: ParentNode): void {
          for (const node of root.childNodes) {
            if (node instanceof Text) texts.push(node.data);
            if (!(node instanceof HTMLElement) || node.localName === 'style') continue;
            if (node.checkVisibility()) look.into(node.shadowRoot ?? node);
          }
        },
      };
      look.into(document.body);
      return texts.join(' ').replace(/\s+/g, ' ');
    }, null);
  }

  /** Once the page says so. */
  async says(words: RegExp): Promise<void> {
    let text = '';
    await eventually(
      `the page says ${String(words)}`,
      async () => words.test((text = await this.text())),
      LIMIT_MS,
    ).catch((thrown: unknown) => {
      throw new Error(`${String(thrown)}; it says: ${text}`);
    });
  }

  /**
   * By role and name, as the browser tells them to a screen reader. Waits until it is there and can
   * be used.
   */
  async find(role: string, name: string): Promise<Found> {
    const path = await eventually(`there is the ${role} “${name}”`, () => this.#look(role, name));
    return {
      click: async () => {
        await this.#ask(`${path}/click`, {});
      },
      fill: async (text) => {
        await this.#ask(`${path}/clear`, {});
        await this.#ask(`${path}/value`, { text });
      },
    };
  }

  async #look(role: string, name: string): Promise<string | null> {
    const elements = await this.#ask<Record<string, string>[]>('/execute/sync', {
      script: `
        const elements = [];
        const look = (root) => {
          for (const element of root.querySelectorAll('*')) {
            if (element.shadowRoot) look(element.shadowRoot);
            else if (element.checkVisibility() && !element.disabled) elements.push(element);
          }
        };
        look(document);
        return elements.filter((element) =>
          element.matches('a, button, input, select, h1, h2, h3, [role], [tabindex]'));`,
      args: [],
    });
    for (const element of elements) {
      const path = `/element/${element[ELEMENT]!}`;
      const of = (what: string): Promise<string> =>
        this.#call<string>('GET', `${this.#session}${path}/${what}`).catch(() => '');
      if ((await of('computedlabel')) === name && (await of('computedrole')) === role) return path;
    }
    return null;
  }

  async close(): Promise<void> {
    if (this.#session !== '') {
      await this.#call('DELETE', this.#session).catch(() => undefined);
    }
    await end(this.driver);
    await end(this.screen);
    rmSync(this.home, { recursive: true, force: true });
  }
}
