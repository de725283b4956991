/** The server's few plain requests about rooms. */
import type { ErrorCode } from 'tutti';
import type { RoomCreated } from 'tutti/protocol';

export class RoomsError extends Error {
  readonly code: ErrorCode;
  readonly detail = '';
  constructor(code: ErrorCode) {
    super(code);
    this.code = code;
  }
}

async function ask(path: string, method: 'GET' | 'POST'): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      cache: 'no-store',
      signal: AbortSignal.timeout(10_000),
    });
  } catch {
    throw new RoomsError('server-unreachable');
  }
  if (response.ok) return response;
  if (response.status === 404) throw new RoomsError('room-unknown');
  throw new RoomsError(response.status === 429 ? 'rate-limited' : 'server-unreachable');
}

export async function createRoom(): Promise<RoomCreated> {
  const response = await ask('/api/rooms', 'POST');
  return (await response.json()) as RoomCreated;
}

/** Resolves when the room exists; else rejects with a RoomsError. */
export async function findRoom(id: string): Promise<void> {
  await ask(`/api/rooms/${encodeURIComponent(id)}`, 'GET');
}
