/** Power spectra by the radix-2 fast Fourier transform of Cooley and Tukey. */
export class PowerSpectrum {
  private readonly re: Float64Array;
  private readonly im: Float64Array;
  private readonly cos: Float64Array;
  private readonly sin: Float64Array;

  /** `size`: a power of two. */
  constructor(private readonly size: number) {
    if (size < 2 || (size & (size - 1)) !== 0) throw new RangeError(`${size} is no power of two`);
    this.re = new Float64Array(size);
    this.im = new Float64Array(size);
    this.cos = Float64Array.from({ length: size / 2 }, (_, i) =>
      Math.cos((2 * Math.PI * i) / size),
    );
    this.sin = Float64Array.from(
      { length: size / 2 },
      (_, i) => -Math.sin((2 * Math.PI * i) / size),
    );
  }

  /** Squared magnitudes of the bins 0 to size/2 of `samples`. */
  of(samples: Float64Array): Float64Array {
    const { re, im, size } = this;
    for (let i = 0, reversed = 0; i < size; i++) {
      re[reversed] = samples[i]!;
      im[reversed] = 0;
      let bit = size >> 1;
      for (; reversed & bit; bit >>= 1) reversed ^= bit;
      reversed |= bit;
    }
    for (let span = 1; span < size; span *= 2) this.butterflies(span);
    return Float64Array.from({ length: size / 2 + 1 }, (_, i) => re[i]! ** 2 + im[i]! ** 2);
  }

  private butterflies(span: number): void {
    const { re, im, cos, sin, size } = this;
    const step = size / (2 * span);
    for (let begin = 0; begin < size; begin += 2 * span) {
      for (let k = 0; k < span; k++) {
        const low = begin + k;
        const high = low + span;
        const c = cos[k * step]!;
        const s = sin[k * step]!;
        const x = re[high]! * c - im[high]! * s;
        const y = re[high]! * s + im[high]! * c;
        re[high] = re[low]! - x;
        im[high] = im[low]! - y;
        re[low]! += x;
        im[low]! += y;
      }
    }
  }
}
