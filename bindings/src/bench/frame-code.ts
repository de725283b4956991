/**
 * Sound whose every sample tells which frame of the context it is: what comes out of an engine,
 * bit for bit, tells how long it has been under way, exactly, and what was made up in between is
 * no such sound.
 *
 * Frame n is sample CODE[n mod 32,768], a shuffling of the 15-bit numbers at half of full scale:
 * exact in 16 bits, below where the limiter begins, and like noise, so that no concealment gets it
 * right by chance. Delays of 32,768 frames (683 ms at 48 kHz) and more come out that much shorter.
 */
export const CODE_FRAMES = 1 << 15;
const HALF = CODE_FRAMES / 2;
const FULL_SCALE = 32_768;
/** A 16-bit sample is a whole number; what has been interpolated or made up is not. */
const WHOLE = 1 / 64;
/** So many samples in a row that agree on the delay are no chance. */
const SURE = 8;

/** The processors of frame-code-processors.ts. */
export const PLAYER = 'tutti-frame-code-player';
export const READER = 'tutti-frame-code-reader';

/** What a reader answers to any message; then it begins anew. */
export interface Reading {
  /** Frames by their delay in frames. */
  delays: Uint32Array;
  unclear: number;
}

/** Fisher and Yates's shuffle, by a linear congruential generator: the same in every thread. */
function shuffled(): Uint16Array {
  const numbers = Uint16Array.from({ length: CODE_FRAMES }, (_, i) => i);
  let random = 1;
  for (let i = CODE_FRAMES - 1; i > 0; i--) {
    random = (Math.imul(random, 1664525) + 1013904223) >>> 0;
    const j = Math.floor((random / 2 ** 32) * (i + 1));
    const kept = numbers[i]!;
    numbers[i] = numbers[j]!;
    numbers[j] = kept;
  }
  return numbers;
}

export class FrameEncoder {
  private readonly samples = Float32Array.from(shuffled(), (k) => (k - HALF) / FULL_SCALE);

  /** The sound of the frames from `frame` on. Allocates nothing. */
  write(into: Float32Array, frame: number): void {
    for (let i = 0; i < into.length; i++) into[i] = this.samples[(frame + i) % CODE_FRAMES]!;
  }
}

export class FrameDecoder {
  /** How many frames were heard so many frames after they were played. */
  readonly delays = new Uint32Array(CODE_FRAMES);
  /** Frames of which that cannot be told: interpolated, concealed, or silence. */
  unclear = 0;
  private readonly numbers = new Uint16Array(CODE_FRAMES);
  private delay = -1;
  private candidate = -1;
  private agreeing = 0;

  constructor() {
    shuffled().forEach((k, i) => (this.numbers[k] = i));
  }

  /** What is heard from `frame` on. Allocates nothing. */
  read(heard: Float32Array, frame: number): void {
    for (let i = 0; i < heard.length; i++) this.readOne(heard[i]!, frame + i);
  }

  private readOne(sample: number, frame: number): void {
    const value = sample * FULL_SCALE + HALF;
    const k = Math.round(value);
    if (!(Math.abs(value - k) < WHOLE) || k < 0 || k >= CODE_FRAMES) {
      this.unclear++;
      this.agreeing = 0;
      return;
    }
    const delay = (frame - this.numbers[k]!) & (CODE_FRAMES - 1);
    if (delay === this.delay) {
      this.delays[delay]!++;
      return;
    }
    // Another delay, if others say so too.
    this.agreeing = delay === this.candidate ? this.agreeing + 1 : 1;
    this.candidate = delay;
    this.unclear++;
    if (this.agreeing < SURE) return;
    this.delay = delay;
    this.unclear -= SURE;
    this.delays[delay]! += SURE;
    this.agreeing = 0;
  }

  reset(): void {
    this.delays.fill(0);
    this.unclear = 0;
    this.delay = this.candidate = -1;
    this.agreeing = 0;
  }
}
