/** Music-like sound, the same every time: plucked notes with partials that decay, some noise. */
export const RATE = 48_000;

const NOTES_HZ = [196, 246.94, 293.66, 392, 329.63, 220, 261.63, 440, 349.23, 293.66];
const NOTE_S = 0.31;

/** Mono, exact in 16 bits, peak about -6 dBFS. */
export function music(seconds: number): Float32Array {
  const out = new Float32Array(Math.round(seconds * RATE));
  let random = 1;
  for (let n = 0; n * NOTE_S < seconds; n++) {
    // No two notes alike, so that a stretch of sound is found in one place only.
    const hz = NOTES_HZ[(n * 7) % NOTES_HZ.length]! * (1 + 0.013 * ((n * 5) % 17));
    const begin = Math.round(n * NOTE_S * RATE);
    for (let i = 0; i < 1.2 * RATE && begin + i < out.length; i++) {
      const t = i / RATE;
      random = (random * 1664525 + 1013904223) >>> 0;
      let x = 0.02 * (random / 2 ** 31 - 1) * Math.exp(-t * 30);
      for (let partial = 1; partial <= 6; partial++) {
        const decay = Math.exp(-t * (2 + 1.5 * partial));
        x += (0.3 / partial) * decay * Math.sin(2 * Math.PI * hz * partial * t);
      }
      out[begin + i]! += x * Math.min(1, i / 96);
    }
  }
  return out.map((x) => Math.max(-32768, Math.min(32767, Math.round(x * 16384))) / 32768);
}

/** What is played over and over, with the place where it begins again in the middle. */
export function twice(sound: Float32Array): Float32Array {
  const out = new Float32Array(sound.length * 2);
  out.set(sound);
  out.set(sound, sound.length);
  return out;
}

/** A mono 16-bit WAV file's bytes. */
export function wav(samples: Float32Array): Buffer {
  const bytes = Buffer.alloc(44 + samples.length * 2);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(36 + samples.length * 2, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(RATE, 24);
  bytes.writeUInt32LE(RATE * 2, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(samples.length * 2, 40);
  samples.forEach((x, i) => bytes.writeInt16LE(Math.round(x * 32768), 44 + 2 * i));
  return bytes;
}
