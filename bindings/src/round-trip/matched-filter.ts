/**
 * How strongly a sweep arrives at each lag: the envelope of its cross-correlation with what was
 * recorded, whitened by both spectra (the smoothed coherence transform: C. Knapp and G. Carter, "The
 * Generalized Correlation Method for Estimation of Time Delay", IEEE Transactions on Acoustics,
 * Speech, and Signal Processing 24(4), 1976). So a chord that is held, or a loudspeaker without
 * trebles, does not blur the arrival; and the envelope does not care for polarity or phase.
 *
 * The recording's spectrum is smoothed over an octave: a finer one would follow the comb that a
 * strong reflection makes, and dividing by it would mirror the reflection to before the arrival.
 */
import { FourierTransform, powerOfTwo } from './fft.js';

/** An octave so much weaker than the strongest holds no sound that is worth raising: -60 dB. */
const LEAST_SHARE = 1e-6;
/** Short against a sweep, long against a period. */
const BLOCK_S = 0.002;

/** Of a sweep: what to filter with. */
export interface Reference {
  /** Of the bins of the band: the spectrum, conjugated, of magnitude 1. */
  re: Float64Array;
  im: Float64Array;
  /** Where in time, block by block, its energy lies once it is white; the sum is 1. */
  energy: Float64Array;
}

/** At each lag, in frames from the begin of the recording's stretch; scaled as it comes. */
export interface Arrivals {
  powers: Float64Array;
  /**
   * The power to be expected from sound that has nothing to do with the sweep: what there is of it,
   * while the sweep would be arriving. A click or a syllable is strong at many lags, but not
   * stronger than this.
   */
  expected: Float64Array;
}

export class MatchedFilter {
  private readonly transform: FourierTransform;
  private readonly re: Float64Array;
  private readonly im: Float64Array;
  private readonly sums: Float64Array;
  /** Hann's window over the band: what is left and right of an arrival stays 31 dB below it. */
  private readonly taper: Float64Array;
  private readonly first: number;
  private readonly block: number;

  /** For recordings of so many frames, and the band that the sweeps go through. Allocates. */
  constructor(
    private readonly frames: number,
    sampleRate: number,
    lowestHz: number,
    highestHz: number,
  ) {
    const size = powerOfTwo(frames);
    this.transform = new FourierTransform(size);
    this.re = new Float64Array(size);
    this.im = new Float64Array(size);
    this.sums = new Float64Array(size / 2 + 1);
    this.first = Math.ceil((lowestHz / sampleRate) * size);
    const width = Math.floor((highestHz / sampleRate) * size) - this.first + 1;
    this.taper = Float64Array.from({ length: width }, (_, i) => {
      return Math.sin((Math.PI * (i + 0.5)) / width) ** 2;
    });
    this.block = Math.max(1, Math.round(BLOCK_S * sampleRate));
  }

  reference(sweep: Float32Array): Reference {
    this.load(sweep, 0, sweep.length);
    const re = this.band(this.re);
    const im = this.band(this.im);
    for (let i = 0; i < re.length; i++) {
      const magnitude = Math.hypot(re[i]!, im[i]!);
      re[i]! /= magnitude;
      im[i]! /= magnitude;
    }
    this.back(re, im);
    const energy = this.blocks(sweep.length);
    const whole = energy.reduce((sum, x) => sum + x, 0);
    return { re, im: im.map((x) => -x), energy: energy.map((x) => x / whole) };
  }

  /** The recording's stretch begins at `start`; at every lag all of the sweep is within it. */
  arrivals(recording: Float32Array, start: number, reference: Reference, lags: number): Arrivals {
    this.load(recording, start, this.frames);
    const re = this.band(this.re);
    const im = this.band(this.im);
    this.whiten(re, im);
    this.back(re, im);
    const expected = this.expected(this.blocks(this.frames), reference.energy, lags);
    for (let i = 0; i < re.length; i++) {
      const x = re[i]!;
      const y = im[i]!;
      re[i] = x * reference.re[i]! - y * reference.im[i]!;
      im[i] = x * reference.im[i]! + y * reference.re[i]!;
    }
    this.back(re, im);
    const powers = Float64Array.from({ length: lags }, (_, lag) => this.power(lag));
    return { powers, expected };
  }

  private load(sound: Float32Array, start: number, frames: number): void {
    this.re.fill(0).set(sound.subarray(start, start + frames));
    this.im.fill(0);
    this.transform.forward(this.re, this.im);
  }

  private band(spectrum: Float64Array): Float64Array {
    return spectrum.slice(this.first, this.first + this.taper.length);
  }

  /** To each bin's share of the octave around it. */
  private whiten(re: Float64Array, im: Float64Array): void {
    const { sums, first } = this;
    const last = first + re.length - 1;
    for (let i = 0; i < re.length; i++) {
      sums[first + i + 1] = sums[first + i]! + re[i]! ** 2 + im[i]! ** 2;
    }
    const octave = (_: unknown, i: number): number => {
      const low = Math.max(first, Math.floor((first + i) * Math.SQRT1_2));
      const high = Math.min(last, Math.ceil((first + i) * Math.SQRT2)) + 1;
      return Math.max(0, sums[high]! - sums[low]!) / (high - low);
    };
    const octaves = Float64Array.from(re, octave);
    const least = octaves.reduce((most, x) => Math.max(most, x), 0) * LEAST_SHARE;
    if (least === 0) return; // silence is as white as can be
    for (let i = 0; i < re.length; i++) {
      const weight = 1 / Math.sqrt(octaves[i]! + least);
      re[i]! *= weight;
      im[i]! *= weight;
    }
  }

  /** Into time: of positive frequencies alone comes the analytic signal, whose size is the envelope. */
  private back(re: Float64Array, im: Float64Array): void {
    this.re.fill(0);
    this.im.fill(0);
    for (let i = 0; i < re.length; i++) {
      this.re[this.first + i] = re[i]! * this.taper[i]!;
      this.im[this.first + i] = im[i]! * this.taper[i]!;
    }
    this.transform.inverse(this.re, this.im);
  }

  private power(frame: number): number {
    return this.re[frame]! ** 2 + this.im[frame]! ** 2;
  }

  /** Mean powers of the blocks of the first so many frames. */
  private blocks(frames: number): Float64Array {
    const { block } = this;
    return Float64Array.from({ length: Math.floor(frames / block) }, (_, b) => {
      let sum = 0;
      for (let i = b * block; i < (b + 1) * block; i++) sum += this.power(i);
      return sum / block;
    });
  }

  private expected(powers: Float64Array, energy: Float64Array, lags: number): Float64Array {
    const perBlock = Float64Array.from({ length: Math.ceil(lags / this.block) }, (_, b) => {
      return energy.reduce((sum, share, i) => sum + share * (powers[b + i] ?? 0), 0);
    });
    return Float64Array.from({ length: lags }, (_, lag) => perBlock[Math.floor(lag / this.block)]!);
  }
}
