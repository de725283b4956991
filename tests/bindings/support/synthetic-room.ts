/** A loudspeaker, a room and a microphone, made up; and what else may be heard in the room. */
import type { Random } from '../../../bindings/src/bench/random.js';

export interface Room {
  /** Frames from the loudspeaker to the microphone. */
  delay: number;
  /** Of the direct sound; negative: the polarity is inverted. */
  gain: number;
  /** What comes later than the direct sound, with gains of their own. */
  reflections?: readonly { after: number; gain: number }[];
}

/** What arrives of `sound`, as long as it. */
export function through(sound: Float32Array, room: Room): Float32Array {
  const heard = new Float32Array(sound.length);
  const ways = [{ after: 0, gain: room.gain }, ...(room.reflections ?? [])];
  for (const { after, gain } of ways) {
    const delay = room.delay + after;
    for (let i = delay; i < sound.length; i++) heard[i]! += gain * sound[i - delay]!;
  }
  return heard;
}

export function add(sound: Float32Array, other: Float32Array): void {
  for (let i = 0; i < sound.length; i++) sound[i]! += other[i]!;
}

export function scale(sound: Float32Array, factor: number): Float32Array {
  return sound.map((x) => factor * x);
}

export function rms(sound: Float32Array): number {
  let sum = 0;
  for (const x of sound) sum += x * x;
  return Math.sqrt(sum / sound.length);
}

/** `sound` so loud that its RMS is this. */
export function atRms(sound: Float32Array, wanted: number): Float32Array {
  return scale(sound, wanted / rms(sound));
}

/** Normally distributed (Box and Muller), RMS 1. */
export function whiteNoise(frames: number, random: Random): Float32Array {
  return Float32Array.from({ length: frames }, () => {
    return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  });
}

/** Falls by 6 dB an octave, as rooms rumble; RMS 1. */
export function brownNoise(frames: number, random: Random): Float32Array {
  let x = 0;
  return atRms(
    whiteNoise(frames, random).map((white) => (x = 0.999 * x + white)),
    1,
  );
}

/** So many sounds that die away within 3 ms, anywhere: claps, keys, a pen that falls. */
export function clicks(frames: number, rate: number, count: number, random: Random): Float32Array {
  const sound = new Float32Array(frames);
  for (let n = 0; n < count; n++) click(sound, random.below(frames), rate, random);
  return sound;
}

/** One every `period` frames. */
export function metronome(
  frames: number,
  rate: number,
  period: number,
  random: Random,
): Float32Array {
  const sound = new Float32Array(frames);
  for (let at = random.below(period); at < frames; at += period) click(sound, at, rate, random);
  return sound;
}

function click(sound: Float32Array, at: number, rate: number, random: Random): void {
  for (let i = 0; i < 0.02 * rate && at + i < sound.length; i++) {
    sound[at + i]! += (2 * random.next() - 1) * Math.exp(-i / (0.003 * rate));
  }
}

/** Syllables of 50 to 300 ms with a voice that glides, or a hiss as of an s; peak about 1. */
export function speech(frames: number, rate: number, random: Random): Float32Array {
  const sound = new Float32Array(frames);
  for (let at = random.below(rate); at < frames;) {
    const length = Math.round((0.05 + 0.25 * random.next()) * rate);
    const voiced = random.next() < 0.75;
    const hz = 90 + 160 * random.next();
    const glide = 0.7 + 0.6 * random.next();
    const formant = 300 + 1500 * random.next();
    let phase = 0;
    for (let i = 0; i < length && at + i < frames; i++) {
      const place = i / length;
      phase += (2 * Math.PI * hz * (1 + (glide - 1) * place)) / rate;
      let x = 0;
      if (voiced) {
        for (let partial = 1; partial <= 20; partial++) {
          const f = (partial * hz - formant) / 300;
          x += Math.cos(partial * phase) / (1 + f * f);
        }
      } else {
        x = 2 * random.next() - 1;
      }
      sound[at + i] = 0.3 * x * Math.sin(Math.PI * place);
    }
    at += length + Math.round((0.02 + 0.2 * random.next()) * rate);
  }
  return sound;
}

/** A chord held through, each note with partials. */
export function chord(frames: number, rate: number, random: Random): Float32Array {
  const sound = new Float32Array(frames);
  for (const note of [1, 1.25, 1.5, 2.01]) {
    const hz = note * (180 + 100 * random.next());
    for (let partial = 1; partial <= 8; partial++) {
      const w = (2 * Math.PI * hz * partial) / rate;
      for (let i = 0; i < frames; i++) sound[i]! += (0.1 / partial) * Math.sin(w * i);
    }
  }
  return sound;
}

/** One second-order section, Q 0.71 (R. Bristow-Johnson's Audio EQ Cookbook). */
function section(sound: Float32Array, rate: number, hz: number, high: boolean): Float32Array {
  const w = (2 * Math.PI * hz) / rate;
  const alpha = Math.sin(w) / Math.SQRT2;
  const sign = high ? -1 : 1;
  const b1 = sign * (1 - sign * Math.cos(w));
  const a0 = 1 + alpha;
  let x1 = 0;
  let x2 = 0;
  let y1 = 0;
  let y2 = 0;
  return sound.map((x) => {
    const y = ((b1 * sign) / 2) * (x + x2) + b1 * x1 + 2 * Math.cos(w) * y1 - (1 - alpha) * y2;
    x2 = x1;
    x1 = x;
    y2 = y1;
    y1 = y / a0;
    return y1;
  });
}

/** 300 Hz to 8 kHz, 24 dB an octave, as the loudspeaker of a laptop computer. */
export function laptop(sound: Float32Array, rate: number): Float32Array {
  let out = sound;
  for (let i = 0; i < 2; i++) out = section(section(out, rate, 300, true), rate, 8000, false);
  return out;
}

/** Second and third harmonics, as a small loudspeaker at its limit makes them. `drive`: 0 to 1. */
export function distorted(sound: Float32Array, drive: number): Float32Array {
  const peak = sound.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  return sound.map((x) => {
    const u = x / peak;
    return peak * (u + drive * u * u + drive * u * u * u);
  });
}

export function clipped(sound: Float32Array, at: number): Float32Array {
  return sound.map((x) => Math.max(-at, Math.min(at, x)));
}
