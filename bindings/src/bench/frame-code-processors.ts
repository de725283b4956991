/** The two ends of a loop that is measured: plays a frame code, and reads it. See frame-code.ts. */
import { FrameDecoder, FrameEncoder, PLAYER, READER, type Reading } from './frame-code.js';

declare const currentFrame: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: unknown): void;

class Player extends AudioWorkletProcessor {
  private readonly encoder = new FrameEncoder();

  process(_inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    const into = outputs[0]?.[0];
    if (into !== undefined) this.encoder.write(into, currentFrame);
    return true;
  }
}

class Reader extends AudioWorkletProcessor {
  private readonly decoder = new FrameDecoder();

  constructor() {
    super();
    this.port.onmessage = () => {
      const { delays, unclear } = this.decoder;
      this.port.postMessage({ delays, unclear } satisfies Reading);
      this.decoder.reset();
    };
  }

  process(inputs: Float32Array[][]): boolean {
    const heard = inputs[0]?.[0];
    if (heard !== undefined) this.decoder.read(heard, currentFrame);
    return true;
  }
}

registerProcessor(PLAYER, Player);
registerProcessor(READER, Reader);
