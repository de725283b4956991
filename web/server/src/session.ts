import type { Joined, JoinRequest, Reply, Signal, ErrorCode } from 'tutti/protocol';
import type { Clock } from './clock.js';
import { iceServers, type IceConfig } from './ice.js';
import { cleanName } from './messages.js';
import type { ResumeTokens } from './resume.js';
import type { Link, Seat } from './room.js';
import type { Loss, Rooms } from './rooms.js';

export interface SessionOptions {
  rooms: Rooms;
  tokens: ResumeTokens;
  ice: IceConfig;
  clock: Clock;
}

const WORDS: Record<ErrorCode, string> = {
  'message-invalid': 'This message is not of the form that the protocol describes, or too large.',
  'name-invalid': 'This name is empty, too long, or has characters that cannot be shown.',
  'room-unknown': 'There is no such room, or no longer.',
  'room-full': 'This room is full.',
  'not-in-room': 'Join a room first.',
  'peer-unknown': 'There is no such member in this room.',
  'rate-limited': 'Too many messages; wait a moment.',
};

export function refusal(
  code: ErrorCode,
  message = WORDS[code],
): { ok: false; error: { code: ErrorCode; message: string } } {
  return { ok: false, error: { code, message } };
}

const DONE = { ok: true } as const;

/** One connection's requests, already well-formed, turned into what happens in the rooms. */
export class Session {
  readonly #options: SessionOptions;
  readonly #link: Link;
  #seat: Seat | null = null;

  constructor(options: SessionOptions, link: Link) {
    this.#options = options;
    this.#link = link;
  }

  get seat(): Seat | null {
    return this.#seat;
  }

  /** Answers through `reply` before anything else can reach the member over its link. */
  join(request: JoinRequest, reply: (answer: Reply<Joined>) => void): void {
    const { rooms, tokens, ice, clock } = this.#options;
    const name = cleanName(request.name);
    if (name === null) return reply(refusal('name-invalid'));
    const admission = rooms.admit({ ...request, name });
    if (!admission.ok) {
      return reply(
        admission.why === 'rooms-exhausted'
          ? refusal('rate-limited', 'The server has no place for another room; try again later.')
          : refusal(admission.why),
      );
    }
    const { seat, resumed } = admission;
    // One connection is one musician: who enters another room has left the first.
    if (this.#seat !== seat) this.leave();
    this.#seat = seat;
    reply({
      ok: true,
      id: seat.id,
      members: seat.room.others(seat),
      resumed,
      resume: tokens.issue(seat.room.id, seat.id),
      iceServers: iceServers(ice, seat.id, clock.now()),
    });
    seat.attach(this.#link);
  }

  leave(): Reply {
    const seat = this.#seat;
    if (seat === null) return refusal('not-in-room');
    this.#seat = null;
    seat.room.remove(seat, 'left');
    return DONE;
  }

  signal(to: string, signal: Signal): Reply {
    if (this.#seat === null) return refusal('not-in-room');
    const relayed = this.#seat.room.relay(this.#seat, to, signal);
    if (relayed === 'peer-unknown') return refusal('peer-unknown');
    if (relayed === 'peer-busy') {
      return refusal('rate-limited', 'This member is reconnecting and too much is waiting for it.');
    }
    return DONE;
  }

  rename(wanted: string): Reply {
    if (this.#seat === null) return refusal('not-in-room');
    const name = cleanName(wanted);
    if (name === null) return refusal('name-invalid');
    this.#seat.room.rename(this.#seat, name);
    return DONE;
  }

  /** The connection ended without a farewell. */
  lose(why: Loss): void {
    if (this.#seat !== null) this.#options.rooms.lose(this.#seat, this.#link, why);
    this.#seat = null;
  }

  /** The member came back over another connection: this one no longer speaks for it. */
  replaced(): void {
    this.#seat = null;
  }
}
