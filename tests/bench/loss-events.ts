/** When the streams that the measured engine hears lose packets. */

/** `streams` lose `packets` in a row, beginning with packet `at`. */
export interface LossEvent {
  at: number;
  streams: readonly number[];
  packets: number;
}

/** Before the first there is nothing to go on from: the streams begin, and fill their history. */
const FIRST_LOSS = 110;
/** The one is over when the next begins. */
const APART = 23;

/**
 * `count` times in turn: every number of `losers` at once, one packet; then all, three packets.
 * All losing at once comes first: that is the coldest.
 */
export function lossEvents(streams: number, losers: readonly number[], count: number): LossEvent[] {
  const events: LossEvent[] = [];
  const turns = losers.toSorted((a, b) => b - a).map((many) => ({ many, packets: 1 }));
  turns.push({ many: streams, packets: 3 });
  for (let round = 0; round < count; round++) {
    for (const { many, packets } of turns) {
      events.push({
        at: FIRST_LOSS + APART * events.length,
        streams: Array.from({ length: many }, (_, i) => (round + i) % streams),
        packets,
      });
    }
  }
  return events;
}
