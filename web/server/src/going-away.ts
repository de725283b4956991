import type { IncomingMessage } from 'node:http';
import type { Socket } from 'socket.io';

/** "Going away": the browser has closed the page, or left it for another (RFC 6455, 7.4.1). */
const GOING_AWAY = 1001;

interface Closing {
  prependOnceListener(event: 'close', listener: (code: number) => void): void;
}

/**
 * Whether a connection ended because its page went away, to be asked when it has ended. A page says
 * farewell if it can; a tab that the browser tears down has no time for that, but its WebSocket
 * tells.
 */
export function goingAway(connection: Socket['conn']): () => boolean {
  // engine.io leaves its WebSocket there, and does not hand on its code otherwise.
  const { websocket } = connection.request as IncomingMessage & { websocket?: Closing };
  let code = 0;
  // Before engine.io itself hears of it.
  websocket?.prependOnceListener('close', (closed) => (code = closed));
  return () => code === GOING_AWAY;
}
