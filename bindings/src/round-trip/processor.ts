/**
 * Plays and records in one process(), so that one count of frames serves both: what is recorded in a
 * quantum came in while what is played in it went out. Allocates nothing while it runs.
 */
import { PROCESSOR, type FromWorklet, type ProcessorOptions, type ToWorklet } from './messages.js';

declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: unknown): void;

class RoundTripProcessor extends AudioWorkletProcessor {
  private readonly channel: number | null;
  private sound: Float32Array<ArrayBuffer> | null = null;
  private recording: Float32Array<ArrayBuffer> | null = null;
  private frame = 0;
  private over = false;

  constructor({ processorOptions }: { processorOptions: ProcessorOptions }) {
    super();
    this.channel = processorOptions.channel;
    this.port.onmessage = ({ data }: MessageEvent<ToWorklet | null>) => {
      this.sound = data?.sound ?? null;
      this.recording = data?.recording ?? null;
      this.over = data === null;
    };
  }

  process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    const { sound, recording } = this;
    const output = outputs[0]?.[0];
    if (sound === null || recording === null || output === undefined) return !this.over;
    const frames = Math.min(output.length, sound.length - this.frame);
    for (let i = 0; i < frames; i++) output[i] = sound[this.frame + i]!;
    this.record(recording, inputs[0], frames);
    this.frame += frames;
    if (this.frame < sound.length) return true;
    const full: FromWorklet = { recording };
    this.port.postMessage(full, [recording.buffer]);
    this.sound = null;
    this.recording = null;
    this.over = true;
    return false;
  }

  /** A microphone that is not going yet has no channels, and leaves zeros. */
  private record(recording: Float32Array, input: Float32Array[] | undefined, frames: number): void {
    const channels = input?.length ?? 0;
    if (channels === 0) return;
    // A mono device has one channel only, whichever was asked for.
    const first = this.channel === null ? 0 : Math.min(this.channel, channels - 1);
    const last = this.channel === null ? channels - 1 : first;
    const share = 1 / (last - first + 1);
    for (let c = first; c <= last; c++) {
      const heard = input![c]!;
      for (let i = 0; i < frames; i++) recording[this.frame + i]! += share * heard[i]!;
    }
  }
}

registerProcessor(PROCESSOR, RoundTripProcessor);
