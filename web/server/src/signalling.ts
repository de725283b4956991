import type { Server as HttpServer } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { Logger } from 'pino';
import { Server, type Socket } from 'socket.io';
import { LIMITS, type ClientToServer, type Reply, type ServerToClient } from 'tutti/protocol';
import type { Clock } from './clock.js';
import type { Config } from './config.js';
import { goingAway } from './going-away.js';
import { Allowance, OpenConnections, TRANSPORT_BYTES } from './limits.js';
import { REQUESTS } from './messages.js';
import type { Origins } from './origins.js';
import type { ResumeTokens } from './resume.js';
import type { Link, Seat } from './room.js';
import type { Rooms } from './rooms.js';
import { refusal, Session } from './session.js';

export interface SignallingOptions {
  config: Config;
  clock: Clock;
  log: Logger;
  origins: Origins;
  rooms: Rooms;
  tokens: ResumeTokens;
}

export interface Signalling {
  /** Tells every page that the server goes down, then ends the connections. */
  close(): Promise<void>;
}

/** A WebSocket, below the namespaces. */
type Connection = Socket['conn'];
type Answer = (answer: Reply) => void;

/** Everything between the network and `Session`: sockets, limits, the form of messages. */
export function startSignalling(
  httpServer: HttpServer | HttpsServer,
  options: SignallingOptions,
): Signalling {
  const { config, clock, log, origins } = options;
  const connections = new OpenConnections(config.socketsPerAddress);
  // By the connection, not by the socket: one connection may enter and leave the namespace at will.
  const allowances = new WeakMap<Connection, Allowance>();
  let closing = false;

  const io = new Server<ClientToServer, ServerToClient>(httpServer, {
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: TRANSPORT_BYTES,
    // A broken connection should be noticed well before the musicians give up.
    pingInterval: 10_000,
    pingTimeout: 10_000,
    connectTimeout: 10_000,
    allowRequest(request, decide) {
      if (closing) return decide('The server is going down.', false);
      if (!origins.accepts(request)) {
        log.warn(
          { origin: request.headers.origin, expected: origins.own(request) },
          'Refused a connection from a page of another site. If it is one of yours, set PUBLIC_URL (or TRUST_PROXY, behind a proxy) or add it to ALLOWED_ORIGINS.',
        );
        return decide('This origin is not allowed.', false);
      }
      const address = origins.address(request);
      if (!connections.admits(address)) {
        log.warn({ address }, 'Refused a connection: too many from this address.');
        return decide('Too many connections from this address.', false);
      }
      decide(null, true);
    },
  });

  io.engine.on('connection', (connection: Connection) => {
    const allowance = new Allowance(clock);
    allowances.set(connection, allowance);
    const address = origins.address(connection.request);
    connections.opened(address);
    connection.on('close', () => {
      connections.closed(address);
      log.debug('connection closed');
    });
    connection.on('packet', () => {
      if (allowance.packets.take()) return;
      log.warn({ address }, 'Cut off a connection that floods.');
      connection.close(true);
    });
  });

  // The library always has a namespace "/"; nothing lives there.
  io.use((_socket, next) => next(new Error('The namespace is /room.')));

  const namespace = io.of('/room');
  namespace.on('connection', (socket) => {
    const allowance = allowances.get(socket.conn) ?? new Allowance(clock);
    const link: Link = {
      send: (event, ...payload) => void socket.emit(event, ...payload),
      replaced: () => {
        session.replaced();
        socket.disconnect(true);
      },
    };
    const session = new Session({ ...options, ice: config.ice }, link);
    const wentAway = goingAway(socket.conn);

    socket.onAny((event: unknown, ...args: unknown[]) => {
      // Without an acknowledgement nobody waits for the answer.
      const last = args.at(-1);
      const reply: Answer = typeof last === 'function' ? (args.pop(), last as Answer) : () => {};
      // The library still hands out messages that came right behind a farewell; a member that
      // joined then would never leave.
      if (!socket.connected) return;
      try {
        handle(session, allowance, event, args, (answer) => {
          if (!answer.ok) log.debug({ event, code: answer.error.code }, 'refused');
          reply(answer);
        });
      } catch (error) {
        log.error({ err: error }, 'A message could not be handled.');
        reply(refusal('message-invalid'));
      }
    });

    // Reached by what cannot be parsed. Without a listener the library prints to the console.
    socket.on('error', () => log.debug('A connection sent something that is not socket.io.'));

    socket.on('disconnect', (reason) => {
      if (session.seat !== null) log.info({ ...inLog(session.seat), reason }, 'disconnected');
      // Only these are decisions of the page or its browser; all others may be the network's.
      if (reason === 'client namespace disconnect') session.leave();
      else session.lose(wentAway() ? 'gone' : 'broken');
    });
  });

  function handle(
    session: Session,
    allowance: Allowance,
    event: unknown,
    args: unknown[],
    reply: Answer,
  ): void {
    switch (event) {
      case 'join': {
        if (!allowance.join.take()) return reply(refusal('rate-limited'));
        const request = REQUESTS.join.safeParse(args);
        if (!request.success) return reply(refusal('message-invalid'));
        return session.join(request.data[0], (answer) => {
          reply(answer);
          if (session.seat !== null && answer.ok) {
            log.info({ ...inLog(session.seat), resumed: answer.resumed }, 'joined');
          }
        });
      }
      case 'leave': {
        if (!REQUESTS.leave.safeParse(args).success) return reply(refusal('message-invalid'));
        return reply(session.leave());
      }
      case 'rename': {
        if (!allowance.rename.take()) return reply(refusal('rate-limited'));
        const request = REQUESTS.rename.safeParse(args);
        if (!request.success) return reply(refusal('message-invalid'));
        return reply(session.rename(request.data[0]));
      }
      case 'signal': {
        if (!allowance.signal.take()) return reply(refusal('rate-limited'));
        const request = REQUESTS.signal.safeParse(args);
        if (!request.success) return reply(refusal('message-invalid'));
        // What the others will have to receive, whatever way it was written down here.
        const bytes = Buffer.byteLength(JSON.stringify(request.data));
        if (bytes > LIMITS.messageBytes) return reply(refusal('message-invalid'));
        if (!allowance.signalBytes.take(bytes)) return reply(refusal('rate-limited'));
        return reply(session.signal(...request.data));
      }
      default:
        return reply(refusal('message-invalid'));
    }
  }

  return {
    async close() {
      closing = true;
      namespace.emit('closing');
      // First each connection for itself, which lets it send what it has to; then all that are left.
      const gone = [...namespace.sockets.values()].map(
        (socket) =>
          new Promise<void>((resolve) => {
            socket.conn.once('close', () => resolve());
            socket.conn.close();
          }),
      );
      let timer;
      const deadline = new Promise<void>((resolve) => (timer = setTimeout(resolve, 1000)));
      await Promise.race([Promise.all(gone), deadline]);
      clearTimeout(timer);
      await io.close();
    },
  };
}

/** Enough to follow a member through the log. The whole room id is the key to the room. */
function inLog(seat: Seat): { room: string; member: string } {
  return { room: seat.room.id.slice(0, 6), member: seat.id };
}
