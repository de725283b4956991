/** The pictures that one peer shows us: we only ever answer, see outgoing.ts. */
import { TokenBucket } from '../token-bucket.js';
import { PICTURES, type Picture, type VideoControl } from './messages.js';
import { addCandidate, type OutgoingOptions } from './outgoing.js';
import { withoutStrayCodecs } from './sdp.js';

/** Attempts of a peer to show something. */
const OFFERS = { burst: 10, perSecond: 0.2 };
const MOST_CANDIDATES = 100;

interface Way {
  readonly pc: RTCPeerConnection;
  readonly attempt: number;
  candidates: number;
  early: RTCIceCandidateInit[];
}

export class IncomingVideo {
  private way: Way | null = null;
  private streams: Partial<Record<Picture, MediaStream>> = {};
  private state = { camera: false, screen: false, resting: false };
  private readonly offers = new TokenBucket(OFFERS.burst, OFFERS.perSecond);

  constructor(private readonly options: OutgoingOptions & { changed: () => void }) {}

  /** null while it is not shown, or on its way. */
  stream(picture: Picture): MediaStream | null {
    return this.state[picture] ? (this.streams[picture] ?? null) : null;
  }

  get shows(): boolean {
    return this.state.camera || this.state.screen;
  }
  get resting(): boolean {
    return this.shows && this.state.resting;
  }

  hear(message: VideoControl): void {
    switch (message.type) {
      case 'video-offer':
        if (this.offers.take(performance.now())) void this.answer(message.attempt, message.sdp);
        break;
      case 'video-candidate': {
        const { way } = this;
        if (message.of !== 'shower' || way?.attempt !== message.attempt) return;
        if (++way.candidates > MOST_CANDIDATES) return;
        const { candidate, sdpMid, sdpMLineIndex } = message;
        const init = { candidate, sdpMid, sdpMLineIndex };
        if (way.pc.remoteDescription === null) way.early.push(init);
        else void addCandidate(way.pc, init);
        break;
      }
      case 'video-state': {
        const { camera, screen, resting } = message;
        this.state = { camera, screen, resting };
        if (!this.shows) this.drop();
        this.options.changed();
        break;
      }
      default:
        break;
    }
  }

  close(): void {
    this.drop();
    this.state = { camera: false, screen: false, resting: false };
  }

  private drop(): void {
    this.way?.pc.close();
    this.way = null;
    this.streams = {};
  }

  private async answer(attempt: number, sdp: string): Promise<void> {
    this.drop();
    const pc = new RTCPeerConnection(this.options.configuration);
    const way: Way = { pc, attempt, candidates: 0, early: [] };
    this.way = way;
    pc.onicecandidate = ({ candidate: found }) => {
      if (found === null || this.way !== way) return;
      const { candidate, sdpMid, sdpMLineIndex } = found;
      const of = 'watcher';
      this.options.say({ type: 'video-candidate', attempt, of, candidate, sdpMid, sdpMLineIndex });
    };
    pc.ontrack = ({ track, transceiver }) => {
      const picture = PICTURES[pc.getTransceivers().indexOf(transceiver)];
      if (this.way !== way || picture === undefined || track.kind !== 'video') return;
      this.streams[picture] = new MediaStream([track]);
      this.options.changed();
    };
    pc.onconnectionstatechange = () => {
      if (this.way !== way || pc.connectionState !== 'failed') return;
      this.drop(); // who shows begins anew
      this.options.changed();
    };
    try {
      await pc.setRemoteDescription({ type: 'offer', sdp });
      for (const candidate of way.early.splice(0)) await addCandidate(pc, candidate);
      await pc.setLocalDescription();
      if (this.way !== way) return;
      const answer = withoutStrayCodecs(pc.localDescription?.sdp ?? '');
      this.options.say({ type: 'video-answer', attempt, sdp: answer });
    } catch (thrown) {
      console.warn('Tutti: the pictures of a peer could not be taken', thrown);
      if (this.way === way) this.drop();
    }
  }
}
