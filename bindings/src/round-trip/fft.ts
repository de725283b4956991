/** The radix-2 fast Fourier transform of Cooley and Tukey, in place, complex. */
export class FourierTransform {
  private readonly cos: Float64Array;
  private readonly sin: Float64Array;

  /** `size`: a power of two. */
  constructor(readonly size: number) {
    if (size < 2 || (size & (size - 1)) !== 0) throw new RangeError(`${size} is no power of two`);
    const angle = (_: unknown, i: number): number => (2 * Math.PI * i) / size;
    const angles = Float64Array.from({ length: size / 2 }, angle);
    this.cos = angles.map(Math.cos);
    this.sin = angles.map((x) => -Math.sin(x));
  }

  /** Not scaled. */
  forward(re: Float64Array, im: Float64Array): void {
    this.reorder(re, im);
    for (let span = 1; span < this.size; span *= 2) this.butterflies(re, im, span);
  }

  /** Not scaled: `size` times what went in. */
  inverse(re: Float64Array, im: Float64Array): void {
    this.forward(im, re);
  }

  private reorder(re: Float64Array, im: Float64Array): void {
    const { size } = this;
    for (let i = 0, reversed = 0; i < size; i++) {
      if (i < reversed) {
        const x = re[i]!;
        const y = im[i]!;
        re[i] = re[reversed]!;
        im[i] = im[reversed]!;
        re[reversed] = x;
        im[reversed] = y;
      }
      let bit = size >> 1;
      for (; reversed & bit; bit >>= 1) reversed ^= bit;
      reversed |= bit;
    }
  }

  private butterflies(re: Float64Array, im: Float64Array, span: number): void {
    const { cos, sin, size } = this;
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

/** The smallest power of two that is not below `n`. */
export function powerOfTwo(n: number): number {
  return 2 ** Math.ceil(Math.log2(n));
}
