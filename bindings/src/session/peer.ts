/** One musician of the session, as heard here. */
import type {
  DelayChoice,
  LatencyBudget,
  Level,
  LoopbackState,
  PeerFace,
  PeerState,
  PeerStats,
} from '../api.js';
import type { Control, Outgoing, StateControl } from '../network/messages.js';
import { mayAskOutput, outputLatencyMs } from '../output-latency.js';
import type { Signal } from '../signalling/protocol.js';
import { levelOf, type Tutti } from '../tutti.js';
import type { VideoControl } from '../video/messages.js';
import type { Pictures } from '../video/outgoing.js';
import { PairVideo } from '../video/pair.js';
import type { Report } from '../worklet/engine.js';
import { asCaution, DEFAULT_CAUTION, lateCostOf } from './caution.js';
import { ConcealedShare } from './concealed-share.js';
import { Connection } from './connection.js';
import { FadeIn } from './fade-in.js';
import { latencyBudget } from './latency-budget.js';
import { ownWay } from './own-way.js';
import { known, peerStats } from './peer-stats.js';

export interface PeerOptions {
  tutti: Tutti;
  id: string;
  name: string;
  caution: number;
  offers: boolean;
  breaksTie: boolean;
  configuration: RTCConfiguration;
  send: (signal: Signal) => Promise<void>;
  changed: () => void;
  /** Other pictures come from this peer. */
  videoChanged: () => void;
}

/** An older page does not answer at all. */
const ANSWER_MS = 5000;
/** Packets sent before the answer may come after it. */
const STRAY_MS = 200;

const DELAY_MODE: Record<DelayChoice['mode'], number> = { auto: 0, fixed: 1, held: 2 };

export class Peer implements PeerFace {
  readonly id: string;
  /** The engine's number for this peer. */
  readonly index: number;
  name: string;
  private readonly tutti: Tutti;
  private readonly connection: Connection;
  private readonly video: PairVideo;
  private wasConnected = false;
  /** What they told last. */
  private far: StateControl = { type: 'state', muted: false };
  private gain = 0;
  private position = 0;
  private muted = false;
  private soloed = false;
  private chosenDelay: DelayChoice = { mode: 'auto' };
  private chosenCaution = DEFAULT_CAUTION;
  private concealed = new ConcealedShare();
  loopback: LoopbackState = 'off';
  lendsLoopback = false;
  /** What is heard of this peer is, or has just been, our own sound. */
  private ownSound = false;
  private loopbackTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly fade: FadeIn;
  private readonly changed: () => void;

  constructor(options: PeerOptions) {
    this.id = options.id;
    this.name = options.name;
    this.tutti = options.tutti;
    this.index = options.tutti.takePeer();
    this.caution = options.caution;
    this.changed = options.changed;
    this.fade = new FadeIn((db) => {
      this.tutti.set('peerGainDb', this.index, db);
    });
    this.connection = new Connection({
      peer: this.index,
      offers: options.offers,
      breaksTie: options.breaksTie,
      configuration: options.configuration,
      network: options.tutti.network,
      send: options.send,
      changed: options.changed,
    });
    this.video = new PairVideo({
      configuration: options.configuration,
      say: (message) => {
        this.say(message);
      },
      changed: options.videoChanged,
    });
  }

  get state(): PeerState {
    if (this.connection.up) return 'connected';
    if (this.wasConnected) return 'lost';
    return this.connection.hopeless ? 'unreachable' : 'waiting';
  }

  get selfMuted(): boolean {
    return this.far.muted;
  }

  get gainDb(): number {
    return this.gain;
  }
  set gainDb(db: number) {
    this.gain = db;
    this.fade.end(db);
  }

  get pan(): number {
    return this.position;
  }
  set pan(pan: number) {
    this.position = pan;
    this.tutti.set('peerPan', this.index, pan);
  }

  get mute(): boolean {
    return this.muted;
  }
  set mute(mute: boolean) {
    this.muted = mute;
    this.tutti.set('peerMute', this.index, mute ? 1 : 0);
  }

  get solo(): boolean {
    return this.soloed;
  }
  set solo(solo: boolean) {
    this.soloed = solo;
    this.tutti.set('peerSolo', this.index, solo ? 1 : 0);
  }

  get delay(): DelayChoice {
    return this.chosenDelay;
  }
  set delay(choice: DelayChoice) {
    this.chosenDelay = choice;
    if (choice.mode !== 'auto') this.tutti.set('peerDelayMs', this.index, choice.ms);
    this.tutti.set('peerDelayMode', this.index, DELAY_MODE[choice.mode]);
  }

  get caution(): number {
    return this.chosenCaution;
  }
  set caution(caution: number) {
    this.chosenCaution = asCaution(caution);
    this.tutti.set('peerLateCost', this.index, lateCostOf(this.chosenCaution));
  }

  get level(): Level {
    return levelOf(this.report, 'peak', 'rms');
  }

  get latencyMs(): number | null {
    return known(this.report.captureToPlayoutMs);
  }

  get latencyBudget(): LatencyBudget | null {
    if (this.ownSound) return null;
    const { context } = this.tutti;
    const { report } = this;
    const playing = report.playing === 1;
    return latencyBudget({
      microphoneMs: this.far.microphoneMs ?? null,
      packetMs: this.far.packetMs ?? null,
      captureToPlayoutMs: known(report.captureToPlayoutMs),
      rttMs: known(report.roundTripMs),
      playoutDelayMs: playing ? known(report.playoutDelayMs) : null,
      baseLatencyMs: context.baseLatency * 1000,
      outputLatencyMs: outputLatencyMs(context),
      outputAsked: mayAskOutput(),
    });
  }

  get camera(): MediaStream | null {
    return this.video.camera;
  }
  get screen(): MediaStream | null {
    return this.video.screen;
  }
  get videoResting(): boolean {
    return this.video.resting;
  }

  get loopbackMs(): number | null {
    if (this.loopback !== 'on') return null;
    const { report } = this;
    return ownWay(this.tutti, report, known(report.roundTripMs))?.totalMs ?? null;
  }

  setLoopback(on: boolean): void {
    clearTimeout(this.loopbackTimer);
    this.tutti.network.askLoopback(this.index, on);
    if (!on) {
      this.loopbackEnds('off');
      return;
    }
    this.loopback = 'asked';
    this.loopbackTimer = setTimeout(() => {
      this.setLoopback(false);
      this.loopback = 'refused';
      this.changed();
    }, ANSWER_MS);
    this.changed();
  }

  /** Of the engine's newest report. */
  stats(dropped: number): PeerStats {
    return peerStats(this.report, {
      id: this.id,
      name: this.name,
      dropped,
      concealedShare: this.concealed.value,
      latency: this.latencyBudget,
    });
  }

  // ---- for Session -----------------------------------------------------------------------------

  /** A new report is there; `at` in seconds of the audio clock. */
  observe(at: number): void {
    const { playing, concealedFrames } = this.report;
    if (playing === 1) this.concealed.observe(at, concealedFrames ?? 0);
  }

  take(signal: Signal): void {
    this.connection.take(signal);
  }

  channelsOpened(state: Control): void {
    this.wasConnected = true;
    this.connection.channelsOpened();
    this.say(state);
    this.video.opened();
  }

  hear(state: StateControl): void {
    this.far = state;
  }

  hearVideo(message: VideoControl): void {
    this.video.hear(message);
  }

  show(pictures: Pictures): void {
    this.video.show(pictures);
  }

  /** `at` in seconds of any steady clock; `outgoing`: of our packets to them; `peers`: in all. */
  observeVideo(at: number, outgoing: Outgoing | undefined, peers: number): void {
    const report = this.tutti.peerReport(this.index);
    const rttMs = known(report.roundTripMs);
    const { sent, dropped } = outgoing ?? { sent: 0, dropped: 0 };
    const lost = report.lost ?? 0;
    this.video.observe(
      at,
      { packets: sent + dropped, troubled: dropped, rttMs },
      { packets: (report.received ?? 0) + lost, troubled: lost + (report.late ?? 0), rttMs },
      peers,
    );
  }

  hearLoopback(side: 'ours' | 'theirs', on: boolean): void {
    if (side === 'theirs') {
      this.lendsLoopback = on;
    } else if (on) {
      this.loopbackBegins();
    } else {
      this.loopbackEnds(this.loopback === 'asked' ? 'refused' : 'off');
    }
  }

  channelsClosed(): void {
    this.video.closed();
    this.lendsLoopback = false;
    this.loopbackEnds('off');
    this.connection.channelsClosed();
  }

  signallingBack(): void {
    this.connection.signallingBack();
  }

  say(message: Control): void {
    this.tutti.network.sendControl(this.index, message);
  }

  /** What was sent by them while it was asked for is over first, then our own sound fades in. */
  private loopbackBegins(): void {
    if (this.loopback === 'on') return;
    clearTimeout(this.loopbackTimer);
    this.loopback = 'on';
    this.ownSound = true;
    this.fade.silence();
    this.loopbackTimer = setTimeout(() => {
      this.beginStreamAnew();
      this.fade.begin(this.gain);
    }, STRAY_MS);
  }

  private loopbackEnds(state: 'off' | 'refused'): void {
    const was = this.loopback;
    if (was === 'off' || was === 'refused') return;
    clearTimeout(this.loopbackTimer);
    this.loopback = state;
    if (was === 'on') {
      this.fade.silence();
      this.loopbackTimer = setTimeout(() => {
        this.ownSound = false;
        this.beginStreamAnew();
        this.fade.end(this.gain);
      }, STRAY_MS);
    }
    this.changed();
  }

  /**
   * What comes now is another's sound, with stamps and a sequence of its own, which may be so near
   * the old one's that the engine would take it for late packets.
   */
  private beginStreamAnew(): void {
    this.tutti.renewPeer(this.index);
    this.concealed = new ConcealedShare();
    this.pan = this.position;
    this.mute = this.muted;
    this.solo = this.soloed;
    this.delay = this.chosenDelay;
    this.caution = this.chosenCaution;
  }

  /** The engine's newest; while it is our own sound, ages by their clock mean nothing. */
  private get report(): Report {
    const report = this.tutti.peerReport(this.index);
    return this.ownSound ? { ...report, captureToPlayoutMs: NaN } : report;
  }

  close(): void {
    this.video.close();
    clearTimeout(this.loopbackTimer);
    this.fade.stop();
    this.connection.close();
    this.tutti.freePeer(this.index);
  }
}
