/** What people paste to join a room, and the addresses of rooms. */
import { ROOM_ID } from 'tutti/protocol';

export type PastedLink =
  | { kind: 'room'; id: string }
  /** A room of another Tutti server. */
  | { kind: 'elsewhere'; host: string; url: string }
  | { kind: 'empty' }
  | { kind: 'unclear' };

/** An address with a room in it, anywhere in a text: people paste whole messages. */
const ADDRESS = /(?:(https?):\/\/)?([\w.-]+(?::\d+)?|\[[\da-f:]+\](?::\d+)?)?\/r\/([\w-]+)/i;

/** `host` is the page's own, as in `location.host`. */
export function readLink(pasted: string, host: string): PastedLink {
  const text = pasted.trim();
  if (text === '') return { kind: 'empty' };
  if (ROOM_ID.test(text)) return { kind: 'room', id: text };
  const match = ADDRESS.exec(text);
  const id = match?.[3];
  if (!match || !id || !ROOM_ID.test(id)) return { kind: 'unclear' };
  const there = match[2]?.toLowerCase();
  if (!there || there === host.toLowerCase()) return { kind: 'room', id };
  const scheme = match[1]?.toLowerCase() ?? 'https';
  return { kind: 'elsewhere', host: there, url: `${scheme}://${there}/r/${id}` };
}

/** The room of a page's own path, or null when it cannot be one. */
export function roomOfPath(path: string): string | null {
  const id = /^\/r\/([^/]+)\/?$/.exec(path)?.[1];
  return id !== undefined && ROOM_ID.test(id) ? id : null;
}

export function roomPath(id: string): string {
  return `/r/${id}`;
}
