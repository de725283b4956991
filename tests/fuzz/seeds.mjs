// node seeds.mjs FOLDER: fills the folder with datagrams as JackTrip sends them, for a fuzzer to
// start from.
import { mkdir, writeFile } from 'node:fs/promises';

const folder = process.argv[2];

function packet(sequence, { frames, rateCode, bits, wanted, sent }) {
  const channels = sent === 0 ? wanted : sent === 255 ? 0 : sent;
  const bytes = Buffer.alloc(16 + (channels * frames * bits) / 8);
  bytes.writeBigUInt64LE(1_700_000_000_000_000n + BigInt(sequence * 2667), 0);
  bytes.writeUInt16LE(sequence & 0xffff, 8);
  bytes.writeUInt16LE(frames, 10);
  bytes.set([rateCode, bits, wanted, sent], 12);
  for (let i = 16; i < bytes.length; i++) bytes[i] = (i * 31) & 0xff;
  return bytes;
}

const usual = { frames: 128, rateCode: 3, bits: 16, wanted: 2, sent: 2 };
const seeds = {
  usual: packet(7, usual),
  wrapped: packet(65535, usual),
  mono: packet(1, { ...usual, wanted: 1, sent: 1 }),
  'as-wanted': packet(1, { ...usual, sent: 0 }),
  'receive-only': packet(1, { ...usual, sent: 255 }),
  'eight-channels': packet(1, { ...usual, frames: 16, wanted: 8, sent: 8 }),
  'long-block': packet(1, { ...usual, frames: 1024, wanted: 1, sent: 1 }),
  // The newest first, older ones after it.
  redundant: Buffer.concat([9, 8, 7].map((sequence) => packet(sequence, { ...usual, sent: 1 }))),
  stop: Buffer.alloc(63, 0xff),
  header: packet(7, usual).subarray(0, 16),
  cut: packet(7, usual).subarray(0, 200),
  empty: Buffer.alloc(0),
};
for (const bits of [8, 24, 32]) seeds[`${bits}-bits`] = packet(1, { ...usual, frames: 32, bits });
for (let rateCode = 0; rateCode < 8; rateCode++) {
  seeds[`rate-${rateCode}`] = packet(1, { ...usual, frames: 16, rateCode });
}

await mkdir(folder, { recursive: true });
for (const [name, bytes] of Object.entries(seeds)) await writeFile(`${folder}/${name}`, bytes);
