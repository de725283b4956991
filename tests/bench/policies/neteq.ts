/**
 * Like the delay manager and decision logic of WebRTC's NetEQ, by its description.
 *
 * A packet's delay is counted against the fastest of the last 2 s. Every 500 ms the largest delay
 * of that time goes into a histogram of 20 ms buckets that forgets by 0.983; the target is the
 * upper edge of the bucket with the 0.95 quantile, 80 ms to begin with. The delay is kept between
 * the target and target + largest delay of the window + 20 ms by time-stretching, one pitch period
 * at a time, at most every 100 ms (at once again above four times the upper limit).
 *
 * Kinder than NetEQ in one point: it expands the sound until something comes, so that all that
 * follows is later by as much; here what is late is dropped, and the delay stays. (Expanding costs
 * 151 instead of 123 on average over eight traces.) Left out: the optimiser for reordered packets,
 * the 10 ms grid of its output, and the search for a pitch period, of which all are 8.75 ms here
 * (they are 2.5 to 15), spread over 30 ms.
 */
import { arrivalOrder, PACKET_MS, type Stream } from '../stream.ts';

const HISTORY_MS = 2000;
const INTERVAL_MS = 500;
const BUCKETS = 100;
const BUCKET_MS = 20;
const FORGET = 0.983;
const QUANTILE = 0.95;
const START_TARGET_MS = 80;
const STRETCH_MS = 8.75;
const STRETCH_OVER_MS = 30;
const STRETCH_EVERY_MS = 100;

/** The least of the values of the last 2 s, in a deque that only ever rises. */
class RecentLeast {
  private values: { at: number; value: number }[] = [];
  private head = 0;

  add(at: number, value: number): void {
    while (this.values.length > this.head && this.values.at(-1)!.value >= value) this.values.pop();
    this.values.push({ at, value });
    while (this.values[this.head]!.at < at - HISTORY_MS) this.head++;
    if (this.head > 1000) {
      this.values = this.values.slice(this.head);
      this.head = 0;
    }
  }
  get value(): number {
    return this.values[this.head]!.value;
  }
}

/** How late packets are, and how much delay that calls for. */
export class DelayManager {
  private readonly least = new RecentLeast();
  private readonly largest = new RecentLeast(); // of the negatives
  private readonly histogram = new Float64Array(BUCKETS);
  private intervals = 0;
  private intervalEnd = NaN;
  private intervalMax = 0;

  targetMs = START_TARGET_MS;

  /** `offset`: arrival less sending time. */
  add(now: number, offset: number): void {
    this.least.add(now, offset);
    this.largest.add(now, -offset);
    if (Number.isNaN(this.intervalEnd)) this.intervalEnd = now + INTERVAL_MS;
    if (now >= this.intervalEnd) this.close(now);
    this.intervalMax = Math.max(this.intervalMax, offset - this.base);
  }
  /** Offset of the fastest packet. */
  get base(): number {
    return this.least.value;
  }
  /** Largest delay above it. */
  get maxDelay(): number {
    return -this.largest.value - this.base;
  }

  private close(now: number): void {
    const bucket = Math.min(BUCKETS - 1, Math.floor(this.intervalMax / BUCKET_MS));
    this.intervals++;
    const forget = Math.max(0, Math.min(FORGET, 1 - 2 / (this.intervals + 1)));
    for (let i = 0; i < BUCKETS; i++) this.histogram[i]! *= forget;
    this.histogram[bucket]! += 1 - forget;
    let sum = 0;
    const reached = this.histogram.findIndex((share) => (sum += share) >= QUANTILE);
    this.targetMs = (1 + (reached < 0 ? BUCKETS - 1 : reached)) * BUCKET_MS;
    this.intervalMax = 0;
    this.intervalEnd = now + INTERVAL_MS;
  }
}

/** Moves the delay by one pitch period at a time, spread over 30 ms. */
export class TimeStretch {
  private next = -Infinity;
  private left = 0;

  /** By how much the delay changes until the next packet's time. */
  step(now: number, delay: number, manager: DelayManager): number {
    const low = manager.targetMs;
    const high = low + manager.maxDelay + BUCKET_MS;
    if (now >= this.next && this.left === 0) {
      if (delay > high) this.left = -STRETCH_MS;
      else if (delay < low) this.left = STRETCH_MS;
      if (this.left !== 0) this.next = now + (delay > 4 * high ? 0 : STRETCH_EVERY_MS);
    }
    const most = (STRETCH_MS * PACKET_MS) / STRETCH_OVER_MS;
    const change = Math.max(-most, Math.min(most, this.left));
    this.left -= change;
    if (Math.abs(this.left) < 1e-9) this.left = 0;
    return change;
  }
}

export function netEqLike({ sends, arrivals }: Stream): Float64Array {
  const plays = new Float64Array(sends.length).fill(NaN);
  const order = arrivalOrder(arrivals);
  if (order.length === 0) return plays;
  const manager = new DelayManager();
  const stretch = new TimeStretch();
  let seen = 0;
  const first = order[0]!;
  // Play time less sending time: a new stream waits for its target.
  let offset = arrivals[first]! - sends[first]! + START_TARGET_MS;
  for (let k = first; k < sends.length; k++) {
    const play = sends[k]! + offset;
    for (; seen < order.length && arrivals[order[seen]!]! <= play; seen++) {
      const packet = order[seen]!;
      manager.add(arrivals[packet]!, arrivals[packet]! - sends[packet]!);
    }
    if (arrivals[k]! <= play) plays[k] = play;
    offset += stretch.step(play, offset - manager.base, manager);
  }
  return plays;
}
