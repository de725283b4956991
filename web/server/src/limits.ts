import { LIMITS } from 'tutti/protocol';
import type { Clock } from './clock.js';

/** A bucket holds up to `burst` tokens and gains `perSecond`; what finds too few is refused. */
export interface Rate {
  burst: number;
  perSecond: number;
}

/**
 * What one connection may send. The sizes follow from the busiest honest moment: somebody enters a
 * room of 15 others and sends each an offer and about 50 candidates, some 800 messages of 300 bytes.
 */
export const RATES = {
  /** Each one is told to the whole room. */
  join: { burst: 10, perSecond: 0.2 },
  rename: { burst: 10, perSecond: 0.5 },
  signal: { burst: 60 * (LIMITS.roomMembers - 1), perSecond: 50 },
  signalBytes: { burst: 32 * LIMITS.messageBytes, perSecond: 2 * LIMITS.messageBytes },
  /** Everything, also what is refused: who floods on after refusals is cut off. */
  packets: { burst: 3000, perSecond: 200 },
} as const satisfies Record<string, Rate>;

/**
 * A socket.io frame is cut off by the transport beyond this, without an answer. Above the protocol's
 * own limit, so that a message which is only somewhat too large still gets its `message-invalid`.
 */
export const TRANSPORT_BYTES = 2 * LIMITS.messageBytes;

/** Signals kept for a member whose connection broke; enough for an offer and its candidates. */
export const WAITING = { signals: 64, bytes: 4 * LIMITS.messageBytes } as const;

export class TokenBucket {
  readonly #rate: Rate;
  readonly #clock: Clock;
  #tokens: number;
  #filledAt: number;

  constructor(rate: Rate, clock: Clock) {
    this.#rate = rate;
    this.#clock = clock;
    this.#tokens = rate.burst;
    this.#filledAt = clock.now();
  }

  /** Takes `cost` tokens, or none and answers false. */
  take(cost = 1): boolean {
    const now = this.#clock.now();
    // The wall clock may be set back; that must not empty the bucket.
    const seconds = Math.max(0, now - this.#filledAt) / 1000;
    this.#filledAt = now;
    this.#tokens = Math.min(this.#rate.burst, this.#tokens + seconds * this.#rate.perSecond);
    if (this.#tokens < cost) return false;
    this.#tokens -= cost;
    return true;
  }
}

/** All buckets of one connection. */
export class Allowance {
  readonly join: TokenBucket;
  readonly rename: TokenBucket;
  readonly signal: TokenBucket;
  readonly signalBytes: TokenBucket;
  readonly packets: TokenBucket;

  constructor(clock: Clock) {
    this.join = new TokenBucket(RATES.join, clock);
    this.rename = new TokenBucket(RATES.rename, clock);
    this.signal = new TokenBucket(RATES.signal, clock);
    this.signalBytes = new TokenBucket(RATES.signalBytes, clock);
    this.packets = new TokenBucket(RATES.packets, clock);
  }
}

/** How many connections each address has open: a school behind one address has many, not endless. */
export class OpenConnections {
  readonly #most: number;
  readonly #open = new Map<string, number>();

  constructor(most: number) {
    this.#most = most;
  }

  admits(address: string): boolean {
    return (this.#open.get(address) ?? 0) < this.#most;
  }

  opened(address: string): void {
    this.#open.set(address, (this.#open.get(address) ?? 0) + 1);
  }

  closed(address: string): void {
    const left = (this.#open.get(address) ?? 0) - 1;
    if (left > 0) this.#open.set(address, left);
    else this.#open.delete(address);
  }
}
