import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import type { Logger } from 'pino';
import { api, ECHO_PATH, sendError } from './api.js';
import type { Config } from './config.js';
import type { Echoes } from './echo.js';
import { headers } from './headers.js';
import type { Origins } from './origins.js';
import { pageNotFound, pages } from './pages.js';
import type { Rooms } from './rooms.js';

/** What is reached over HTTP: health, the interface for making rooms, the pages. */
export function createApp(options: {
  config: Config;
  rooms: Rooms;
  echoes: Echoes;
  origins: Origins;
  log: Logger;
}): Express {
  const { config, rooms, echoes, origins, log } = options;
  const app = express();
  app.disable('x-powered-by');
  app.use(headers(config, origins));
  app.use(refuseBodies);

  app.get('/healthz', (_request, response) => {
    response.set('Cache-Control', 'no-store');
    response.json({ status: 'ok', rooms: rooms.size, members: rooms.members });
  });
  app.use('/api', api(config, rooms, echoes, origins));
  app.use(pages(config.pagesDir));
  app.use((_request, response) => pageNotFound(response));
  app.use(errors(log));
  return app;
}

/**
 * No other request of ours has a body worth reading; `{}` from a diligent client may pass, unread.
 */
const refuseBodies: RequestHandler = (request, response, next) => {
  if (request.method === 'POST' && request.path === `/api${ECHO_PATH}`) return next();
  const length = Number(request.headers['content-length'] ?? 0);
  if (length <= 1024 && request.headers['transfer-encoding'] === undefined) return next();
  response.set('Connection', 'close');
  sendError(response, 413, 'request-invalid', 'No request here needs a body.');
};

function errors(log: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    // Express's own errors (a path that cannot be decoded) know their status.
    const status = (error as { status?: unknown } | null)?.status;
    const expected = typeof status === 'number' && status >= 400 && status < 500;
    if (!expected) log.error({ err: error }, 'A request could not be answered.');
    if (response.headersSent) return next(error);
    if (request.path.startsWith('/api/')) {
      sendError(
        response,
        expected ? status : 500,
        expected ? 'request-invalid' : 'internal',
        expected ? 'This request cannot be read.' : 'Something went wrong here.',
      );
    } else if (expected) {
      pageNotFound(response);
    } else {
      response.status(500).type('text').send('Something went wrong here.\n');
    }
  };
}
