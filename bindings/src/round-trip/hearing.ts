/** How loud a recording is, whatever is in it. */

/** As near to full scale as converters clip. */
const CLIPPED = 0.98;
/** A slammed door clips for a moment only. */
const CLIPPED_SHARE = 0.001;
/** One step of 16 bits: a microphone that gives no more gives nothing. */
const NOTHING = 1.01 / 32768;
const BLOCK_S = 0.02;

export interface Hearing {
  /** The loudest sample; null where there is nothing but zeros. */
  peakDbfs: number | null;
  /** RMS of the quiet moments: of four blocks of 20 ms, one is quieter. -Infinity for zeros. */
  quietDbfs: number;
  clips: boolean;
}

/** Allocates. */
export function hearing(recording: Float32Array, sampleRate: number): Hearing {
  let peak = 0;
  let clipped = 0;
  for (const x of recording) {
    const level = Math.abs(x);
    if (level > peak) peak = level;
    if (level >= CLIPPED) clipped++;
  }
  return {
    peakDbfs: peak <= NOTHING ? null : 20 * Math.log10(peak),
    quietDbfs: 10 * Math.log10(lowerQuartile(blockPowers(recording, sampleRate))),
    clips: clipped > CLIPPED_SHARE * recording.length,
  };
}

function blockPowers(recording: Float32Array, sampleRate: number): Float64Array {
  const frames = Math.round(BLOCK_S * sampleRate);
  return Float64Array.from({ length: Math.floor(recording.length / frames) }, (_, block) => {
    let sum = 0;
    for (let i = block * frames; i < (block + 1) * frames; i++) sum += recording[i]! ** 2;
    return sum / frames;
  });
}

function lowerQuartile(values: Float64Array): number {
  return values.slice().sort()[values.length >> 2] ?? 0;
}
