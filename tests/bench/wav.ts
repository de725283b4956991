/** WAV files: 16, 24 or 32-bit PCM and 32-bit float are read; 16-bit PCM is written. */
import { InputError } from './input-error.ts';

export interface Wav {
  rate: number;
  /** One per channel, full scale 1. */
  channels: Float64Array[];
}

const PCM = 1;
const FLOAT = 3;
const EXTENSIBLE = 0xfffe;

/** The chunks by their names; of those with the same name, the first. */
function chunks(bytes: Buffer): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (let at = 12; at + 8 <= bytes.length;) {
    const id = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    if (!found.has(id)) found.set(id, bytes.subarray(at + 8, at + 8 + size));
    at += 8 + size + (size % 2);
  }
  return found;
}

function sampleReader(format: number, bits: number): ((data: Buffer, at: number) => number) | null {
  if (format === FLOAT && bits === 32) return (data, at) => data.readFloatLE(at);
  if (format === PCM && (bits === 16 || bits === 24 || bits === 32)) {
    return (data, at) => data.readIntLE(at, bits / 8) / 2 ** (bits - 1);
  }
  return null;
}

export function parseWav(bytes: Buffer, name: string): Wav {
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WAVE') {
    throw new InputError(`${name} is not a WAV file. Convert it to one of 16-bit PCM at 48 kHz.`);
  }
  const found = chunks(bytes);
  const header = found.get('fmt ');
  const data = found.get('data');
  if (!header || header.length < 16 || !data) {
    throw new InputError(`${name}: the WAV file is cut short. Copy or convert it again.`);
  }
  const tag = header.readUInt16LE(0);
  const format = tag === EXTENSIBLE && header.length >= 26 ? header.readUInt16LE(24) : tag;
  const count = header.readUInt16LE(2);
  const bits = header.readUInt16LE(14);
  const read = sampleReader(format, bits);
  if (!read || count === 0) {
    throw new InputError(
      `${name}: format ${format} of ${bits} bits in ${count} channels is not read here. ` +
        'Convert it to 16-bit PCM.',
    );
  }
  const size = bits / 8;
  const frames = Math.floor(data.length / (size * count));
  const channels = Array.from({ length: count }, (_, channel) =>
    Float64Array.from({ length: frames }, (_, i) => read(data, (i * count + channel) * size)),
  );
  return { rate: header.readUInt32LE(4), channels };
}

export function formatWav({ rate, channels }: Wav): Buffer {
  const count = channels.length;
  const frames = channels[0]?.length ?? 0;
  const size = frames * count * 2;
  const bytes = Buffer.alloc(44 + size);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(36 + size, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(PCM, 20);
  bytes.writeUInt16LE(count, 22);
  bytes.writeUInt32LE(rate, 24);
  bytes.writeUInt32LE(rate * count * 2, 28);
  bytes.writeUInt16LE(count * 2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(size, 40);
  channels.forEach((channel, c) => {
    channel.forEach((x, i) => {
      const value = Math.max(-32768, Math.min(32767, Math.round(x * 32768)));
      bytes.writeInt16LE(value, 44 + 2 * (i * count + c));
    });
  });
  return bytes;
}
