/** The page's side of the signalling protocol: socket.io, with every answer awaited. */
import { io, type Socket } from 'socket.io-client';
import { TuttiError } from '../errors.js';
import type {
  ClientToServer,
  ErrorCode,
  JoinRequest,
  Joined,
  Member,
  Reply,
  ServerToClient,
  Signal,
} from './protocol.js';

export interface SignallingEvents {
  connected(): void;
  disconnected(): void;
  memberJoined(member: Member): void;
  memberLeft(id: string): void;
  memberRenamed(member: Member): void;
  signal(from: string, signal: Signal): void;
}

/** A server that takes longer to answer is out of reach. */
const ANSWER_MS = 10_000;

const CODES: Partial<Record<ErrorCode, TuttiError['code']>> = {
  'name-invalid': 'name-invalid',
  'room-unknown': 'room-unknown',
  'room-full': 'room-full',
  'rate-limited': 'rate-limited',
};

function unwrap<T>(reply: Reply<T>): T {
  if (reply.ok) return reply;
  const { code, message } = reply.error;
  throw new TuttiError(CODES[code] ?? 'signalling-failed', `${code}: ${message}`);
}

export class SignallingClient {
  private readonly socket: Socket<ServerToClient, ClientToServer>;

  constructor(server: string, events: SignallingEvents) {
    this.socket = io(`${server}/room`, {
      transports: ['websocket'],
      reconnectionDelay: 500,
      reconnectionDelayMax: 4000,
      autoConnect: false,
    });
    this.socket.on('connect', () => {
      events.connected();
    });
    this.socket.on('disconnect', (reason) => {
      events.disconnected();
      // socket.io does not come back by itself after the server hung up.
      if (reason === 'io server disconnect') this.socket.connect();
    });
    this.socket.on('member-joined', (member) => {
      events.memberJoined(member);
    });
    this.socket.on('member-left', (id) => {
      events.memberLeft(id);
    });
    this.socket.on('member-renamed', (member) => {
      events.memberRenamed(member);
    });
    this.socket.on('signal', (from, signal) => {
      events.signal(from, signal);
    });
  }

  /** Resolves at the first connection; goes on trying in the background when it rejects. */
  async connect(): Promise<void> {
    this.socket.connect();
    await new Promise<void>((resolve, reject) => {
      const settle = (end: () => void): void => {
        clearTimeout(late);
        this.socket.off('connect', good);
        this.socket.off('connect_error', bad);
        end();
      };
      const good = (): void => {
        settle(resolve);
      };
      const bad = (thrown: Error): void => {
        settle(() => {
          reject(new TuttiError('server-unreachable', thrown.message));
        });
      };
      const late = setTimeout(() => {
        bad(new Error('no answer'));
      }, ANSWER_MS);
      this.socket.on('connect', good);
      this.socket.on('connect_error', bad);
    });
  }

  join(request: JoinRequest): Promise<Joined> {
    return this.ask(() => this.socket.timeout(ANSWER_MS).emitWithAck('join', request));
  }
  async rename(name: string): Promise<void> {
    await this.ask(() => this.socket.timeout(ANSWER_MS).emitWithAck('rename', name));
  }
  async signal(to: string, signal: Signal): Promise<void> {
    await this.ask(() => this.socket.timeout(ANSWER_MS).emitWithAck('signal', to, signal));
  }
  async leave(): Promise<void> {
    if (this.socket.connected) {
      await this.ask(() => this.socket.timeout(ANSWER_MS).emitWithAck('leave'));
    }
    this.close();
  }
  close(): void {
    this.socket.disconnect();
  }

  private async ask<T>(send: () => Promise<Reply<T>>): Promise<T> {
    // Not queued while out of reach: what is asked then is out of date later.
    if (!this.socket.connected) throw new TuttiError('server-unreachable');
    let reply: Reply<T>;
    try {
      reply = await send();
    } catch {
      throw new TuttiError('server-unreachable', 'no answer');
    }
    return unwrap(reply);
  }
}
