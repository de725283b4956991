import { randomBytes } from 'node:crypto';
import { ROOM_ID, type JoinRequest } from 'tutti/protocol';
import type { Clock } from './clock.js';
import type { ResumeTokens } from './resume.js';
import { Room, type Link, type Seat } from './room.js';

export interface RoomsOptions {
  clock: Clock;
  tokens: ResumeTokens;
  /** How long a member whose connection broke is kept. */
  graceMs: number;
  /** How long a room without members is kept. */
  ttlMs: number;
  maxRooms: number;
}

/** How a connection ended: its page went away, or it broke. */
export type Loss = 'gone' | 'broken';

/** A proxy between us that goes away says the same; then the page is back by now. */
const GONE_GRACE_MS = 3000;

export type Admission =
  | { ok: true; seat: Seat; resumed: boolean }
  | { ok: false; why: 'room-unknown' | 'room-full' | 'rooms-exhausted' };

/** All rooms: made, entered, expired. */
export class Rooms {
  readonly #options: RoomsOptions;
  readonly #rooms = new Map<string, Room>();
  /** Rooms without members: calls off their expiry. */
  readonly #expiries = new Map<Room, () => void>();

  constructor(options: RoomsOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#rooms.size;
  }

  get members(): number {
    let sum = 0;
    for (const room of this.#rooms.values()) sum += room.size;
    return sum;
  }

  find(id: string): Room | undefined {
    return this.#rooms.get(id);
  }

  /** A new room under an id that nobody can guess, or null when there are too many rooms. */
  create(): Room | null {
    return this.#open(randomBytes(16).toString('base64url'));
  }

  /**
   * Gives a place in a room: the old one if `resume` proves it, otherwise a new one. The caller then
   * answers the member and calls `seat.attach`, so that the answer comes before any signal.
   */
  admit({ room: id, name, resume }: JoinRequest): Admission {
    const proof = resume === undefined ? null : this.#options.tokens.verify(id, resume);
    let room = this.#rooms.get(id);
    if (room === undefined) {
      // Only who was in it may bring a room back; otherwise a room could be had under any id.
      if (proof === null || !ROOM_ID.test(id)) return { ok: false, why: 'room-unknown' };
      room = this.#open(id) ?? undefined;
      if (room === undefined) return { ok: false, why: 'rooms-exhausted' };
    }

    const old = proof === null ? undefined : room.seat(proof.member);
    if (old !== undefined) {
      room.rename(old, name);
      return { ok: true, seat: old, resumed: true };
    }
    if (room.full) return { ok: false, why: 'room-full' };

    // After a restart of the server a member keeps its id: the peers it plays with still know it.
    // Within one run, a member without a seat was reported gone, and enters as somebody new.
    const returning = proof !== null && proof.earlierProcess;
    const seat = room.add(returning ? proof.member : randomBytes(12).toString('base64url'), name);
    this.#keep(room);
    return { ok: true, seat, resumed: returning };
  }

  /** The connection ended; the member may still come back. */
  lose(seat: Seat, link: Link, why: Loss): void {
    const { clock, graceMs } = this.#options;
    seat.detach(link, clock, why === 'gone' ? Math.min(GONE_GRACE_MS, graceMs) : graceMs);
  }

  dispose(): void {
    for (const callOff of this.#expiries.values()) callOff();
    for (const room of this.#rooms.values()) room.dispose();
    this.#expiries.clear();
    this.#rooms.clear();
  }

  #open(id: string): Room | null {
    if (this.#rooms.size >= this.#options.maxRooms) return null;
    const room = new Room(id, (empty) => this.#expireLater(empty));
    this.#rooms.set(id, room);
    this.#expireLater(room);
    return room;
  }

  #expireLater(room: Room): void {
    this.#keep(room);
    const callOff = this.#options.clock.after(this.#options.ttlMs, () => {
      this.#expiries.delete(room);
      this.#rooms.delete(room.id);
    });
    this.#expiries.set(room, callOff);
  }

  #keep(room: Room): void {
    this.#expiries.get(room)?.();
    this.#expiries.delete(room);
  }
}
