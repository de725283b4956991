/** One room: who is in it, connections to all of them, and what goes wrong on the way. */
import type {
  SessionEvents,
  SessionFace,
  SessionOptions,
  SessionState,
  SessionStats,
} from '../api.js';
import { TuttiError, messageOf } from '../errors.js';
import type { PeerNews } from '../network/link.js';
import type { Control } from '../network/messages.js';
import { packetMs } from '../packet.js';
import { outputLatencyMs } from '../output-latency.js';
import { SignallingClient } from '../signalling/client.js';
import type { Joined, Member, Signal } from '../signalling/protocol.js';
import type { Tutti } from '../tutti.js';
import { TypedEvents } from '../typed-events.js';
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

  async join(): Promise<void> {
    this.become('joining');
    this.unlisten = this.tutti.network.listen((message) => {
      this.hear(message);
    });
    this.tutti.addEventListener('muted', this.tellState);
    this.tutti.addEventListener('levels', this.observe);
    addEventListener('pagehide', this.depart);
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
      });
      this.members.set(member.id, peer);
    }
    this.emit('peers');
  }

  private part(id: string): void {
    this.members.get(id)?.close();
    if (this.members.delete(id)) this.emit('peers');
  }

  private hear(message: PeerNews): void {
    const peer = this.peers.find(({ index }) => index === message.peer);
    if (peer === undefined) return;
    switch (message.type) {
      case 'open':
        peer.channelsOpened(this.ownState());
        break;
      case 'closed':
        peer.channelsClosed();
        break;
      case 'control':
        peer.hear(message.message);
        break;
      case 'loopback':
        peer.hearLoopback(message.side, message.on);
        break;
    }
    this.emit('peers');
  }

  private ownState(): Control {
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
    this.tutti.removeEventListener('muted', this.tellState);
    this.tutti.removeEventListener('levels', this.observe);
    removeEventListener('pagehide', this.depart);
    for (const id of [...this.members.keys()]) this.part(id);
    this.unlisten();
  }
}
