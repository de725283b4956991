/** One musician of the session, as heard here. */
import type { DelayChoice, Level, PeerFace, PeerState, PeerStats } from '../api.js';
import type { Control } from '../network/messages.js';
import type { Signal } from '../signalling/protocol.js';
import { levelOf, type Tutti } from '../tutti.js';
import { Connection } from './connection.js';

export interface PeerOptions {
  tutti: Tutti;
  id: string;
  name: string;
  offers: boolean;
  breaksTie: boolean;
  configuration: RTCConfiguration;
  send: (signal: Signal) => Promise<void>;
  changed: () => void;
}

const DELAY_MODE: Record<DelayChoice['mode'], number> = { auto: 0, fixed: 1, held: 2 };
const known = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value;

export class Peer implements PeerFace {
  readonly id: string;
  /** The engine's number for this peer. */
  readonly index: number;
  name: string;
  selfMuted = false;
  private readonly tutti: Tutti;
  private readonly connection: Connection;
  private wasConnected = false;
  private gain = 0;
  private position = 0;
  private muted = false;
  private soloed = false;
  private chosenDelay: DelayChoice = { mode: 'auto' };

  constructor(options: PeerOptions) {
    this.id = options.id;
    this.name = options.name;
    this.tutti = options.tutti;
    this.index = options.tutti.takePeer();
    this.connection = new Connection({
      peer: this.index,
      offers: options.offers,
      breaksTie: options.breaksTie,
      configuration: options.configuration,
      network: options.tutti.network,
      send: options.send,
      changed: options.changed,
    });
  }

  get state(): PeerState {
    if (this.connection.up) return 'connected';
    if (this.wasConnected) return 'lost';
    return this.connection.hopeless ? 'unreachable' : 'waiting';
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

  get level(): Level {
    return levelOf(this.tutti.peerReport(this.index), 'peak', 'rms');
  }

  get latencyMs(): number | null {
    return known(this.tutti.peerReport(this.index).captureToPlayoutMs);
  }

  /** Of the engine's newest report. */
  stats(dropped: number): PeerStats {
    const report = this.tutti.peerReport(this.index);
    const count = (field: string): number => report[field] ?? 0;
    const playing = report.playing === 1;
    return {
      id: this.id,
      name: this.name,
      codec: 'pcm16',
      rttMs: known(report.roundTripMs),
      playoutDelayMs: playing ? known(report.playoutDelayMs) : null,
      captureToPlayoutMs: playing ? known(report.captureToPlayoutMs) : null,
      driftPpm: null,
      received: count('received'),
      lost: count('lost'),
      dropped,
      late: count('late'),
      duplicate: count('duplicate'),
      reordered: count('reordered'),
      malformed: count('malformed'),
      concealedFrames: count('concealedFrames'),
      discontinuities: count('discontinuities'),
    };
  }

  // ---- for Session -----------------------------------------------------------------------------

  take(signal: Signal): void {
    this.connection.take(signal);
  }

  channelsOpened(state: Control): void {
    this.wasConnected = true;
    this.connection.channelsOpened();
    this.say(state);
  }

  channelsClosed(): void {
    this.connection.channelsClosed();
  }

  signallingBack(): void {
    this.connection.signallingBack();
  }

  say(message: Control): void {
    this.tutti.network.sendControl(this.index, message);
  }

  close(): void {
    this.connection.close();
    this.tutti.freePeer(this.index);
  }
}
