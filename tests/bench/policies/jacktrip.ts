/**
 * Like JackTrip's Regulator with `-q auto`, by its description; from which time on an interval is
 * counted is from reading its source (MIT licence), of which nothing is copied.
 *
 * There is no position that walks. Each pull looks at the packets newer than the one played last
 * and takes the first that is no older than the tolerance (else the newest). Nothing new: an
 * underrun, a prediction is played, and all that follows is later by one packet. A skip is hidden
 * by a prediction too, with the packet skipped to played after it; skipping exactly one good
 * packet is deferred, so that the delay never comes down by less than two.
 *
 * The tolerance is the long-term maximum and standard deviation of the intervals between arrivals
 * (the larger of the pushes' with headroom and the pulls' own), in windows of 1/8 s: a plain
 * average for a minute, then one that forgets over a minute. It begins with FPP / 2 ms = 64 ms and
 * is renewed every second from 2 s on. The headroom grows when glitches pass 0.6 % of the packets
 * in two seconds running, by what the oldest packet pulled was older than the tolerance, and never
 * shrinks.
 *
 * This costs 54.6 on average over eight traces; JackTrip's own code cost 54.1.
 */
import { PACKET_MS } from '../stream.ts';
import { type JitterBuffer, NONE, withPulls } from './policy.ts';

const START_TOLERANCE_MS = 64;
const MAX_TOLERANCE_MS = 250;
const AUTO_FROM_MS = 2000;
const COUNT_FROM_MS = 4000;
const OUTAGE_MS = 512;
const WINDOWS_PER_S = 8;
const HISTORY_S = 60;
const GLITCH_SHARE = 0.006;
const PACKETS_PER_S = 1000 / PACKET_MS;

/** Maximum and standard deviation of intervals, over the long term. */
export class Intervals {
  private readonly window: number[] = [];
  private windows = 0;
  private meanMax = 0;
  private meanDeviation = 0;

  add(ms: number): void {
    // An outage says nothing about jitter.
    if (ms > OUTAGE_MS) return;
    this.window.push(ms);
    if (this.window.length < Math.floor(PACKETS_PER_S / WINDOWS_PER_S)) return;
    const average = this.window.reduce((sum, x) => sum + x, 0) / this.window.length;
    const variance =
      this.window.reduce((sum, x) => sum + (x - average) ** 2, 0) / this.window.length;
    const largest = Math.max(...this.window);
    this.window.length = 0;
    this.windows++;
    const weight = 1 / Math.min(this.windows, WINDOWS_PER_S * HISTORY_S);
    this.meanMax += weight * (largest - this.meanMax);
    this.meanDeviation += weight * (Math.sqrt(variance) - this.meanDeviation);
  }
  get max(): number {
    return this.meanMax;
  }
  get spread(): number {
    return this.meanMax + this.meanDeviation;
  }
}

export class Regulator implements JitterBuffer {
  private readonly arrivedAt = new Map<number, number>();
  private readonly pushes = new Intervals();
  private readonly pulls = new Intervals();
  private newest = NONE;
  private last = NONE;
  private stashed = NONE;
  private firstAt = NaN;
  private lastPullAt = NaN;
  private nextUpdateAt = NaN;
  private glitches = 0;
  private oldest = 0; // age of a packet when pulled, in this second
  private wasTooMany = false;

  tolerance = START_TOLERANCE_MS;
  headroom = 0;

  push(packet: number, now: number): void {
    if (this.newest === NONE) {
      this.firstAt = now;
      this.nextUpdateAt = now + AUTO_FROM_MS;
    }
    if (packet <= this.last) return;
    this.arrivedAt.set(packet, now);
    this.newest = Math.max(this.newest, packet);
  }

  pull(now: number): number {
    if (!Number.isNaN(this.lastPullAt)) this.pulls.add(now - this.lastPullAt);
    this.lastPullAt = now;
    if (this.newest === NONE) return NONE;
    if (now >= this.nextUpdateAt) this.update(now);
    return this.take(now);
  }

  private take(now: number): number {
    if (this.stashed !== NONE) {
      const packet = this.stashed;
      this.stashed = NONE;
      return packet;
    }
    if (this.last === NONE) this.last = this.newest - 1;
    let next = NONE;
    let good = 0;
    for (let packet = this.last + 1; packet <= this.newest; packet++) {
      const at = this.arrivedAt.get(packet);
      if (at === undefined) continue;
      if (next !== NONE) good++;
      this.observe(packet, at);
      this.oldest = Math.max(this.oldest, now - at);
      next = packet;
      if (at + this.tolerance >= now) break;
    }
    if (next === NONE) {
      this.glitches++;
      return NONE;
    }
    if (good === 1 && next === this.last + 2) next = this.last + 1;
    const skipped = next - this.last - 1;
    this.forget(next);
    if (skipped === 0) return next;
    this.glitches++;
    this.stashed = next;
    return NONE;
  }

  /** An interval is counted from when the packet played last would have had this one follow it. */
  private observe(packet: number, at: number): void {
    const before = this.arrivedAt.get(this.last);
    if (before === undefined) return;
    const interval = at - (before + (packet - 1 - this.last) * PACKET_MS);
    if (interval > 0) this.pushes.add(interval);
  }

  private forget(next: number): void {
    for (let packet = this.last; packet < next; packet++) this.arrivedAt.delete(packet);
    this.last = next;
  }

  private update(now: number): void {
    this.nextUpdateAt += 1000;
    const glitches = this.glitches;
    this.glitches = 0;
    if (now - this.firstAt >= COUNT_FROM_MS) this.adaptHeadroom(glitches);
    this.oldest = 0;
    const wanted = Math.max(this.pushes.spread + this.headroom, this.pulls.spread);
    this.tolerance = Math.min(MAX_TOLERANCE_MS, Math.max(PACKET_MS, wanted));
  }

  private adaptHeadroom(glitches: number): void {
    const tooMany = glitches > GLITCH_SHARE * PACKETS_PER_S;
    const cap = Math.max(3 * this.pushes.max, this.oldest + 10);
    if (tooMany && this.wasTooMany) {
      const step = Math.max(1, Math.ceil(this.oldest - this.tolerance));
      this.headroom = Math.max(this.headroom, Math.min(cap, this.headroom + step));
      this.wasTooMany = false;
    } else {
      this.wasTooMany = tooMany;
    }
  }
}

export const jackTripLike = withPulls(() => new Regulator());
