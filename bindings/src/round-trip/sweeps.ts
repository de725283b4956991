/**
 * What is played: five logarithmic sine sweeps, upwards and downwards in turn (A. Farina,
 * "Simultaneous Measurement of Impulse Response and Distortion with a Swept-Sine Technique", 108th
 * AES Convention, 2000).
 *
 * Sweeps rather than maximum-length sequences: what a loudspeaker distorts falls together with
 * other times of the sweep, so that it comes out apart from the arrival, at least 70 ms before
 * (upwards) or after it, where a sequence would spread it all over; and they bear a clock that
 * drifts or a gain that is being controlled (S. Müller and P. Massarani, "Transfer-Function
 * Measurement with Sweeps", Journal of the AES 49(6), 2001). No noise suppressor takes a sweep for
 * noise. Each is long enough to be found 18 dB below white noise, spreads a click over half a
 * second, and meets clipping with a level that does not change.
 *
 * Two sweeps of the same direction never begin within a second of each other, so that an arrival
 * belongs to one sweep only; and none begin at the same distance, so that a metronome is not taken
 * for them. Each can be found on its own: one that is destroyed does not spoil the others.
 */

/** The longest round trip that is looked for. */
export const RANGE_S = 1;

/** Seconds; before the first, devices get going. The last is followed by RANGE_S. */
const STARTS_S = [0.4, 1.12, 1.95, 2.63, 3.44];
const SWEEP_S = 0.5;
const FADE_S = 0.01;

/** Small loudspeakers give little below, and telephone headsets nothing above. */
const LOWEST_HZ = 200;
const HIGHEST_HZ = 10_000;
/** Below half the rate, where every converter's filter has begun. */
const HIGHEST_SHARE = 0.42;

export interface Sweep {
  /** Frame of the sound at which it begins. */
  start: number;
  upwards: boolean;
}

export interface Sweeps {
  /** Hz. */
  sampleRate: number;
  /** Hz, what a sweep goes through. */
  lowestHz: number;
  highestHz: number;
  sweeps: readonly Sweep[];
  /** One sweep by itself, 1 = full scale. */
  upwards: Float32Array;
  downwards: Float32Array;
  /** Frames of the whole, with the silence after the last sweep. */
  frames: number;
  /** Frames of RANGE_S. */
  range: number;
}

/** `sampleRate`: Hz, from 8,000 on. `levelDbfs`: peak, -60 to 0. Allocates; milliseconds. */
export function makeSweeps(sampleRate: number, levelDbfs: number): Sweeps {
  const highestHz = Math.min(HIGHEST_HZ, HIGHEST_SHARE * sampleRate);
  const upwards = sweep(sampleRate, highestHz, 10 ** (levelDbfs / 20));
  const range = Math.round(RANGE_S * sampleRate);
  const sweeps = STARTS_S.map((seconds, i) => ({
    start: Math.round(seconds * sampleRate),
    upwards: i % 2 === 0,
  }));
  return {
    sampleRate,
    lowestHz: LOWEST_HZ,
    highestHz,
    sweeps,
    upwards,
    downwards: upwards.slice().reverse(),
    frames: sweeps.at(-1)!.start + upwards.length + range,
    range,
  };
}

/** All that is played, `frames` long. Allocates. */
export function soundOf(sweeps: Sweeps): Float32Array<ArrayBuffer> {
  const sound = new Float32Array(sweeps.frames);
  for (const { start, upwards } of sweeps.sweeps) {
    sound.set(upwards ? sweeps.upwards : sweeps.downwards, start);
  }
  return sound;
}

/** Farina's equation for the phase, with faded ends. */
function sweep(sampleRate: number, highestHz: number, amplitude: number): Float32Array {
  const frames = Math.round(SWEEP_S * sampleRate);
  const fade = Math.round(FADE_S * sampleRate);
  const octaves = Math.log(highestHz / LOWEST_HZ);
  const scale = (2 * Math.PI * LOWEST_HZ * SWEEP_S) / octaves;
  return Float32Array.from({ length: frames }, (_, i) => {
    const phase = scale * Math.expm1((i / frames) * octaves);
    const edge = Math.min(1, (Math.min(i, frames - 1 - i) + 0.5) / fade);
    return amplitude * Math.sin((Math.PI / 2) * edge) ** 2 * Math.sin(phase);
  });
}
