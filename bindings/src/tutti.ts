/** One AudioContext with the engine in its worklet, the network thread, and the microphone. */
import type {
  InputChannels,
  Level,
  Microphone,
  MicrophoneChoice,
  NetworkPath,
  Output,
  PipeMake,
  Quality,
  TuttiEvents,
  TuttiFace,
  TuttiOptions,
} from './api.js';
import { openContext, quantumOf } from './context.js';
import { DeviceWatch } from './device-watch.js';
import { TuttiError, messageOf } from './errors.js';
import { MicrophoneInput } from './microphone-input.js';
import { MicrophoneReturn } from './microphone-return.js';
import { describe, openDevice } from './microphone.js';
import { MainLink, WorkerLink, channelsTransfer, type NetworkLink } from './network/link.js';
import { OutputDevice, listOutputs, outputChoosable } from './output-device.js';
import { OutputWatch } from './output-watch.js';
import { packetFramesFor } from './packet.js';
import { makePipe, ringPossible, transferables } from './pipe/make.js';
import { checkSupport } from './support.js';
import { TypedEvents } from './typed-events.js';
import type { Report } from './worklet/engine.js';
import {
  PROCESSOR,
  type FromWorklet,
  type ProcessorOptions,
  type ToWorklet,
} from './worklet/messages.js';
import { readSnapshot, type Snapshot, type SnapshotFields } from './worklet/snapshot.js';

/** Everybody in a full room but oneself, with room to spare for those who reconnect. */
const MAX_PEERS = 64;
/** No engine's start takes so long. */
const START_MS = 15_000;

const INPUT_CHANNELS: Record<InputChannels, number> = { '1': 0, '2': 1, stereo: 2, 'mono-mix': 3 };
const SENT_BITS: Record<Quality, number> = { standard: 16, full: 24 };
const SILENT: Level = { peak: 0, rms: 0 };

export class Tutti extends TypedEvents<TuttiEvents> implements TuttiFace {
  /**
   * Loads and starts everything but the microphone. Rejects with a TuttiError, or with a RangeError
   * for a sampleRate that cannot be.
   */
  static async create(options: TuttiOptions = {}): Promise<Tutti> {
    checkSupport();
    const assets = options.assets ?? './';
    const at = (name: string): string => new URL(assets + name, import.meta.url).href;
    const context = options.context ?? openContext(options);
    try {
      const [wasm] = await Promise.all([
        fetchBytes(options.assets ? at('tutti.wasm') : WASM_URL),
        context.audioWorklet.addModule(options.assets ? at('tutti-worklet.js') : WORKLET_URL),
      ]);
      const make = options.pipe ?? (ringPossible() ? 'ring' : 'port');
      const path = options.path ?? (channelsTransfer() ? 'worker' : 'main');
      const pipe = makePipe(make);
      const node = new AudioWorkletNode(context, PROCESSOR, {
        numberOfInputs: 1,
        numberOfOutputs: 1,
        outputChannelCount: [2],
        // Each channel of the device as it is: a mono one must not become a false stereo.
        channelCountMode: 'max',
        channelInterpretation: 'discrete',
        processorOptions: {
          wasm,
          maxPeers: MAX_PEERS,
          packetFrames: packetFramesFor(quantumOf(context)),
        } satisfies ProcessorOptions,
      });
      node.connect(context.destination);
      const fields = await started(node);
      const toWorklet: ToWorklet = { type: 'pipe', parts: pipe.worklet };
      node.port.postMessage(toWorklet, transferables(pipe.worklet));
      const worker = options.assets ? at('tutti-worker.js') : WORKER_URL;
      const link =
        path === 'worker'
          ? new WorkerLink(worker, pipe.network, (why) => {
              console.error(`Tutti's network worker failed: ${why}`);
            })
          : new MainLink(pipe.network);
      return new Tutti(context, options.context === undefined, node, fields, link, make);
    } catch (thrown) {
      if (options.context === undefined) await context.close();
      if (thrown instanceof TuttiError) throw thrown;
      throw new TuttiError('engine-failed', messageOf(thrown));
    }
  }

  microphone: Microphone | null = null;
  private levels: Report = {};
  private peerLevels = new Map<number, Report>();
  private input: MicrophoneInput | null = null;
  private healed = 0;
  private choice: MicrophoneChoice | null = null;
  private readonly returns = new MicrophoneReturn();
  private readonly devices: DeviceWatch;
  private readonly playing: OutputWatch;
  private chosenQuality: Quality = 'standard';
  private wantsReport: ((snapshot: Snapshot) => void)[] = [];
  private readonly wantsArrivals: ((rows: Float64Array) => void)[] = [];
  private isMuted = false;
  private masterDb = 0;
  private readonly sink: OutputDevice;
  private readonly freed: number[] = Array.from({ length: MAX_PEERS }, (_, i) => i);

  private constructor(
    readonly context: AudioContext,
    private readonly ownsContext: boolean,
    readonly node: AudioWorkletNode,
    private readonly fields: SnapshotFields,
    readonly network: NetworkLink,
    readonly pipe: PipeMake,
  ) {
    super();
    node.port.onmessage = ({ data }: MessageEvent<FromWorklet>) => {
      if (data instanceof Float64Array) this.take(readSnapshot(data, this.fields));
      else if (data.type === 'arrivals') this.wantsArrivals.shift()?.(data.rows);
    };
    node.onprocessorerror = () => {
      console.error('Tutti: the audio worklet failed');
    };
    this.sink = new OutputDevice(context, () => {
      this.emit('output');
    });
    this.playing = new OutputWatch(context, ownsContext, () => {
      this.emit('running');
    });
    this.devices = new DeviceWatch(async (changed) => {
      if (changed) this.sink.look();
      await this.playing.look(changed);
      if (changed || this.microphoneAmiss) await this.lookForMicrophone();
    });
  }

  /** Frames of each packet sent, at 48 kHz. */
  get packetFrames(): number {
    return packetFramesFor(quantumOf(this.context));
  }

  get path(): NetworkPath {
    return this.network.path;
  }

  get running(): boolean {
    return this.context.state === 'running';
  }

  get outputGone(): boolean {
    return this.playing.gone;
  }

  async resume(): Promise<void> {
    if (this.running) return;
    // Browsers leave the promise open when a click is wanted first.
    const patience = new Promise((resolve) => setTimeout(resolve, 2000));
    await Promise.race([this.context.resume(), patience]);
    if (!this.running) throw new TuttiError('context-blocked', this.context.state);
  }

  // ---- microphone ------------------------------------------------------------------------------

  async openMicrophone(choice: MicrophoneChoice): Promise<Microphone> {
    return this.use(await openDevice(choice.deviceId), choice);
  }

  private use(stream: MediaStream, choice: MicrophoneChoice): Microphone {
    const track = stream.getAudioTracks()[0];
    if (track === undefined) throw new TuttiError('microphone-missing');
    let input: MicrophoneInput;
    try {
      input = new MicrophoneInput(this.context, this.node, stream, track, () => {
        this.healed++;
        this.emit('healed');
      });
    } catch (thrown) {
      track.stop();
      throw thrown;
    }
    this.input?.close();
    this.input = input;
    this.choice = choice;
    this.setInputChannels(choice.channels);
    track.onended = () => {
      if (this.input !== input) return;
      this.lose();
      this.devices.lookNow(); // it may be one that goes and comes back at once
    };
    track.onmute = () => {
      this.emit('microphone');
    };
    track.onunmute = () => {
      this.emit('microphone');
      void this.playing.goOn();
      // What it has been connected to may not have outlived the interruption.
      input.renew().catch((thrown: unknown) => {
        console.error(`Tutti: the microphone did not come back: ${messageOf(thrown)}`);
      });
    };
    this.microphone = describe(track);
    this.returns.opened(this.microphone);
    this.devices.lookNow();
    this.emit('microphone');
    // With the microphone, the other devices are allowed.
    this.sink.look();
    return this.microphone;
  }

  setInputChannels(channels: InputChannels): void {
    if (this.choice !== null) this.choice = { ...this.choice, channels };
    this.set('inputChannels', 0, INPUT_CHANNELS[channels]);
  }

  get quality(): Quality {
    return this.chosenQuality;
  }
  set quality(quality: Quality) {
    this.chosenQuality = quality;
    this.set('sentBits', 0, SENT_BITS[quality]);
  }

  get microphoneHeld(): boolean {
    return this.input?.held ?? false;
  }

  closeMicrophone(): void {
    this.choice = null;
    this.lose();
  }

  get microphoneLatencyMs(): number | null {
    return this.input?.latencyMs ?? null;
  }
  get microphoneExcessMs(): number | null {
    return this.input?.excessMs ?? null;
  }
  get microphoneHeals(): number {
    return this.healed;
  }
  async recalibrateMicrophone(): Promise<void> {
    await this.input?.renew();
  }

  async microphones(): Promise<MediaDeviceInfo[]> {
    const devices = await navigator.mediaDevices.enumerateDevices();
    return devices.filter((device) => device.kind === 'audioinput');
  }

  private lose(): void {
    this.input?.close();
    this.input = null;
    if (this.microphone === null) return;
    this.microphone = null;
    this.emit('microphone');
  }

  /** Gone, or as silent as nothing but a device that is not there. */
  private get microphoneAmiss(): boolean {
    if (this.choice === null) return false;
    return this.microphone === null || (this.running && this.inputLevel.peak === 0);
  }

  private async lookForMicrophone(): Promise<void> {
    const { choice } = this;
    if (choice === null) return;
    try {
      const devices = await navigator.mediaDevices.enumerateDevices();
      if (this.choice !== choice) return;
      const { lost, open } = this.returns.judge(choice, this.microphone, devices);
      if (lost) this.lose();
      if (open === null) return;
      const stream = await openDevice(open.deviceId);
      // Meanwhile a person may have chosen another, or none.
      if (this.choice === choice) this.use(stream, open);
      else for (const track of stream.getTracks()) track.stop();
    } catch (thrown) {
      console.info(`Tutti: the microphone is not back yet: ${messageOf(thrown)}`);
    }
  }

  // ---- loudspeaker -----------------------------------------------------------------------------

  get outputChoosable(): boolean {
    return outputChoosable();
  }
  get output(): Output {
    return { deviceId: this.sink.chosen };
  }
  get outputMissing(): boolean {
    return this.sink.gone;
  }
  setOutput(deviceId: string): Promise<void> {
    return this.sink.choose(deviceId);
  }
  outputs(): Promise<MediaDeviceInfo[]> {
    return listOutputs();
  }

  // ---- levels and settings ---------------------------------------------------------------------

  get muted(): boolean {
    return this.isMuted;
  }
  set muted(muted: boolean) {
    if (muted === this.isMuted) return;
    this.isMuted = muted;
    this.set('mute', 0, muted ? 1 : 0);
    this.emit('muted');
  }

  get gainDb(): number {
    return this.masterDb;
  }
  set gainDb(db: number) {
    this.masterDb = db;
    this.set('masterGainDb', 0, db);
  }

  get inputLevel(): Level {
    return levelOf(this.levels, 'inputPeak', 'inputRms');
  }
  get outputLevel(): Level {
    return levelOf(this.levels, 'outputPeak', 'outputRms');
  }
  get limiting(): boolean {
    return this.levels.limiting === 1;
  }

  // ---- for Session -----------------------------------------------------------------------------

  /** Takes a peer of the engine, the one free for longest: late packets may still name it. */
  takePeer(): number {
    const peer = this.freed.shift();
    if (peer === undefined) throw new TuttiError('room-full', 'no peer of the engine is free');
    this.tell({ type: 'add-peer', peer });
    return peer;
  }
  /** The stream begins anew, with all its settings as they were at first. */
  renewPeer(peer: number): void {
    this.tell({ type: 'remove-peer', peer });
    this.tell({ type: 'add-peer', peer });
    this.peerLevels.delete(peer);
  }
  freePeer(peer: number): void {
    this.network.removePeer(peer);
    this.tell({ type: 'remove-peer', peer });
    this.peerLevels.delete(peer);
    this.freed.push(peer);
  }
  /** Names of parameters: engine.h. */
  set(parameter: string, peer: number, value: number): void {
    this.tell({ type: 'set', parameter, peer, value });
  }
  /** The newest report of a peer; empty before the first. */
  peerReport(peer: number): Report {
    return this.peerLevels.get(peer) ?? {};
  }
  /** A report made now. */
  report(): Promise<Snapshot> {
    return new Promise((resolve) => {
      this.wantsReport.push(resolve);
      this.tell({ type: 'report' });
    });
  }

  // ---- for benches -----------------------------------------------------------------------------

  /** From now on the arrivals of so many packets are written down, see worklet/arrivals.ts. */
  watchArrivals(packets: number): void {
    this.tell({ type: 'watch-arrivals', packets });
  }
  /** Rows of ARRIVAL_FIELDS; watching ends. */
  arrivals(): Promise<Float64Array> {
    return new Promise((resolve) => {
      this.wantsArrivals.push(resolve);
      this.tell({ type: 'arrivals' });
    });
  }

  private take(snapshot: Snapshot): void {
    this.levels = snapshot.engine;
    this.peerLevels = new Map(snapshot.peers.map(({ peer, report }) => [peer, report]));
    for (const resolve of this.wantsReport.splice(0)) resolve(snapshot);
    this.emit('levels');
  }

  private tell(message: ToWorklet): void {
    this.node.port.postMessage(message);
  }

  async close(): Promise<void> {
    this.devices.close();
    this.closeMicrophone();
    this.network.close();
    this.node.disconnect();
    // It would render on for ever in a context that goes on.
    this.tell({ type: 'end' });
    this.playing.close();
    if (this.ownsContext) await this.context.close();
  }
}

// Written out one by one, as bundlers look for exactly this form.
const WASM_URL = new URL('./tutti.wasm', import.meta.url).href;
const WORKLET_URL = new URL('./tutti-worklet.js', import.meta.url).href;
const WORKER_URL = new URL('./tutti-worker.js', import.meta.url).href;

export function levelOf(report: Report, peak: string, rms: string): Level {
  const { [peak]: p, [rms]: r } = report;
  return p === undefined || r === undefined ? SILENT : { peak: p, rms: r };
}

async function fetchBytes(url: string): Promise<ArrayBuffer> {
  const response = await fetch(url);
  if (!response.ok) throw new TuttiError('engine-failed', `${url}: ${String(response.status)}`);
  return response.arrayBuffer();
}

/** The worklet says whether its engine came up. */
async function started(node: AudioWorkletNode): Promise<SnapshotFields> {
  return new Promise<SnapshotFields>((resolve, reject) => {
    const late = setTimeout(() => {
      reject(new TuttiError('engine-failed', 'the audio worklet does not answer'));
    }, START_MS);
    node.onprocessorerror = () => {
      reject(new TuttiError('engine-failed', 'the audio worklet threw'));
    };
    node.port.onmessage = ({ data }: MessageEvent<FromWorklet>) => {
      if (data instanceof Float64Array || data.type === 'arrivals') return;
      clearTimeout(late);
      if (data.type === 'failed') reject(new TuttiError('engine-failed', data.why));
      else resolve(data.fields);
    };
  });
}
