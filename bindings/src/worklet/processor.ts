/**
 * The audio worklet: microphone in, packets out to the pipe; packets in from the pipe, the mix of
 * all peers out. Everything that knows what a sample is happens in the engine.
 */
import { workletEnd } from '../pipe/make.js';
import { PACKET_FRAMES } from '../packet.js';
import { Kind, type WorkletEnd } from '../pipe/pipe.js';
import { Engine } from './engine.js';
import { PROCESSOR, type FromWorklet, type ProcessorOptions, type ToWorklet } from './messages.js';
import { QuantumTimer } from './quantum-timer.js';

declare const sampleRate: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: unknown): void;

/** The engine takes any number up to this; today's browsers render 128 frames at a time. */
const MAX_FRAMES = 2048;
const SNAPSHOTS_PER_S = 25;

class TuttiProcessor extends AudioWorkletProcessor {
  private engine: Engine | null = null;
  private pipe: WorkletEnd | null = null;
  private readonly timer = new QuantumTimer();
  private readonly present = new Set<number>();
  private untilSnapshot = 0;

  constructor({ processorOptions }: { processorOptions: ProcessorOptions }) {
    super();
    this.port.onmessage = (event: MessageEvent<ToWorklet>) => {
      this.obey(event.data);
    };
    try {
      const engine = new Engine(processorOptions.wasm, {
        sampleRate,
        maxFrames: MAX_FRAMES,
        maxPeers: processorOptions.maxPeers,
        packetFrames: PACKET_FRAMES,
        bits: 16,
      });
      this.engine = engine;
      this.tell({ type: 'ready' });
    } catch (thrown) {
      this.tell({ type: 'failed', why: String(thrown) });
    }
  }

  process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    const { engine, pipe } = this;
    const output = outputs[0];
    const left = output?.[0];
    if (engine === null || pipe === null || left === undefined) return true;
    this.timer.start();
    const frames = left.length;

    // What is played leaves first: a packet waits for nothing that can be done after it.
    const input = inputs[0];
    const channels = Math.min(input?.length ?? 0, 2);
    for (let c = 0; c < channels; c++) engine.input[c]!.set(input![c]!);
    const packets = engine.capture(channels, frames);
    for (let i = 0; i < packets; i++) {
      pipe.send(Kind.Datagram, 0, 0, engine.packetAddress(i), engine.packetBytes(i));
    }

    pipe.drain();
    engine.render(frames);
    for (let c = 0; c < output!.length; c++) {
      const rendered = engine.output[c]!;
      const target = output![c]!;
      for (let i = 0; i < frames; i++) target[i] = rendered[i]!;
    }

    this.timer.stop((frames / sampleRate) * 1000);
    this.untilSnapshot -= frames;
    if (this.untilSnapshot <= 0) {
      this.untilSnapshot += sampleRate / SNAPSHOTS_PER_S;
      this.tellSnapshot();
    }
    return true;
  }

  private obey(message: ToWorklet): void {
    switch (message.type) {
      case 'pipe':
        if (this.engine !== null) this.pipe = workletEnd(message.parts, this.engine);
        break;
      case 'add-peer':
        if (this.engine?.addPeer(message.peer) === true) this.present.add(message.peer);
        break;
      case 'remove-peer':
        if (this.engine?.removePeer(message.peer) === true) this.present.delete(message.peer);
        break;
      case 'set':
        this.engine?.set(message.parameter, message.peer, message.value);
        break;
      case 'report':
        this.tellSnapshot();
        break;
    }
  }

  private tellSnapshot(): void {
    const { engine, timer } = this;
    if (engine === null) return;
    this.tell({
      type: 'snapshot',
      engine: engine.engineReport(),
      peers: Array.from(this.present, (peer) => ({ peer, report: engine.peerReport(peer) ?? {} })),
      quantum: {
        p50Us: timer.quantile(0.5),
        p99Us: timer.quantile(0.99),
        overruns: timer.overruns,
      },
    });
  }

  private tell(message: FromWorklet): void {
    this.port.postMessage(message);
  }
}

registerProcessor(PROCESSOR, TuttiProcessor);
