/**
 * One run of `scripts/bench engine`, in a process of its own so that it begins cold: tutti.wasm
 * is configured (it warms itself up then), hears streams that lose packets, and every quantum is
 * timed. Argument: a RunOptions in JSON. Prints a Run in JSON.
 */
import { readFileSync } from 'node:fs';
import { Kind } from '../../bindings/src/pipe/pipe.js';
import { Engine } from '../../bindings/src/worklet/engine.js';
import { Random } from '../../bindings/src/bench/random.js';
import { Musician } from '../../bindings/src/bench/musician.js';
import { lossEvents } from './loss-events.ts';
import { PACKET_FRAMES, PACKET_MS } from './stream.ts';

export interface RunOptions {
  streams: number;
  channels: number;
  /** null: the engine chooses. */
  delayMs: number | null;
  /** Numbers of streams that lose a packet at once. */
  losers: number[];
  /** How often each. */
  events: number;
  /** Whether to tell what happened in each quantum: takes as long again. */
  explained: boolean;
}

/** Of each quantum in turn. */
export interface Run {
  renderUs: number[];
  /** What receiving the packets took that came before it. */
  receiveUs: number[];
  /** Streams that conceal in it, and did not in the one before. Empty unless asked for. */
  begin: number[];
  /** Streams that conceal in it, and did in the one before. Empty unless asked for. */
  goOn: number[];
}

const EPOCH_US = 1.7e15;
const NETWORK_MS = 10;
const JITTER_MS = 0.8;
/**
 * Every sender's clock is so much faster: sound is interpolated as in real rooms, and still all
 * streams reach the end of a packet in the same quantum.
 */
const DRIFT = 30e-6;
/** Quanta after the last loss. */
const REST = 60;

type Look = (quantum: number, engine: Engine) => void;

class Feed {
  private readonly events;
  private readonly musicians: Musician[];
  private readonly lost: ReadonlySet<number>[];
  readonly quanta: number;

  constructor(private readonly options: RunOptions) {
    const { streams, channels, losers, events } = options;
    this.events = lossEvents(streams, losers, events);
    this.musicians = Array.from({ length: streams }, (_, i) => new Musician(i + 1, channels));
    const lost = this.musicians.map(() => new Set<number>());
    for (const event of this.events) {
      for (const stream of event.streams) {
        for (let i = 0; i < event.packets; i++) lost[stream]!.add(event.at + i);
      }
    }
    this.lost = lost;
    this.quanta = this.events.at(-1)!.at + REST;
  }

  /** The same every time, but for what the two times are. */
  play(
    wasm: Uint8Array<ArrayBuffer>,
    renderUs: Float64Array,
    receiveUs: Float64Array,
    look: Look,
  ): void {
    const { streams, delayMs } = this.options;
    const engine = new Engine(wasm, {
      sampleRate: 48_000,
      maxFrames: PACKET_FRAMES,
      maxPeers: 64,
      packetFrames: PACKET_FRAMES,
      bits: 16,
    });
    for (let peer = 0; peer < streams; peer++) {
      engine.addPeer(peer);
      if (delayMs === null) continue;
      engine.set('peerDelayMs', peer, delayMs);
      engine.set('peerDelayMode', peer, 1);
    }
    const memory = new Uint8Array(engine.memory);
    const random = new Random(7);
    const packetMs = PACKET_MS / (1 + DRIFT);
    const arrivalOf = (k: number) => k * packetMs + NETWORK_MS + JITTER_MS * random.next();
    let next = 0;
    let arrival = arrivalOf(0);
    for (let quantum = 0; quantum < this.quanta; quantum++) {
      const nowMs = quantum * PACKET_MS;
      let receiving = 0;
      while (arrival <= nowMs) {
        for (let peer = 0; peer < streams; peer++) {
          if (this.lost[peer]!.has(next)) continue;
          const packet = this.musicians[peer]!.packet(next, EPOCH_US + 1000 * next * packetMs);
          memory.set(packet, engine.address);
          engine.time[0] = EPOCH_US + 1000 * arrival;
          const before = performance.now();
          engine.take(Kind.Datagram, peer, packet.length);
          receiving += performance.now() - before;
        }
        arrival = arrivalOf(++next);
      }
      const before = performance.now();
      engine.render(PACKET_FRAMES);
      renderUs[quantum] = 1000 * (performance.now() - before);
      receiveUs[quantum] = 1000 * receiving;
      look(quantum, engine);
    }
  }
}

function run(options: RunOptions): Run {
  const wasm = new Uint8Array(
    readFileSync(new URL('../../build/wasm/bin/tutti.wasm', import.meta.url)),
  );
  const feed = new Feed(options);
  const times = () => new Float64Array(feed.quanta);
  const [renderUs, receiveUs] = [times(), times()];
  feed.play(wasm, renderUs, receiveUs, () => undefined);
  const [begin, goOn]: [number[], number[]] = [[], []];
  if (options.explained) {
    // In a second run, so that asking is not measured.
    const concealed = new Float64Array(options.streams);
    const concealing = new Uint8Array(options.streams);
    feed.play(wasm, times(), times(), (quantum, engine) => {
      begin[quantum] = goOn[quantum] = 0;
      for (let peer = 0; peer < options.streams; peer++) {
        const frames = engine.peerReport(peer)!['concealedFrames']!;
        const now = frames > concealed[peer]!;
        if (now) (concealing[peer] ? goOn : begin)[quantum]!++;
        concealed[peer] = frames;
        concealing[peer] = Number(now);
      }
    });
  }
  return { renderUs: [...renderUs], receiveUs: [...receiveUs], begin, goOn };
}

console.log(JSON.stringify(run(JSON.parse(process.argv[2]!) as RunOptions)));
