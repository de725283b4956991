/**
 * The connection to one peer: an RTCPeerConnection whose two data channels go to the network
 * thread as soon as they are made. It mends itself: ICE restarts first, a new RTCPeerConnection
 * when that does not do.
 *
 * One side offers, always the same one (the newcomer in the room), so offers never collide; the
 * other side asks for an offer when it needs one. It may be that neither is the newcomer, after the
 * server has restarted: then both ask, and of these one side is to begin.
 */
import type { NetworkLink } from '../network/link.js';
import type { Signal } from '../signalling/protocol.js';
import { openChannels } from './channels.js';

export interface ConnectionOptions {
  /** The engine's number for this peer. */
  peer: number;
  /** This side makes the offers. */
  offers: boolean;
  /** When neither side does (both came back to the room unknown to each other), this one begins. */
  breaksTie: boolean;
  configuration: RTCConfiguration;
  network: NetworkLink;
  send: (signal: Signal) => Promise<void>;
  /** Whether the connection is up, to be asked for its own account too. */
  changed: () => void;
}

/** ICE takes this long to say that a path is dead; mend a little before it gives up. */
const MEND_AFTER_MS = 2500;
/** So long for an attempt to mend before the next, larger one. */
const ATTEMPT_MS = 5000;
/** Tried so often to mend the path before making a new connection. */
const RESTARTS = 3;

const originOf = (sdp: string): string => /^o=\S+ (\d+)/m.exec(sdp)?.[1] ?? '';

export class Connection {
  private pc: RTCPeerConnection | null = null;
  /** The network thread said that both channels are open. */
  private open = false;
  private closed = false;
  private attempts = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Candidates that came before their description. */
  private early: RTCIceCandidateInit[] = [];
  /** The far side's RTCPeerConnection, by its session id. */
  private farOrigin = '';
  private offers: boolean;
  /** Signals are taken one after another. */
  private work: Promise<void> = Promise.resolve();

  constructor(private readonly options: ConnectionOptions) {
    this.offers = options.offers;
    this.build();
    if (options.offers) this.enqueue(() => this.offer(false));
    this.expectUp(ATTEMPT_MS * 2);
  }

  get up(): boolean {
    return this.open && this.pc?.connectionState === 'connected';
  }

  /** Tried to connect for a while, in vain. */
  get hopeless(): boolean {
    return !this.up && this.attempts >= RESTARTS;
  }

  take(signal: Signal): void {
    this.enqueue(() => this.handle(signal));
  }

  channelsOpened(): void {
    this.open = true;
    this.check();
  }

  /** The channels were closed by the far side or by SCTP: only a new connection helps. */
  channelsClosed(): void {
    this.open = false;
    this.options.changed();
    if (this.closed) return;
    this.build();
    this.enqueue(() => (this.offers ? this.offer(false) : this.ask()));
    this.expectUp(ATTEMPT_MS);
  }

  /** The path to the signalling server is back: what was missed is made up for. */
  signallingBack(): void {
    if (!this.up) this.mend();
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.options.network.removePeer(this.options.peer);
    this.pc?.close();
    this.pc = null;
  }

  // ---- the RTCPeerConnection -------------------------------------------------------------------

  private build(): void {
    this.pc?.close();
    this.open = false;
    this.early = [];
    const pc = new RTCPeerConnection(this.options.configuration);
    this.pc = pc;
    const { audio, control } = openChannels(pc);
    this.options.network.addPeer(this.options.peer, audio, control);
    pc.onicecandidate = ({ candidate }) => {
      if (candidate === null || this.pc !== pc) return;
      const { candidate: text, sdpMid, sdpMLineIndex } = candidate;
      this.send({ type: 'candidate', candidate: text, sdpMid, sdpMLineIndex });
    };
    pc.onconnectionstatechange = () => {
      if (this.pc === pc) this.check();
    };
  }

  private async offer(iceRestart: boolean): Promise<void> {
    const pc = this.pc;
    if (pc === null) return;
    await pc.setLocalDescription(await pc.createOffer({ iceRestart }));
    this.send({ type: 'offer', sdp: pc.localDescription?.sdp ?? '' });
  }

  private ask(): Promise<void> {
    this.send({ type: 'restart' });
    return Promise.resolve();
  }

  private async handle(signal: Signal): Promise<void> {
    switch (signal.type) {
      case 'offer': {
        if (this.offers) return;
        const origin = originOf(signal.sdp);
        // A new RTCPeerConnection at the far side needs a new one here.
        if (this.farOrigin !== '' && origin !== this.farOrigin) this.build();
        this.farOrigin = origin;
        await this.describeFar('offer', signal.sdp);
        await this.pc?.setLocalDescription();
        this.send({ type: 'answer', sdp: this.pc?.localDescription?.sdp ?? '' });
        break;
      }
      case 'answer':
        if (this.pc?.signalingState !== 'have-local-offer') return;
        await this.describeFar('answer', signal.sdp);
        break;
      case 'candidate': {
        const { candidate, sdpMid, sdpMLineIndex } = signal;
        const init = { candidate, sdpMid, sdpMLineIndex };
        if (this.pc?.remoteDescription) await this.addCandidate(init);
        else this.early.push(init);
        break;
      }
      case 'restart':
        // Asked by somebody who waits for an offer as we do.
        if (!this.offers && this.farOrigin === '' && this.options.breaksTie) this.offers = true;
        if (this.offers) {
          if (this.pc?.connectionState === 'closed' || !this.open) this.build();
          await this.offer(true);
        }
        break;
    }
  }

  private async describeFar(type: 'offer' | 'answer', sdp: string): Promise<void> {
    await this.pc?.setRemoteDescription({ type, sdp });
    for (const candidate of this.early.splice(0)) await this.addCandidate(candidate);
  }

  private async addCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    try {
      await this.pc?.addIceCandidate(candidate);
    } catch (thrown) {
      // One of an earlier generation, or garbage: the others may do.
      console.debug('Tutti: a candidate was refused', thrown);
    }
  }

  // ---- mending ---------------------------------------------------------------------------------

  private check(): void {
    this.options.changed();
    if (this.closed) return;
    if (this.up) {
      this.attempts = 0;
      clearTimeout(this.timer);
      this.timer = undefined;
    } else if (this.timer === undefined || this.pc?.connectionState === 'failed') {
      this.expectUp(this.pc?.connectionState === 'failed' ? 0 : MEND_AFTER_MS);
    }
  }

  private expectUp(withinMs: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (!this.up && !this.closed) this.mend();
    }, withinMs);
  }

  private mend(): void {
    this.attempts++;
    this.expectUp(ATTEMPT_MS);
    if (!this.offers) {
      this.enqueue(() => this.ask());
    } else if (this.attempts % RESTARTS === 0) {
      this.build();
      this.enqueue(() => this.offer(false));
    } else {
      this.enqueue(() => this.offer(true));
    }
    this.options.changed();
  }

  private enqueue(step: () => Promise<void>): void {
    this.work = this.work.then(async () => {
      if (this.closed) return;
      try {
        await step();
      } catch (thrown) {
        // A description that does not fit what is here: begin anew, from the offering side.
        console.warn('Tutti: negotiation failed, trying anew', thrown);
        if (this.offers) this.build();
        this.expectUp(MEND_AFTER_MS);
      }
    });
  }

  private send(signal: Signal): void {
    this.options.send(signal).catch((thrown: unknown) => {
      // The server or the peer is away; mend() comes again, and so does signallingBack().
      console.debug('Tutti: a signal was not delivered', thrown);
    });
  }
}
