/**
 * How much of the line pictures may take: the sound has it first. When the sound that shares the
 * line suffers, pictures go down a rung, to nothing if need be; they come back slowly, and more
 * slowly each time that coming back did harm.
 *
 * What the sound suffers while no picture flows is not the pictures' fault: only what is worse than
 * that counts, or a network that always loses a little would never show anything.
 */

/** kbit/s for one peer. */
export const RUNGS = [300, 150, 60, 0] as const;

/** All since the connection began. */
export interface AudioHealth {
  /** Packets of sound that should have come through, and those of them that did not in time. */
  packets: number;
  troubled: number;
  /** There and back, ms; null where it is not known. */
  rttMs: number | null;
}

/** Between two judgements, s. */
export const JUDGE_S = 2;
/** More of the packets than usual: half as many again, and two of a hundred. */
const TROUBLED = { factor: 1.5, share: 0.02 };
/** Fewer packets than this say nothing (the far microphone has just come, or the network is gone). */
const LEAST_PACKETS = 50;
/** The way there and back has become so much longer: a queue is growing. */
const GROWN = { ms: 30, factor: 1.5 };
/** Calm for so long before a rung is climbed, s; the first, which costs little, not later. */
const HOLD = { least: 10, most: 160, mostAtRest: 20 };
/** Trouble so soon after a climb is its fault, s. */
const RELAPSE_S = 15;
/** How fast the usual is learned. */
const LEARN = 0.3;

export class VideoBudget {
  private rung = 0;
  private before: (AudioHealth & { at: number }) | null = null;
  private usualShare = 0;
  private usualRttMs: number | null = null;
  private hold: number = HOLD.least;
  private calmSince = -Infinity;
  private climbedAt = -Infinity;

  get kbps(): number {
    return RUNGS[this.rung]!;
  }

  /**
   * `at` in seconds; asked as often as one likes. `shown`: pictures are meant to flow at the
   * moment. Whether `kbps` has changed.
   */
  observe(at: number, health: AudioHealth, shown: boolean): boolean {
    const { before } = this;
    if (before !== null && at - before.at < JUDGE_S) return false;
    this.before = { ...health, at };
    // Less than there was: the connection is a new one.
    if (before === null || health.packets < before.packets) return false;
    const packets = health.packets - before.packets;
    const share =
      packets < LEAST_PACKETS ? null : Math.max(0, health.troubled - before.troubled) / packets;
    if (!shown || this.kbps === 0) this.learn(share, health.rttMs);
    const kbps = this.kbps;
    if (!shown) {
      // Nothing to judge; whoever shows again begins as at first.
      this.calmSince = at;
    } else if (this.isTrouble(share, health.rttMs)) {
      this.calmSince = at;
      if (this.kbps > 0) {
        if (at - this.climbedAt < RELAPSE_S) this.hold = Math.min(this.hold * 2, HOLD.most);
        this.rung++;
      }
    } else if (at - this.calmSince >= this.patience) {
      this.calmSince = at;
      if (this.rung === 0) this.hold = HOLD.least;
      else {
        this.rung--;
        this.climbedAt = at;
      }
    }
    return this.kbps !== kbps;
  }

  private get patience(): number {
    return this.kbps === 0 ? Math.min(this.hold, HOLD.mostAtRest) : this.hold;
  }

  private isTrouble(share: number | null, rttMs: number | null): boolean {
    if (share !== null && share > this.usualShare * TROUBLED.factor + TROUBLED.share) return true;
    const { usualRttMs } = this;
    if (rttMs === null || usualRttMs === null) return false;
    return rttMs > usualRttMs + GROWN.ms && rttMs > usualRttMs * GROWN.factor;
  }

  private learn(share: number | null, rttMs: number | null): void {
    if (share !== null) this.usualShare += LEARN * (share - this.usualShare);
    if (rttMs === null) return;
    this.usualRttMs ??= rttMs;
    this.usualRttMs += LEARN * (rttMs - this.usualRttMs);
  }
}
