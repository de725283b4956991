import { json, Router, type Request, type RequestHandler, type Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import { LIMITS, type EchoAnswer, type RoomCreated } from 'tutti/protocol';
import type { Config } from './config.js';
import { readEchoOffer } from './echo-offer.js';
import type { Echoes } from './echo.js';
import type { Origins } from './origins.js';
import type { Rooms } from './rooms.js';

/** Error codes of the HTTP interface; the signalling has its own. */
type ApiErrorCode =
  | 'room-unknown'
  | 'rooms-exhausted'
  | 'rate-limited'
  | 'echo-unavailable'
  | 'echoes-exhausted'
  | 'origin-refused'
  | 'request-invalid'
  | 'not-found'
  | 'internal';

export function sendError(
  response: Response,
  status: number,
  code: ApiErrorCode,
  message: string,
): void {
  response.status(status).json({ error: { code, message } });
}

/** Below /api: the only request with a body. */
export const ECHO_PATH = '/echo';

/** Looking up a pasted link: far more than anybody types, far less than a flood. */
const LOOKUPS_PER_MINUTE = 600;

/** `/api`: making rooms and asking after them, hearing oneself. */
export function api(config: Config, rooms: Rooms, echoes: Echoes, origins: Origins): Router {
  const perMinute = (limit: number): RequestHandler =>
    rateLimit({
      windowMs: 60_000,
      limit,
      standardHeaders: 'draft-7',
      legacyHeaders: false,
      keyGenerator: (request) => origins.address(request),
      handler: (_request, response) =>
        sendError(response, 429, 'rate-limited', 'Too many requests; wait a minute.'),
    });

  const router = Router();
  router.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  router.use(crossOrigin(origins));

  router.post('/rooms', perMinute(config.roomsPerMinute), (request, response) => {
    const origin = origins.public(request);
    if (origin === null) {
      return sendError(response, 400, 'request-invalid', 'The Host header cannot be read.');
    }
    const room = rooms.create();
    if (room === null) {
      response.set('Retry-After', '60');
      return sendError(
        response,
        503,
        'rooms-exhausted',
        'The server has no place for another room; try again later.',
      );
    }
    const created: RoomCreated = { id: room.id, url: `${origin}/r/${room.id}` };
    response.status(201).location(created.url).json(created);
  });

  router.get(
    '/rooms/:id',
    perMinute(LOOKUPS_PER_MINUTE),
    (request: Request<{ id: string }>, response) => {
      const room = rooms.find(request.params.id);
      if (room === undefined) {
        return sendError(response, 404, 'room-unknown', 'There is no such room, or no longer.');
      }
      response.json({ id: room.id, members: room.size, full: room.full });
    },
  );

  router.post(
    ECHO_PATH,
    perMinute(config.roomsPerMinute),
    json({ limit: LIMITS.echoBytes }),
    async (request, response) => {
      const offer = readEchoOffer(request.body);
      const reply =
        offer === null
          ? ({ kind: 'invalid' } as const)
          : await echoes.answer(offer, origins.address(request));
      switch (reply.kind) {
        case 'answer':
          response.json({ sdp: reply.sdp } satisfies EchoAnswer);
          break;
        case 'invalid':
          sendError(response, 400, 'request-invalid', 'This offer cannot be answered.');
          break;
        case 'unavailable':
          sendError(
            response,
            501,
            'echo-unavailable',
            'This server sends nobody their sound back.',
          );
          break;
        case 'too-many':
          response.set('Retry-After', String(LIMITS.echoSeconds));
          sendError(response, 503, 'echoes-exhausted', 'Too many hear themselves just now.');
          break;
      }
    },
  );

  router.use((_request, response) =>
    sendError(response, 404, 'not-found', 'There is nothing at this address.'),
  );
  return router;
}

/** Only our own pages and those of ALLOWED_ORIGINS, which are other sites that embed rooms. */
function crossOrigin(origins: Origins): RequestHandler {
  return (request, response, next) => {
    const { origin } = request.headers;
    if (!origins.accepts(request)) {
      return sendError(response, 403, 'origin-refused', 'Pages of this site may not ask here.');
    }
    if (origin !== undefined && origins.isAllowed(origin)) {
      response.set('Access-Control-Allow-Origin', origin);
      if (request.method === 'OPTIONS') {
        response.set('Access-Control-Allow-Methods', 'GET, POST');
        response.set('Access-Control-Allow-Headers', 'Content-Type');
        return response.sendStatus(204);
      }
    }
    response.vary('Origin');
    next();
  };
}
