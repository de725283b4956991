/** Where in a sound another one is found, how alike they are, and how much of one is a tone. */

function dot(a: Float32Array, from: number, b: Float32Array, bFrom: number, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += a[from + i]! * b[bFrom + i]!;
  return sum;
}

/** Sums of squares of everything before each sample. */
function powers(x: Float32Array): Float64Array {
  const sums = new Float64Array(x.length + 1);
  for (let i = 0; i < x.length; i++) sums[i + 1] = sums[i]! + x[i]! * x[i]!;
  return sums;
}

/** The place from `from` to `to` in `whole` that is most like `part`, and how alike they are. */
function search(whole: Float32Array, part: Float32Array, from: number, to: number) {
  const power = powers(whole);
  const own = dot(part, 0, part, 0, part.length);
  let found = { value: 0, at: 0 };
  if (own === 0) return found;
  for (let at = Math.max(0, from); at <= to && at + part.length <= whole.length; at++) {
    const there = power[at + part.length]! - power[at]!;
    const value = dot(whole, at, part, 0, part.length) / Math.sqrt(own * there + 1e-20);
    if (value > found.value) found = { value, at };
  }
  return found;
}

const COARSE = 8;

function coarse(x: Float32Array): Float32Array {
  return Float32Array.from({ length: Math.floor(x.length / COARSE) }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < COARSE; k++) sum += x[i * COARSE + k]!;
    return sum;
  });
}

/** The best normalised cross-correlation of `part` anywhere in `whole`: 1 is alike but for gain. */
export function bestCorrelation(whole: Float32Array, part: Float32Array): number {
  // Coarsely and with a piece everywhere; then with every sample around the best place.
  const piece = coarse(part).subarray(0, 512);
  const place = search(coarse(whole), piece, 0, Infinity).at * COARSE;
  return search(whole, part, place - 2 * COARSE, place + 2 * COARSE).value;
}

/**
 * By how many samples `late` is behind `early`, both of the same length: `most` at most, either way.
 * null when they are not alike.
 */
export function lag(late: Float32Array, early: Float32Array, most: number): number | null {
  const from = Math.floor(early.length / 3);
  const part = early.subarray(from, 2 * from);
  const { value, at } = search(late, part, from - most, from + most);
  return value > 0.95 ? at - from : null;
}

/** True when `part` is found in `whole`, bit for bit. */
export function contains(whole: Float32Array, part: Float32Array): boolean {
  for (let at = 0; at + part.length <= whole.length; at++) {
    let same = 0;
    while (same < part.length && whole[at + same] === part[same]) same++;
    if (same === part.length) return true;
  }
  return false;
}

/** The share of the power of `x` that is a tone of `hz`, 0 to 1. */
export function toneShare(x: Float32Array, hz: number, rate: number): number {
  let re = 0;
  let im = 0;
  let power = 0;
  x.forEach((v, i) => {
    const phase = (2 * Math.PI * hz * i) / rate;
    re += v * Math.cos(phase);
    im += v * Math.sin(phase);
    power += v * v;
  });
  return (2 * (re * re + im * im)) / (x.length * power + 1e-12);
}
