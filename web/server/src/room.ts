import { LIMITS, type Member, type ServerToClient, type Signal } from 'tutti/protocol';
import type { Clock } from './clock.js';
import { WAITING } from './limits.js';

/** The way to a member's page. A room knows nothing else about sockets. */
export interface Link {
  send<Event extends keyof ServerToClient>(
    event: Event,
    ...payload: Parameters<ServerToClient[Event]>
  ): void;
  /** The member came back over another link; this one is of no use any more. */
  replaced(): void;
}

export type Relayed = 'ok' | 'peer-unknown' | 'peer-busy';

/**
 * One member's place in a room. It outlives the link: while the link is broken, signals wait here,
 * and the others hear nothing until the grace period has passed.
 */
export class Seat {
  readonly room: Room;
  readonly id: string;
  name: string;
  #link: Link | null = null;
  #waiting: { from: string; signal: Signal; bytes: number }[] = [];
  #callOffGrace: (() => void) | null = null;

  constructor(room: Room, id: string, name: string) {
    this.room = room;
    this.id = id;
    this.name = name;
  }

  get member(): Member {
    return { id: this.id, name: this.name };
  }

  /** Speaks over `link` from now on, beginning with what has been waiting. */
  attach(link: Link): void {
    this.#stopGrace();
    const before = this.#link;
    this.#link = link;
    if (before !== null && before !== link) before.replaced();
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { from, signal } of waiting) link.send('signal', from, signal);
  }

  /** The link broke. Nothing happens if the member has already come back over another. */
  detach(link: Link, clock: Clock, graceMs: number): void {
    if (this.#link !== link) return;
    this.#link = null;
    this.#callOffGrace = clock.after(graceMs, () => this.room.remove(this, 'lost'));
  }

  send<Event extends keyof ServerToClient>(
    event: Event,
    ...payload: Parameters<ServerToClient[Event]>
  ): void {
    // Membership is not kept for a broken link: `Joined.members` tells it anew.
    this.#link?.send(event, ...payload);
  }

  /** `false` when the link is broken and too much is waiting already. */
  signal(from: string, signal: Signal): boolean {
    if (this.#link !== null) {
      this.#link.send('signal', from, signal);
      return true;
    }
    const bytes = Buffer.byteLength(JSON.stringify(signal));
    const total = this.#waiting.reduce((sum, one) => sum + one.bytes, bytes);
    if (this.#waiting.length >= WAITING.signals || total > WAITING.bytes) return false;
    this.#waiting.push({ from, signal, bytes });
    return true;
  }

  /** What a member who is gone had to say is of no use to anybody. */
  forget(from: string): void {
    this.#waiting = this.#waiting.filter((one) => one.from !== from);
  }

  dispose(): void {
    this.#stopGrace();
    this.#link = null;
    this.#waiting = [];
  }

  #stopGrace(): void {
    this.#callOffGrace?.();
    this.#callOffGrace = null;
  }
}

/** Who is in one room, and who hears of what. */
export class Room {
  readonly id: string;
  readonly #seats = new Map<string, Seat>();
  readonly #onEmpty: (room: Room) => void;

  constructor(id: string, onEmpty: (room: Room) => void) {
    this.id = id;
    this.#onEmpty = onEmpty;
  }

  get size(): number {
    return this.#seats.size;
  }

  get full(): boolean {
    return this.#seats.size >= LIMITS.roomMembers;
  }

  seat(id: string): Seat | undefined {
    return this.#seats.get(id);
  }

  /** Everyone but `seat`. */
  others(seat: Seat): Member[] {
    return this.#others(seat).map((other) => other.member);
  }

  /** The caller has seen to it that the room is not full. */
  add(id: string, name: string): Seat {
    const seat = new Seat(this, id, name);
    this.#seats.set(id, seat);
    this.#announce(seat, 'member-joined', seat.member);
    return seat;
  }

  remove(seat: Seat, why: 'left' | 'lost'): void {
    if (this.#seats.get(seat.id) !== seat) return;
    this.#seats.delete(seat.id);
    seat.dispose();
    for (const other of this.#seats.values()) other.forget(seat.id);
    this.#announce(seat, 'member-left', seat.id, why);
    if (this.#seats.size === 0) this.#onEmpty(this);
  }

  rename(seat: Seat, name: string): void {
    if (seat.name === name) return;
    seat.name = name;
    this.#announce(seat, 'member-renamed', seat.member);
  }

  relay(from: Seat, to: string, signal: Signal): Relayed {
    const addressee = this.#seats.get(to);
    if (addressee === undefined || addressee === from) return 'peer-unknown';
    return addressee.signal(from.id, signal) ? 'ok' : 'peer-busy';
  }

  dispose(): void {
    for (const seat of this.#seats.values()) seat.dispose();
    this.#seats.clear();
  }

  #announce<Event extends keyof ServerToClient>(
    about: Seat,
    event: Event,
    ...payload: Parameters<ServerToClient[Event]>
  ): void {
    for (const other of this.#others(about)) other.send(event, ...payload);
  }

  #others(seat: Seat): Seat[] {
    return [...this.#seats.values()].filter((other) => other !== seat);
  }
}
