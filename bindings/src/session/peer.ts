/** One musician of the session, as heard here. */
import type { DelayChoice, LatencyBudget, Level, PeerFace, PeerState, PeerStats } from '../api.js';
import type { Control, Outgoing, StateControl } from '../network/messages.js';
import { mayAskOutput, outputLatencyMs } from '../output-latency.js';
import type { Signal } from '../signalling/protocol.js';
import { levelOf, type Tutti } from '../tutti.js';
import type { VideoControl } from '../video/messages.js';
import type { Pictures } from '../video/outgoing.js';
import { PairVideo } from '../video/pair.js';
import { asCaution, DEFAULT_CAUTION, lateCostOf } from './caution.js';
import { ConcealedShare } from './concealed-share.js';
import { Connection } from './connection.js';
import { latencyBudget } from './latency-budget.js';
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
  private readonly concealed = new ConcealedShare();

  constructor(options: PeerOptions) {
    this.id = options.id;
    this.name = options.name;
    this.tutti = options.tutti;
    this.index = options.tutti.takePeer();
    this.caution = options.caution;
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
    this.tutti.set('peerGainDb', this.index, db);
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
    return levelOf(this.tutti.peerReport(this.index), 'peak', 'rms');
  }

  get latencyMs(): number | null {
    return known(this.tutti.peerReport(this.index).captureToPlayoutMs);
  }

  get latencyBudget(): LatencyBudget | null {
    const { context } = this.tutti;
    const report = this.tutti.peerReport(this.index);
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

  /** Of the engine's newest report. */
  stats(dropped: number): PeerStats {
    return peerStats(this.tutti.peerReport(this.index), {
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
    const { playing, concealedFrames } = this.tutti.peerReport(this.index);
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

  channelsClosed(): void {
    this.video.closed();
    this.connection.channelsClosed();
  }

  signallingBack(): void {
    this.connection.signallingBack();
  }

  say(message: Control): void {
    this.tutti.network.sendControl(this.index, message);
  }

  close(): void {
    this.video.close();
    this.connection.close();
    this.tutti.freePeer(this.index);
  }
}
