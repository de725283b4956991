/**
 * From the worklet that captures to the worklet that plays, over a real RTCPeerConnection within
 * the page, in frames of the one context in which both run.
 */
import type { NetworkPath, PipeMake } from '../api.js';
import { quantumOf } from '../context.js';
import { channelsTransfer } from '../network/link.js';
import { ringPossible } from '../pipe/make.js';
import type { Tutti } from '../tutti.js';
import { ARRIVAL_COLUMNS } from '../worklet/arrivals.js';
import type { Snapshot } from '../worklet/snapshot.js';
import { CODE_WORKLET_URL } from './assets.js';
import { PLAYER, READER, type Reading } from './frame-code.js';
import { load, type Load } from './load.js';
import { Pair } from './pair.js';
import { pause } from './pause.js';
import { scaled, spreadOf, spreadOfCounts, type Spread } from './spread.js';
import { underruns } from './playback-stats.js';
import { watchWakeUps, type WakeUps } from './wake-ups.js';

export interface Way {
  path: NetworkPath;
  pipe: PipeMake;
}

export interface LoopbackOptions extends Way {
  load: Load;
  /** Measured for so long, after so long that is not. */
  seconds: number;
  settleSeconds: number;
  quantumFrames?: number | undefined;
  /** ms that the playout delay is held at; default: the engine's automatic delay. */
  heldDelayMs?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** Part of BenchResult, a contract: fields are added, never renamed or removed. */
export interface LoopbackResult {
  /** As "worker/ring", see SessionStats. */
  transport: string;
  load: Load;
  seconds: number;
  /** Before these. */
  settleSeconds: number;
  quantumFrames: number;
  packetFrames: number;
  /** Every frame heard: frames, and ms, since it was captured. null: none came out as it went in. */
  latencyFrames: Spread | null;
  latencyMs: Spread | null;
  /**
   * Every packet: from the quantum that completed it in the worklet to its arrival in the network
   * thread of the other side, ms; by the stamps of one clock.
   */
  hopMs: Spread | null;
  /** From one arrival in the network thread to the next, ms. */
  intervalMs: Spread | null;
  /**
   * The least constant delay from capture to playout, ms, at which every packet that came would
   * have been in time.
   */
  smallestDelayMs: number | null;
  /** Packets. */
  received: number;
  lost: number;
  late: number;
  /** Not sent, because the way out was full. */
  dropped: number;
  /** Of what was to be played. */
  concealedFrames: number;
  /** Times the playout position jumped. */
  discontinuities: number;
  /** Frames heard that are not as they were captured: concealed, interpolated, blended. */
  unclearFrames: number;
  /** Times the sound device ran dry, or null where the browser does not tell. */
  underruns: number | null;
  /**
   * How late a thread woke meanwhile that slept for a quantum at a time, ms: what the machine did
   * to any program. null where the page is not isolated.
   */
  wakeUpMs: Spread | null;
}

/** Every way that this browser has; none without WebRTC. */
export function ways(): Way[] {
  if (typeof RTCPeerConnection !== 'function') return [];
  const paths: NetworkPath[] = channelsTransfer() ? ['worker', 'main'] : ['main'];
  const pipes: PipeMake[] = ringPossible() ? ['ring', 'port'] : ['port'];
  // The main thread is the fallback: by the better pipe alone.
  return paths.flatMap((path) =>
    (path === 'worker' ? pipes : pipes.slice(0, 1)).map((pipe) => ({ path, pipe })),
  );
}

/** The engine reads so many frames ahead of what it plays (engine/playout/interpolator.h). */
const LOOKAHEAD_FRAMES = 16;
/** No connection within a page needs so long to be heard. */
const HEARD_MS = 30_000;

export async function measureLoopback(options: LoopbackOptions): Promise<LoopbackResult> {
  const { seconds, settleSeconds, signal } = options;
  const pair = await Pair.open(options);
  let endLoad = (): void => undefined;
  let wakeUps: WakeUps | null = null;
  try {
    const { context, sender, receiver } = pair;
    const reader = await wire(pair);
    if (options.heldDelayMs !== undefined) {
      receiver.tutti.set('peerDelayMs', receiver.peer, options.heldDelayMs);
      receiver.tutti.set('peerDelayMode', receiver.peer, 2);
    }
    await heard(receiver.tutti, receiver.peer, signal);
    endLoad = load(options.load);
    await pause(settleSeconds, signal);

    const packetFrames = sender.tutti.packetFrames;
    receiver.tutti.watchArrivals(Math.ceil((seconds * 1.5 * context.sampleRate) / packetFrames));
    await read(reader);
    wakeUps = watchWakeUps((1000 * packetFrames) / context.sampleRate);
    const before = await stand(pair);
    await pause(seconds, signal);
    const after = await stand(pair);
    const { delays, unclear } = await read(reader);
    const rows = await receiver.tutti.arrivals();
    const wakeUpMs = await wakeUps.end();
    wakeUps = null;

    const since = (field: string): number =>
      (after.report[field] ?? 0) - (before.report[field] ?? 0);
    const msPerFrame = 1000 / context.sampleRate;
    const latencyFrames = spreadOfCounts(delays);
    return {
      transport: `${options.path}/${options.pipe}`,
      load: options.load,
      seconds,
      settleSeconds,
      quantumFrames: quantumOf(context),
      packetFrames,
      latencyFrames,
      latencyMs: scaled(latencyFrames, msPerFrame),
      ...arrivalsOf(rows, after.senderBegan, packetFrames, msPerFrame),
      received: since('received'),
      lost: since('lost'),
      late: since('late'),
      dropped: after.dropped - before.dropped,
      concealedFrames: since('concealedFrames'),
      discontinuities: since('discontinuities'),
      unclearFrames: unclear,
      underruns: after.underruns === null ? null : after.underruns - (before.underruns ?? 0),
      wakeUpMs,
    };
  } finally {
    endLoad();
    await wakeUps?.end().catch(() => null);
    await pair.close();
  }
}

/** The code goes in at one end and is read at the other. */
async function wire({ context, sender, receiver }: Pair): Promise<AudioWorkletNode> {
  await context.audioWorklet.addModule(CODE_WORKLET_URL);
  const player = new AudioWorkletNode(context, PLAYER, {
    numberOfInputs: 0,
    outputChannelCount: [1],
  });
  const reader = new AudioWorkletNode(context, READER, { numberOfOutputs: 0 });
  player.connect(sender.tutti.node);
  receiver.tutti.node.connect(reader);
  return reader;
}

function read(reader: AudioWorkletNode): Promise<Reading> {
  return new Promise((resolve) => {
    reader.port.onmessage = ({ data }: MessageEvent<Reading>) => {
      resolve(data);
    };
    reader.port.postMessage(null);
  });
}

async function heard(tutti: Tutti, peer: number, signal?: AbortSignal): Promise<void> {
  const end = performance.now() + HEARD_MS;
  while (tutti.peerReport(peer)['playing'] !== 1) {
    if (performance.now() > end) throw new Error('Packets do not arrive.');
    await pause(0.05, signal);
  }
}

interface Stand {
  report: Record<string, number>;
  dropped: number;
  underruns: number | null;
  /** The frame of the context at which the sender's first packet began. */
  senderBegan: number;
}

async function stand({ context, sender, receiver }: Pair): Promise<Stand> {
  const [near, far, outgoing] = await Promise.all([
    receiver.tutti.report(),
    sender.tutti.report(),
    sender.tutti.network.report(),
  ]);
  return {
    report: near.peers.find(({ peer }) => peer === receiver.peer)?.report ?? {},
    dropped: outgoing.get(sender.peer)?.dropped ?? 0,
    underruns: underruns(context),
    senderBegan: began(far),
  };
}

const began = ({ nextFrame, engine }: Snapshot): number => nextFrame - engine['frames']!;

/** What the arrivals tell; see worklet/arrivals.ts for the rows. */
function arrivalsOf(
  rows: Float64Array,
  senderBegan: number,
  packetFrames: number,
  msPerFrame: number,
): Pick<LoopbackResult, 'hopMs' | 'intervalMs' | 'smallestDelayMs'> {
  const hops: number[] = [];
  const intervals: number[] = [];
  let latest = -Infinity;
  for (let at = 0; at < rows.length; at += ARRIVAL_COLUMNS) {
    const [, sequence, captureUs, arrivalUs, frame] = rows.subarray(at, at + ARRIVAL_COLUMNS);
    hops.push((arrivalUs! - captureUs!) / 1000);
    if (at > 0) intervals.push((arrivalUs! - rows[at - ARRIVAL_COLUMNS + 3]!) / 1000);
    // The sequence has 16 bits; the packet was captured no longer ago than they last.
    const ago = (frame! - senderBegan) / packetFrames - sequence!;
    const captured = senderBegan + (sequence! + 65_536 * Math.floor(ago / 65_536)) * packetFrames;
    latest = Math.max(latest, frame! - captured);
  }
  return {
    hopMs: spreadOf(hops),
    intervalMs: spreadOf(intervals),
    smallestDelayMs: rows.length === 0 ? null : (latest + LOOKAHEAD_FRAMES) * msPerFrame,
  };
}
