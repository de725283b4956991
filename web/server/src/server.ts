import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Logger } from 'pino';
import { createApp } from './app.js';
import { systemClock, type Clock } from './clock.js';
import type { Config } from './config.js';
import { Echoes } from './echo.js';
import { listen, type Listening } from './listen.js';
import { createLogger } from './logging.js';
import { Origins } from './origins.js';
import { ResumeTokens } from './resume.js';
import { Rooms } from './rooms.js';
import { startSignalling } from './signalling.js';

export interface TuttiServer {
  /** Answers `url` when connections are accepted. */
  listen(): Promise<string>;
  /** `closing` to every page, then the end of all connections; within a few seconds. */
  close(): Promise<void>;
  /** `http://localhost:PORT`, with the real port once it listens. */
  readonly url: string;
}

/** The whole server, wired; `readConfig` makes the configuration. */
export function createServer(
  config: Config,
  {
    clock = systemClock,
    log = createLogger(config.logLevel),
  }: { clock?: Clock; log?: Logger } = {},
): TuttiServer {
  const origins = new Origins(config);
  const tokens = new ResumeTokens(config.roomSecret);
  const rooms = new Rooms({
    clock,
    tokens,
    graceMs: config.graceMs,
    ttlMs: config.roomTtlMs,
    maxRooms: config.maxRooms,
  });

  const echoes = new Echoes({ config, clock, log });

  const app = createApp({ config, rooms, echoes, origins, log });
  const httpServer =
    config.tls === null ? createHttpServer(app) : createHttpsServer(config.tls, app);
  // Nothing that we accept takes a browser longer than this to send.
  httpServer.headersTimeout = 10_000;
  httpServer.requestTimeout = 15_000;

  const signalling = startSignalling(httpServer, { config, clock, log, origins, rooms, tokens });

  let listening: Listening | null = null;

  const scheme = config.tls === null ? 'http' : 'https';
  const url = (): string => `${scheme}://localhost:${listening?.port ?? config.port}`;

  return {
    get url() {
      return url();
    },
    async listen() {
      listening = await listen(httpServer, config.port, config.host);
      return url();
    },
    async close() {
      listening?.stop();
      const accepting = new Promise((resolve) => httpServer.close(resolve));
      await signalling.close();
      echoes.close();
      rooms.dispose();
      // Downloads that are still under way get a moment; connections kept alive do not.
      httpServer.closeIdleConnections();
      const timer = setTimeout(() => httpServer.closeAllConnections(), 1000);
      await accepting;
      clearTimeout(timer);
    },
  };
}
