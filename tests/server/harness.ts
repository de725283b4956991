/**
 * A real server on a port of its own with a clock that only moves when told, and real clients.
 *
 * Nothing here sleeps. To see that something did NOT happen, ask the server something on the same
 * connection: answers and events arrive in the order in which they were sent.
 */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { io, type Socket } from 'socket.io-client';
import { WebSocket } from 'ws';
import type {
  ClientToServer,
  ErrorCode,
  Joined,
  JoinRequest,
  Reply,
  RoomCreated,
  ServerToClient,
  Signal,
} from 'tutti/protocol';
import type { Clock } from '../../web/server/src/clock.js';
import { readConfig, type Variable } from '../../web/server/src/config.js';
import { createServer, type TuttiServer } from '../../web/server/src/server.js';

export type Environment = Partial<Record<Variable, string>>;

/** What a Vite build of web/app looks like. */
export function builtPages(): string {
  const directory = mkdtempSync(join(tmpdir(), 'tutti-pages-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  mkdirSync(join(directory, 'assets'));
  const files = {
    'index.html': '<!doctype html><title>lobby</title>',
    'room.html': '<!doctype html><title>room</title>',
    'bench.html': '<!doctype html><title>bench</title>',
    'favicon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'assets/room-B2x9.js': 'export {};',
    'assets/engine-C3y8.wasm': '\0asm',
    'assets/large-D4z7.wasm': `\0asm${'x'.repeat(10_000)}`,
  };
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(directory, name), content);
  return directory;
}

const pagesDir = builtPages();

export class TestClock implements Clock {
  #now = Date.UTC(2026, 0, 1);
  readonly #timers = new Set<{ due: number; action: () => void }>();

  now(): number {
    return this.#now;
  }

  after(delayMs: number, action: () => void): () => void {
    const timer = { due: this.#now + delayMs, action };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /** How many actions are still to happen. */
  get pending(): number {
    return this.#timers.size;
  }

  advance(ms: number): void {
    const until = this.#now + ms;
    for (;;) {
      const [next] = [...this.#timers].filter((t) => t.due <= until).sort((a, b) => a.due - b.due);
      if (next === undefined) break;
      this.#timers.delete(next);
      this.#now = next.due;
      next.action();
    }
    this.#now = until;
  }
}

/**
 * Wakes whoever waits whenever something has happened. Only a test that fails ever sees the time
 * limit; it says what was missing instead of hanging.
 */
class Changes {
  readonly #waiting = new Set<() => void>();

  happened(): void {
    for (const look of this.#waiting) look();
  }

  until(what: string, met: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = (settle: () => void): void => {
        clearTimeout(limit);
        this.#waiting.delete(look);
        settle();
      };
      const limit = setTimeout(() => done(() => reject(new Error(`never: ${what}`))), 20_000);
      const look = (): void => {
        if (met()) done(resolve);
      };
      this.#waiting.add(look);
      look();
    });
  }
}

interface LogLine {
  level: string;
  msg: string;
  [key: string]: unknown;
}

/** The server's log, to wait for what happens inside it. */
export class TestLog {
  readonly lines: LogLine[] = [];
  readonly #changes = new Changes();
  readonly logger = pino(
    { level: 'trace', base: null, formatters: { level: (level) => ({ level }) } },
    {
      write: (line: string) => {
        this.lines.push(JSON.parse(line) as LogLine);
        this.#changes.happened();
      },
    },
  );

  /** Until there are `count` lines that say `msg`. */
  async until(msg: string, count = 1): Promise<LogLine[]> {
    const found = (): LogLine[] => this.lines.filter((line) => line.msg.startsWith(msg));
    await this.#changes.until(`the log line "${msg}"`, () => found().length >= count);
    return found();
  }
}

export interface Running {
  server: TuttiServer;
  url: string;
  clock: TestClock;
  log: TestLog;
  newRoom(): Promise<RoomCreated>;
  client(options?: { origin?: string; headers?: Record<string, string> }): Client;
  member(room: string, name: string): Promise<{ client: Client; joined: Joined }>;
}

interface Cleanup {
  after(action: () => Promise<void>): void;
}

/** Ends with the test `t`. */
export async function start(
  t: Cleanup,
  environment: Environment = {},
  reuse: { port?: string } = {},
): Promise<Running> {
  const clock = new TestClock();
  const log = new TestLog();
  const config = readConfig({ PORT: reuse.port ?? '0', PAGES_DIR: pagesDir, ...environment });
  const server = createServer(config, { clock, log: log.logger });
  const url = await server.listen();
  const clients: Client[] = [];
  t.after(async () => {
    for (const client of clients) client.socket.disconnect();
    await server.close();
  });

  const running: Running = {
    server,
    url,
    clock,
    log,
    async newRoom() {
      const response = await fetch(`${url}/api/rooms`, { method: 'POST' });
      assert.equal(response.status, 201);
      return (await response.json()) as RoomCreated;
    },
    client(options = {}) {
      const client = new Client(url, options);
      clients.push(client);
      return client;
    },
    async member(room, name) {
      const client = running.client();
      return { client, joined: await client.join({ room, name }) };
    },
  };
  return running;
}

type Heard = {
  [Event in keyof ServerToClient]: [Event, ...Parameters<ServerToClient[Event]>];
}[keyof ServerToClient];

/** One page's connection. Notes all that it hears. */
export class Client {
  readonly socket: Socket<ServerToClient, ClientToServer>;
  /** Every event from the server, in order. */
  readonly heard: Heard[] = [];
  readonly #changes = new Changes();
  #disconnected: string | null = null;

  constructor(url: string, { origin, headers = {} }: { origin?: string; headers?: object } = {}) {
    this.socket = io(`${url}/room`, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      extraHeaders: { ...(origin === undefined ? {} : { origin }), ...headers },
    });
    this.socket.onAny((...event: unknown[]) => {
      this.heard.push(event as Heard);
      this.#changes.happened();
    });
    this.socket.on('disconnect', (reason) => {
      this.#disconnected = reason;
      this.#changes.happened();
    });
  }

  /** Whether the server let us in. */
  connected(): Promise<boolean> {
    return new Promise((resolve) => {
      if (this.socket.connected) return resolve(true);
      this.socket.once('connect', () => resolve(true));
      this.socket.once('connect_error', () => resolve(false));
    });
  }

  /** Any event with any arguments, as a hostile page might send it. */
  ask(event: string, ...args: unknown[]): Promise<Reply<Record<string, unknown>>> {
    const untyped = this.socket as unknown as Socket;
    return untyped.timeout(20_000).emitWithAck(event, ...args) as Promise<
      Reply<Record<string, unknown>>
    >;
  }

  /** Without asking for an answer. */
  tell(event: string, ...args: unknown[]): void {
    (this.socket as unknown as Socket).emit(event, ...args);
  }

  async join(request: JoinRequest): Promise<Joined> {
    const reply = (await this.ask('join', request)) as Reply<Joined>;
    assert.ok(reply.ok, `join refused: ${JSON.stringify(reply)}`);
    return reply;
  }

  signal(to: string, signal: Signal): Promise<Reply> {
    return this.ask('signal', to, signal);
  }

  /** Comes back when the server has answered: all that it sent before has been heard. */
  async settled(): Promise<void> {
    await this.ask('settled?');
  }

  /** The next thing heard, taken off the list. */
  async next(): Promise<Heard> {
    await this.#changes.until('another event', () => this.heard.length > 0);
    return this.heard.shift()!;
  }

  /** Why the connection ended. */
  async disconnected(): Promise<string> {
    await this.#changes.until('a disconnection', () => this.#disconnected !== null);
    return this.#disconnected!;
  }

  /** The network fails: the connection ends without a farewell of the page. */
  breakDown(): void {
    this.socket.io.engine.close();
  }
}

export function refusedWith(code: ErrorCode, reply: Reply<Record<string, unknown>>): void {
  assert.equal(reply.ok, false, `expected ${code}, got ${JSON.stringify(reply)}`);
  assert.equal(reply.error.code, code);
  assert.ok(reply.error.message.length > 0);
}

export const OFFER: Signal = { type: 'offer', sdp: 'v=0\r\n' };

export function candidate(n: number): Signal {
  return { type: 'candidate', candidate: `candidate:${n} 1 udp`, sdpMid: '0', sdpMLineIndex: 0 };
}

/** A WebSocket without a library that would keep it from sending nonsense. */
export async function rawSocket(running: Running): Promise<WebSocket> {
  const url = `${running.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
  const socket = new WebSocket(url);
  socket.on('error', () => {});
  await new Promise((resolve) => socket.once('message', resolve));
  return socket;
}

/** In the namespace; answers the function that waits for the next message but pings. */
export async function enter(socket: WebSocket): Promise<() => Promise<string>> {
  const received: string[] = [];
  const changes = new Changes();
  socket.on('message', (data: Buffer) => {
    if (data.toString() === '2') return socket.send('3');
    received.push(data.toString());
    changes.happened();
  });
  const next = async (): Promise<string> => {
    await changes.until('another frame', () => received.length > 0);
    return received.shift()!;
  };
  socket.send('40/room,');
  assert.match(await next(), /^40\/room,/);
  return next;
}

export function closed(socket: WebSocket): Promise<void> {
  const changes = new Changes();
  socket.once('close', () => changes.happened());
  return changes.until('the end of a WebSocket', () => socket.readyState === WebSocket.CLOSED);
}
