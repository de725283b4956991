/**
 * The network thread: data channels on one side, the pipe to the worklet on the other. It stamps
 * arrivals, sends each packet to every peer, and measures the way there and back. It runs in a
 * worker; where a data channel cannot be transferred, the same class runs on the main thread.
 */
import { Kind, RECORD_BYTES, type NetworkEnd } from '../pipe/pipe.js';
import { TokenBucket } from '../token-bucket.js';
import { parseControl } from './control.js';
import { Loopback } from './loopback.js';
import type { Control, FromNetwork, Outgoing } from './messages.js';

/**
 * A channel with maxRetransmits 0 still queues when the network is slow (it is congestion
 * controlled), and old sound is worthless: beyond so many bytes a packet is dropped instead.
 * About six packets in stereo, 16 ms.
 */
const MOST_BUFFERED_BYTES = 3200;
/** First a few exchanges soon, since the latency shown waits for them. */
const PING_MS = 500;
/** So often the worklet hears what time it is: an audio clock is known as well as it is stamped. */
const CLOCK_MS = 10;
/** Chat and pictures of one peer, messages: what is beyond is not worth the main thread's time. */
const TALK = { burst: 600, perSecond: 300 };
const NOTHING = new Uint8Array(0);

/** us since the Unix epoch, by the steady clock. */
export const wallUs = (): number => (performance.timeOrigin + performance.now()) * 1000;

class Peer {
  readonly outgoing: Outgoing = { sent: 0, dropped: 0 };
  readonly loopback: Loopback;
  wasOpen = false;
  readonly talk = new TokenBucket(TALK.burst, TALK.perSecond);

  constructor(
    readonly audio: RTCDataChannel,
    readonly control: RTCDataChannel,
    tellLoopback: (side: 'ours' | 'theirs', on: boolean) => void,
  ) {
    audio.binaryType = 'arraybuffer';
    this.loopback = new Loopback({
      say: (message) => {
        this.say(message);
      },
      tell: tellLoopback,
    });
  }

  get open(): boolean {
    return this.audio.readyState === 'open' && this.control.readyState === 'open';
  }

  sendPacket(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.audio.readyState !== 'open') return;
    if (this.audio.bufferedAmount > MOST_BUFFERED_BYTES) {
      this.outgoing.dropped++;
      return;
    }
    attempt(() => {
      this.audio.send(bytes);
      this.outgoing.sent++;
    });
  }

  say(message: object): void {
    if (this.control.readyState !== 'open') return;
    attempt(() => {
      this.control.send(JSON.stringify(message));
    });
  }

  close(): void {
    this.loopback.close();
    for (const channel of [this.audio, this.control]) {
      channel.onopen = channel.onclose = channel.onmessage = null;
      channel.close();
    }
  }
}

/** A channel may close between the look at its state and the call: then there is nothing to do. */
function attempt(send: () => void): void {
  try {
    send();
  } catch (thrown) {
    if (!(thrown instanceof DOMException)) throw thrown;
  }
}

export class Network {
  private readonly peers = new Map<number, Peer>();
  /** The same, to be gone through for every packet without an iterator as garbage. */
  private everybody: readonly Peer[] = [];
  private readonly timers: ReturnType<typeof setInterval>[];

  constructor(
    private readonly pipe: NetworkEnd,
    private readonly tell: (message: FromNetwork) => void,
  ) {
    pipe.onrecord = (_kind, _peer, _time, bytes) => {
      // A channel takes no shared memory, and the pipe's ends never give any.
      const { everybody } = this;
      for (let i = 0; i < everybody.length; i++) {
        const peer = everybody[i]!;
        if (!peer.loopback.lends) peer.sendPacket(bytes as Uint8Array<ArrayBuffer>);
      }
    };
    this.timers = [
      setInterval(() => pipe.send(Kind.Clock, 0, wallUs(), NOTHING), CLOCK_MS),
      setInterval(() => {
        for (const peer of this.peers.values()) peer.say({ type: 'ping', t0: wallUs() });
      }, PING_MS),
    ];
  }

  addPeer(index: number, audio: RTCDataChannel, control: RTCDataChannel): void {
    this.removePeer(index);
    const peer = new Peer(audio, control, (side, on) => {
      this.tell({ type: 'loopback', peer: index, side, on });
    });
    this.peers.set(index, peer);
    this.everybody = [...this.peers.values()];
    audio.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (!(data instanceof ArrayBuffer) || data.byteLength > RECORD_BYTES) return;
      const bytes = new Uint8Array(data);
      // First, so that it is back as soon as can be.
      if (peer.loopback.lends) peer.sendPacket(bytes);
      this.pipe.send(Kind.Datagram, index, wallUs(), bytes);
    };
    control.onmessage = ({ data }: MessageEvent<unknown>) => {
      this.hear(index, peer, data);
    };
    const opened = (): void => {
      if (!peer.open || peer.wasOpen) return;
      peer.wasOpen = true;
      peer.say({ type: 'ping', t0: wallUs() });
      this.tell({ type: 'open', peer: index });
    };
    const closed = (): void => {
      if (this.peers.get(index) !== peer) return;
      this.removePeer(index);
      this.tell({ type: 'closed', peer: index });
    };
    for (const channel of [audio, control]) {
      channel.onopen = opened;
      channel.onclose = closed;
    }
    // It may have opened on its way to this thread.
    opened();
  }

  removePeer(index: number): void {
    this.peers.get(index)?.close();
    this.peers.delete(index);
    this.everybody = [...this.peers.values()];
  }

  sendControl(index: number, message: Control): void {
    this.peers.get(index)?.say(message);
  }

  /** Asks the peer to send back what we send, or ends that. */
  askLoopback(index: number, on: boolean): void {
    this.peers.get(index)?.loopback.borrow(on);
  }

  report(): Map<number, Outgoing> {
    return new Map([...this.peers].map(([index, peer]) => [index, peer.outgoing]));
  }

  private hear(index: number, peer: Peer, data: unknown): void {
    const t = wallUs();
    const message = parseControl(data);
    if (message === null) return;
    switch (message.type) {
      case 'ping':
        peer.say({ type: 'pong', t0: message.t0, t1: t, t2: wallUs() });
        break;
      case 'pong': {
        const times = new Float64Array([message.t0, message.t1, message.t2]);
        this.pipe.send(Kind.Exchange, index, t, new Uint8Array(times.buffer));
        break;
      }
      case 'loopback':
        peer.loopback.hear(message);
        break;
      case 'state':
        this.tell({ type: 'control', peer: index, message });
        break;
      default:
        if (!peer.talk.take(t / 1000)) return;
        this.tell({ type: 'control', peer: index, message });
        break;
    }
  }

  close(): void {
    for (const timer of this.timers) clearInterval(timer);
    for (const index of [...this.peers.keys()]) this.removePeer(index);
    this.pipe.close();
  }
}
