/** Pictures between us and one peer, both ways, and how much of the line they may take. */
import { VideoBudget, type AudioHealth } from './budget.js';
import { shareOf } from './encoding.js';
import { IncomingVideo } from './incoming.js';
import type { VideoControl } from './messages.js';
import { OutgoingVideo, type OutgoingOptions, type Pictures } from './outgoing.js';

export class PairVideo {
  private readonly outgoing: OutgoingVideo;
  private readonly incoming: IncomingVideo;
  /** Of ours: what we see of our sound's way out. */
  private readonly ours = new VideoBudget();
  /** Of theirs: how their sound arrives here. They are told. */
  private readonly theirs = new VideoBudget();
  /** What they told us of ours. */
  private toldKbps = Infinity;
  private share = shareOf(1);

  constructor(private readonly options: OutgoingOptions & { changed: () => void }) {
    this.outgoing = new OutgoingVideo(options);
    this.incoming = new IncomingVideo(options);
    this.cap();
  }

  get camera(): MediaStream | null {
    return this.incoming.stream('camera');
  }
  get screen(): MediaStream | null {
    return this.incoming.stream('screen');
  }
  get resting(): boolean {
    return this.incoming.resting;
  }

  show(pictures: Pictures): void {
    this.outgoing.show(pictures);
  }

  opened(): void {
    this.outgoing.opened();
    this.tellCap();
  }
  closed(): void {
    this.outgoing.closed();
  }

  hear(message: VideoControl): void {
    if (message.type === 'video-cap') {
      this.toldKbps = message.kbps;
      this.cap();
    } else {
      this.outgoing.hear(message);
      this.incoming.hear(message);
    }
  }

  /** How the sound fares, out to the peer and in from there; `at` in seconds, `peers` in all. */
  observe(at: number, out: AudioHealth, back: AudioHealth, peers: number): void {
    this.share = shareOf(peers);
    this.ours.observe(at, out, this.outgoing.shows);
    this.cap();
    if (this.theirs.observe(at, back, this.incoming.shows)) this.tellCap();
  }

  close(): void {
    this.outgoing.close();
    this.incoming.close();
  }

  private cap(): void {
    this.outgoing.cap(Math.min(this.ours.kbps, this.toldKbps, this.share));
  }

  private tellCap(): void {
    this.options.say({ type: 'video-cap', kbps: this.theirs.kbps });
  }
}
