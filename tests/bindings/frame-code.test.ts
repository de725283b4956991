/** The code tells every delay exactly, and is not fooled by what is not as it was played. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CODE_FRAMES, FrameDecoder, FrameEncoder } from '../../bindings/src/bench/frame-code.js';
import { Random } from '../../bindings/src/bench/random.js';

const QUANTUM = 128;
const encoder = new FrameEncoder();

function played(from: number, frames: number): Float32Array {
  const sound = new Float32Array(frames);
  encoder.write(sound, from);
  return sound;
}

/** What was heard so many frames later, counted by delay. */
const counted = (decoder: FrameDecoder): [number, number][] =>
  [...decoder.delays.entries()].filter(([, count]) => count > 0);

test('every frame is a sample of its own, whole in 16 bits and at half of full scale', () => {
  const code = played(0, CODE_FRAMES);
  assert.equal(new Set(code).size, CODE_FRAMES);
  assert.ok(code.every((x) => Number.isInteger(x * 32_768) && Math.abs(x) <= 0.5));
  assert.deepEqual(played(CODE_FRAMES * 7, QUANTUM), code.subarray(0, QUANTUM));
});

test('a delay is told to the frame, whatever it is and wherever it begins', () => {
  for (const delay of [0, 1, 128, 144, 400, 20_001, CODE_FRAMES - 1]) {
    const decoder = new FrameDecoder();
    for (let frame = 1e9; frame < 1e9 + 10 * QUANTUM; frame += QUANTUM) {
      decoder.read(played(frame - delay, QUANTUM), frame);
    }
    assert.deepEqual(counted(decoder), [[delay, 10 * QUANTUM]]);
    assert.equal(decoder.unclear, 0);
  }
});

test('a change of the delay is followed, and both are counted', () => {
  const decoder = new FrameDecoder();
  decoder.read(played(0, 500), 144);
  decoder.read(played(500 - 128, 300), 644);
  assert.deepEqual(counted(decoder), [
    [144, 500],
    [272, 300],
  ]);
});

test('what was interpolated, made up, or silent is not counted as heard', () => {
  const decoder = new FrameDecoder();
  decoder.read(played(0, 1000), 144);
  const between = played(1000, 301);
  decoder.read(between.map((x, i) => 0.5 * (x + (between[i + 1] ?? 0))).subarray(0, 300), 1144);
  decoder.read(new Float32Array(200), 1444);
  const random = new Random(1);
  const noise = Float32Array.from({ length: 5000 }, () => (random.below(32_768) - 16_384) / 32_768);
  decoder.read(noise, 1644);
  // By chance a whole number here and there is right; it never adds up.
  const told = counted(decoder);
  assert.equal(told.length, 1);
  assert.ok(told[0]![1] >= 1000 && told[0]![1] < 1010, String(told[0]));
  assert.ok(decoder.unclear > 5480);
  decoder.reset();
  assert.deepEqual(counted(decoder), []);
  assert.equal(decoder.unclear, 0);
});
