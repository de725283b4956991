/**
 * Times the engine's quanta: tutti.wasm hears streams of made-up music in virtual time, in whatever
 * thread this is called, and what each quantum takes is written down. Needs nothing of the browser.
 */
import { Kind } from '../pipe/pipe.js';
import { Engine } from '../worklet/engine.js';
import { Musician, PACKET_FRAMES } from './musician.js';
import { Random } from './random.js';

export interface QuantumCase {
  /** 1 to 64. */
  peers: number;
  channels: 1 | 2;
  /** Every stream loses a packet at once, again and again; else none does. */
  losses: boolean;
}

/** us that each of the quanta took. */
export interface QuantumTimes {
  /** receive() of all packets that came before it, and render(). */
  quantumUs: Float64Array;
  /** Whether streams concealed in it. */
  concealing: Uint8Array;
  /** All quanta together, us: exact even where the clock is coarse. */
  totalUs: number;
}

const RATE = 48_000;
const EPOCH_US = 1.7e15;
const NETWORK_MS = 10;
const JITTER_MS = 0.8;
/** Every sender's clock is so much faster: sound is interpolated, as in real rooms. */
const DRIFT = 30e-6;
/** Streams take turns with so many pieces of music. */
const MUSICIANS = 8;
/** Packets from one loss to the next. */
const LOSS_EVERY = 23;
/** Not counted: the streams begin, and the compiler reaches its best. */
const WARM_UP = 600;

/** Blocks its thread for some seconds. */
export function timeQuanta(
  wasm: BufferSource,
  { peers, channels, losses }: QuantumCase,
  quanta: number,
): QuantumTimes {
  const engine = new Engine(wasm, {
    sampleRate: RATE,
    maxFrames: PACKET_FRAMES,
    maxPeers: 64,
    packetFrames: PACKET_FRAMES,
    bits: 16,
  });
  for (let peer = 0; peer < peers; peer++) engine.addPeer(peer);
  const musicians = Array.from(
    { length: Math.min(peers, MUSICIANS) },
    (_, i) => new Musician(i + 1, channels),
  );
  const memory = new Uint8Array(engine.memory);
  const random = new Random(7);
  const quantumMs = (1000 * PACKET_FRAMES) / RATE;
  const packetMs = quantumMs / (1 + DRIFT);
  const arrivalOf = (k: number): number => k * packetMs + NETWORK_MS + JITTER_MS * random.next();
  let next = 0;
  let arrival = arrivalOf(0);

  /** Everything that has come by `nowMs`; returns the ms it took. */
  const receive = (nowMs: number): number => {
    let taken = 0;
    while (arrival <= nowMs) {
      if (!losses || next % LOSS_EVERY !== LOSS_EVERY - 1) {
        for (let peer = 0; peer < peers; peer++) {
          const musician = musicians[peer % musicians.length]!;
          const packet = musician.packet(next, EPOCH_US + 1000 * next * packetMs);
          memory.set(packet, engine.address);
          engine.time[0] = EPOCH_US + 1000 * arrival;
          const before = performance.now();
          engine.take(Kind.Datagram, peer, packet.length);
          taken += performance.now() - before;
        }
      }
      arrival = arrivalOf(++next);
    }
    return taken;
  };

  const quantumUs = new Float64Array(quanta);
  const concealing = new Uint8Array(quanta);
  let concealed = 0;
  let totalUs = 0;
  for (let quantum = -WARM_UP; quantum < quanta; quantum++) {
    const received = receive((quantum + WARM_UP) * quantumMs);
    const before = performance.now();
    engine.render(PACKET_FRAMES);
    const us = 1000 * (performance.now() - before + received);
    const frames = engine.peerReport(0)!['concealedFrames']!;
    if (quantum >= 0) {
      quantumUs[quantum] = us;
      concealing[quantum] = Number(frames > concealed);
      totalUs += us;
    }
    concealed = frames;
  }
  return { quantumUs, concealing, totalUs };
}
