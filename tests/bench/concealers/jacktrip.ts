/**
 * Like JackTrip's concealment, by its description.
 *
 * At every lost packet an autoregressive model of order 255 is trained by Burg's method on the 256
 * samples put out last (predictions among them), in single precision. It extrapolates two packets:
 * the first is heard, the second is held. The first good packet is crossfaded, linearly and over
 * its whole length, with the one held. There is no fade in a burst.
 *
 * The denominator begins with 2.00002 instead of 2 times the power, for some damping, and is
 * updated recursively; where it is zero it is the smallest float above 1, less 1.
 */
import { PACKET_FRAMES } from '../stream.ts';

const HISTORY = 2 * PACKET_FRAMES;
const ORDER = HISTORY - 1;
const DAMPING = 2.00002;
const FLOAT_EPSILON = 2 ** -23;

/** Coefficients a[1..order] with x[n] predicted as -sum a[i] x[n - i]; `a[0]` is 1. */
export function burg(samples: Float32Array, order: number): Float32Array {
  const forward = samples.slice();
  const backward = samples.slice();
  const last = samples.length - 1;
  const a = new Float32Array(order + 1);
  a[0] = 1;
  let denominator = Math.fround(
    DAMPING * samples.reduce((sum, x) => sum + x * x, 0) - samples[0]! ** 2 - samples[last]! ** 2,
  );
  for (let k = 0; k < order; k++) {
    let product = 0;
    for (let n = 0; n < last - k; n++) product += forward[n + k + 1]! * backward[n]!;
    if (denominator === 0) denominator = FLOAT_EPSILON;
    const reflection = Math.fround((-2 * product) / denominator);
    for (let n = 0; n <= (k + 1) / 2; n++) {
      const [low, high] = [a[n]!, a[k + 1 - n]!];
      a[n] = low + reflection * high;
      a[k + 1 - n] = high + reflection * low;
    }
    for (let n = 0; n < last - k; n++) {
      const [f, b] = [forward[n + k + 1]!, backward[n]!];
      forward[n + k + 1] = f + reflection * b;
      backward[n] = b + reflection * f;
    }
    denominator = Math.fround(
      (1 - reflection ** 2) * denominator - forward[k + 1]! ** 2 - backward[last - k - 1]! ** 2,
    );
  }
  return a;
}

/** `samples` more of what came before. */
export function extrapolate(
  history: Float32Array,
  coefficients: Float32Array,
  samples: number,
): Float32Array {
  const sound = new Float32Array(history.length + samples);
  sound.set(history);
  for (let n = history.length; n < sound.length; n++) {
    let x = 0;
    for (let i = 1; i < coefficients.length; i++) x -= coefficients[i]! * sound[n - i]!;
    sound[n] = x;
  }
  return sound.subarray(history.length);
}

export function jackTripLike(sound: Float64Array, lost: ReadonlySet<number>): Float64Array {
  const output = sound.slice();
  let held: Float32Array | null = null;
  for (let packet = 0; packet * PACKET_FRAMES < sound.length; packet++) {
    const begin = packet * PACKET_FRAMES;
    const frames = Math.min(PACKET_FRAMES, sound.length - begin);
    if (lost.has(packet)) {
      const history = new Float32Array(HISTORY);
      const past = output.subarray(Math.max(0, begin - HISTORY), begin);
      history.set(past, HISTORY - past.length);
      const predicted = extrapolate(history, burg(history, ORDER), 2 * PACKET_FRAMES);
      output.set(predicted.subarray(0, frames), begin);
      held = predicted.subarray(PACKET_FRAMES);
    } else if (held) {
      for (let i = 0; i < frames; i++) {
        const up = i / PACKET_FRAMES;
        output[begin + i] = up * sound[begin + i]! + (1 - up) * held[i]!;
      }
      held = null;
    }
  }
  return output;
}
