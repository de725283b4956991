/** One room: who is in it, connections to all of them, and what goes wrong on the way. */
import type {
  ChatMessage,
  SessionEvents,
  SessionFace,
  SessionOptions,
  SessionState,
  SessionStats,
} from '../api.js';
import { Chat } from '../chat/chat.js';
import { TuttiError, messageOf } from '../errors.js';
import type { PeerNews } from '../network/link.js';
import type { Control, StateControl } from '../network/messages.js';
import { packetMs } from '../packet.js';
import { outputLatencyMs } from '../output-latency.js';
import { SignallingClient } from '../signalling/client.js';
import type { Joined, Member, Signal } from '../signalling/protocol.js';
import type { Tutti } from '../tutti.js';
import { TypedEvents } from '../typed-events.js';
import { JUDGE_S } from '../video/budget.js';
import { OwnPictures } from '../video/own.js';
import { asCaution, DEFAULT_CAUTION } from './caution.js';
import { OwnState } from './own-state.js';
import { Peer } from './peer.js';

/** Errors that trying again does not mend. */
const FINAL: ReadonlySet<TuttiError['code']> = new Set([
  'room-unknown',
  'room-full',
  'name-invalid',
  'signalling-failed',
]);
const REJOIN_MS = 2000;

export class Session extends TypedEvents<SessionEvents> implements SessionFace {
  readonly room: string;
  name: string;
  state: SessionState = 'idle';
  error: TuttiError | null = null;
  private readonly signalling: SignallingClient;
  private readonly members = new Map<string, Peer>();
  private configuration: RTCConfiguration = {};
  private chosenCaution = DEFAULT_CAUTION;
  private readonly own: OwnState;
  private readonly pictures = new OwnPictures(() => {
    for (const peer of this.peers) peer.show(this.pictures.tracks);
    this.emit('video');
  });
  private readonly chat = new Chat({
    say: (id, message) => this.members.get(id)?.say(message),
    changed: () => {
      this.emit('messages');
    },
  });
  private videoTimer: ReturnType<typeof setInterval> | undefined;
  private id = '';
  private resume: string | null = null;
  private unlisten: () => void = () => undefined;
  private rejoinTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly tutti: Tutti,
    private readonly options: SessionOptions,
  ) {
    super();
    this.room = options.room;
    this.name = options.name;
    this.own = new OwnState(packetMs(tutti.packetFrames));
    this.signalling = new SignallingClient(options.server ?? location.origin, {
      connected: () => {
        if (this.state === 'rejoining') void this.rejoin();
      },
      disconnected: () => {
        if (this.state === 'joined') this.become('rejoining');
      },
      memberJoined: (member) => {
        this.meet(member, false);
      },
      memberLeft: (id) => {
        this.part(id);
      },
      memberRenamed: (member) => {
        const peer = this.members.get(member.id);
        if (peer !== undefined) peer.name = member.name;
        this.emit('peers');
      },
      signal: (from, signal) => {
        this.members.get(from)?.take(signal);
      },
    });
  }

  get peers(): readonly Peer[] {
    return [...this.members.values()];
  }

  get caution(): number {
    return this.chosenCaution;
  }
  set caution(caution: number) {
    this.chosenCaution = asCaution(caution);
    for (const peer of this.peers) peer.caution = this.chosenCaution;
  }

  get camera(): MediaStream | null {
    return this.pictures.stream('camera');
  }
  openCamera(deviceId?: string): Promise<void> {
    return this.pictures.open('camera', deviceId);
  }
  closeCamera(): void {
    this.pictures.close('camera');
  }
  async cameras(): Promise<MediaDeviceInfo[]> {
    const devices = await navigator.mediaDevices.enumerateDevices();
    return devices.filter((device) => device.kind === 'videoinput');
  }

  get screen(): MediaStream | null {
    return this.pictures.stream('screen');
  }
  shareScreen(): Promise<void> {
    return this.pictures.open('screen');
  }
  stopScreen(): void {
    this.pictures.close('screen');
  }

  get messages(): readonly ChatMessage[] {
    return this.chat.messages;
  }
  sendMessage(text: string): boolean {
    return this.chat.send(text, this.name);
  }

  async join(): Promise<void> {
    this.become('joining');
    this.unlisten = this.tutti.network.listen((message) => {
      this.hear(message);
    });
    this.tutti.addEventListener('muted', this.tellState);
    this.tutti.addEventListener('levels', this.observe);
    addEventListener('pagehide', this.depart);
    this.videoTimer = setInterval(() => void this.observeVideo(), JUDGE_S * 1000);
    try {
      await this.signalling.connect();
      this.enter(await this.signalling.join({ room: this.room, name: this.name }));
    } catch (thrown) {
      this.fail(thrown);
      throw this.error ?? thrown;
    }
  }

  async leave(): Promise<void> {
    if (this.state === 'left') return;
    this.become('left');
    this.release();
    try {
      await this.signalling.leave();
    } catch {
      this.signalling.close(); // the server notices
    }
  }

  async rename(name: string): Promise<void> {
    await this.signalling.rename(name);
    this.name = name;
    this.emit('peers');
  }

  async stats(): Promise<SessionStats> {
    const { context, path, pipe } = this.tutti;
    const [{ quantum }, outgoing] = await Promise.all([
      this.tutti.report(),
      this.tutti.network.report(),
    ]);
    return {
      transport: `${path}/${pipe}`,
      context: {
        sampleRate: context.sampleRate,
        baseLatencyMs: context.baseLatency * 1000,
        outputLatencyMs: outputLatencyMs(context),
      },
      microphone: {
        latencyMs: this.tutti.microphoneLatencyMs,
        excessMs: this.tutti.microphoneExcessMs,
        heals: this.tutti.microphoneHeals,
      },
      engine: {
        quantumUsP50: quantum.p50Us,
        quantumUsP99: quantum.p99Us,
        overruns: quantum.overruns,
      },
      peers: this.peers.map((peer) => peer.stats(outgoing.get(peer.index)?.dropped ?? 0)),
    };
  }

  // ---- the room --------------------------------------------------------------------------------

  private enter(joined: Joined): void {
    this.id = joined.id;
    this.chat.enter(joined.id);
    this.resume = joined.resume;
    this.configuration = { iceServers: joined.iceServers };
    if (this.options.iceTransportPolicy !== undefined) {
      this.configuration.iceTransportPolicy = this.options.iceTransportPolicy;
    }
    if (!joined.resumed) for (const id of [...this.members.keys()]) this.part(id);
    const before = this.peers;
    // Who is here already gets our offer; after a resume, whoever came meanwhile has made theirs.
    for (const member of joined.members) this.meet(member, !joined.resumed);
    const here = new Set(joined.members.map(({ id }) => id));
    for (const peer of before) {
      // Of those not (yet) back, keep the ones we still hear: the server may have restarted.
      if (!here.has(peer.id) && peer.state !== 'connected') this.part(peer.id);
      else peer.signallingBack();
    }
    this.become('joined');
    this.emit('peers');
  }

  private async rejoin(): Promise<void> {
    clearTimeout(this.rejoinTimer);
    const resume = this.resume === null ? {} : { resume: this.resume };
    try {
      this.enter(await this.signalling.join({ room: this.room, name: this.name, ...resume }));
    } catch (thrown) {
      if (this.state !== 'rejoining') return;
      if (thrown instanceof TuttiError && !FINAL.has(thrown.code)) {
        this.rejoinTimer = setTimeout(() => void this.rejoin(), REJOIN_MS);
      } else {
        this.fail(thrown);
      }
    }
  }

  private meet(member: Member, offers: boolean): void {
    const present = this.members.get(member.id);
    if (present !== undefined) {
      present.name = member.name;
    } else {
      const peer = new Peer({
        tutti: this.tutti,
        id: member.id,
        name: member.name,
        caution: this.chosenCaution,
        offers,
        breaksTie: this.id < member.id,
        configuration: this.configuration,
        send: (signal: Signal) => this.signalling.signal(member.id, signal),
        changed: () => {
          this.emit('peers');
        },
        videoChanged: () => {
          this.emit('video');
        },
      });
      this.members.set(member.id, peer);
      peer.show(this.pictures.tracks);
    }
    this.emit('peers');
  }

  private part(id: string): void {
    this.members.get(id)?.close();
    this.chat.left(id);
    if (!this.members.delete(id)) return;
    this.emit('peers');
    this.emit('video');
  }

  private hear(message: PeerNews): void {
    const peer = this.peers.find(({ index }) => index === message.peer);
    if (peer === undefined) return;
    switch (message.type) {
      case 'open':
        peer.channelsOpened(this.ownState());
        this.chat.opened(peer.id, peer.name);
        break;
      case 'closed':
        peer.channelsClosed();
        this.chat.closed(peer.id);
        break;
      case 'control':
        this.hearControl(peer, message.message);
        return;
      case 'loopback':
        peer.hearLoopback(message.side, message.on);
        break;
    }
    this.emit('peers');
  }

  private hearControl(peer: Peer, message: Control): void {
    switch (message.type) {
      case 'state':
        peer.hear(message);
        this.emit('peers');
        break;
      case 'chat':
      case 'chat-ask':
      case 'chat-told':
      case 'chat-end':
        this.chat.hear(peer.id, peer.name, message);
        break;
      default:
        peer.hearVideo(message);
        break;
    }
  }

  private async observeVideo(): Promise<void> {
    const outgoing = await this.tutti.network.report();
    const at = performance.now() / 1000;
    for (const peer of this.peers) {
      peer.observeVideo(at, outgoing.get(peer.index), this.members.size);
    }
  }

  private ownState(): StateControl {
    return this.own.tell(this.tutti.muted, this.tutti.microphoneLatencyMs);
  }

  private readonly tellState = (): void => {
    for (const peer of this.peers) peer.say(this.ownState());
  };

  private readonly observe = (): void => {
    const { currentTime } = this.tutti.context;
    for (const peer of this.peers) peer.observe(currentTime);
    if (this.own.isNews(currentTime, this.tutti.microphoneLatencyMs)) this.tellState();
  };

  /** The page goes away: say so at once, or the others wait for the grace period. */
  private readonly depart = (): void => {
    this.signalling.close();
  };

  private become(state: SessionState): void {
    this.state = state;
    this.emit('state');
  }

  private fail(thrown: unknown): void {
    this.error =
      thrown instanceof TuttiError
        ? thrown
        : new TuttiError('signalling-failed', messageOf(thrown));
    this.release();
    this.signalling.close();
    this.become('failed');
  }

  private release(): void {
    clearTimeout(this.rejoinTimer);
    clearInterval(this.videoTimer);
    this.pictures.close('camera');
    this.pictures.close('screen');
    this.chat.close();
    this.tutti.removeEventListener('muted', this.tellState);
    this.tutti.removeEventListener('levels', this.observe);
    removeEventListener('pagehide', this.depart);
    for (const id of [...this.members.keys()]) this.part(id);
    this.unlisten();
  }
}
