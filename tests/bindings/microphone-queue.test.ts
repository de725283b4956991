/** What has piled up before the audio graph is seen, and healed when that is worth it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Healing } from '../../bindings/src/microphone-healing.js';
import { MicrophoneQueue } from '../../bindings/src/microphone-queue.js';
import { observe, type Circumstances } from './support/capture-queue.js';

/** [capture, render] of fake devices, WASAPI, PulseAudio, and small buffers. */
const DEVICES: [number, number][] = [
  [10, 128 / 48],
  [10, 10],
  [1024 / 44.1, 1024 / 44.1],
  [512 / 48, 256 / 48],
  [128 / 48, 512 / 48],
];

/** What is worth healing, as microphone-healing.ts has it. */
const threshold = (captureMs: number, renderMs: number): number => captureMs + renderMs / 2 + 4;

function onEach(name: string, look: (captureMs: number, renderMs: number) => void): void {
  for (const [captureMs, renderMs] of DEVICES) {
    test(`${name}: ${captureMs.toFixed(1)} ms in, ${renderMs.toFixed(1)} ms out`, () => {
      look(captureMs, renderMs);
    });
  }
}

const worst = (values: readonly (number | null)[]): number =>
  Math.max(...values.map((v) => v ?? 0));

describe('what waits', () => {
  onEach('is known to a buffer after a stall', (captureMs, renderMs) => {
    const how = { captureMs, renderMs, seconds: 20, stalls: [{ at: 10, ms: 45 }], heals: false };
    const { waitingMs, excessMs } = observe(how);
    const before = waitingMs[8]!;
    const after = waitingMs.at(-1)!;
    assert.ok(after > before + 20, `${before} -> ${after}`);
    assert.ok(worst(excessMs.slice(0, 9)) <= captureMs + renderMs, String(excessMs));
    const told = excessMs.at(-1)!;
    assert.ok(Math.abs(told - (after - before)) <= captureMs + renderMs, `${told}`);
  });

  test('is told by the bottom of the readings, whatever their jitter', () => {
    const queue = new MicrophoneQueue(10, 3);
    for (let i = 0; i < 160; i++) queue.observe(500 + ((i * 7) % 10));
    assert.ok(queue.excessMs! <= 1, String(queue.excessMs));
    for (let i = 0; i < 160; i++) queue.observe(520 + ((i * 7) % 10));
    assert.ok(Math.abs(queue.excessMs! - 20) <= 1, String(queue.excessMs));
  });

  test('is not told by one odd reading, too large, too small or none', () => {
    const queue = new MicrophoneQueue(10, 3);
    for (let i = 0; i < 160; i++) {
      queue.observe(i % 16 === 3 ? 0 : i % 16 === 5 ? 1e4 : 500);
      queue.observe(NaN);
    }
    assert.equal(queue.excessMs, 0);
  });

  test('is no more than the queue holds, also after it has overflowed', () => {
    const queue = new MicrophoneQueue(10, 3);
    const observe = (differenceMs: number) => {
      for (let i = 0; i < 32; i++) queue.observe(differenceMs);
    };
    observe(100);
    observe(400);
    assert.equal(queue.excessMs, 50);
    observe(380);
    assert.equal(queue.excessMs, 30, 'what was dropped does not wait');
    observe(350);
    assert.equal(queue.excessMs, 0);
  });

  test('is never less than nothing, on the way from one state to another either', () => {
    const queue = new MicrophoneQueue(10, 3);
    for (const differenceMs of [100, 100, 190, 400, 150, 151, 90, 500]) {
      for (let i = 0; i < 16; i++) {
        queue.observe(differenceMs);
        const { excessMs } = queue;
        assert.ok(excessMs === null || (excessMs >= 0 && excessMs <= 50), String(excessMs));
      }
    }
  });

  test('is not known at first, nor after a new connection', () => {
    const queue = new MicrophoneQueue(10, 3);
    assert.equal(queue.excessMs, null);
    for (let i = 0; i < 31; i++) queue.observe(5);
    assert.equal(queue.excessMs, null);
    queue.observe(5);
    assert.equal(queue.excessMs, 0);
    for (let i = 0; i < 32; i++) queue.observe(30);
    assert.equal(queue.excessMs, 25);
    queue.restart();
    assert.equal(queue.excessMs, null);
    for (let i = 0; i < 32; i++) queue.observe(30);
    assert.equal(queue.excessMs, 0);
  });
});

describe('healing', () => {
  onEach('brings a stall back within seconds, once', (captureMs, renderMs) => {
    const how = { captureMs, renderMs, seconds: 60, stalls: [{ at: 20, ms: 45 }] };
    const { healed, waitingMs } = observe(how);
    assert.equal(healed.length, 1, String(healed));
    assert.ok(healed[0]! < 25, String(healed));
    assert.ok(worst(waitingMs.slice(20, 23)) > waitingMs[10]! + 20, 'there was something to heal');
    assert.ok(worst(waitingMs.slice(26)) <= waitingMs[10]! + captureMs + renderMs);
  });

  onEach('keeps a fast microphone from creeping, without haste', (captureMs, renderMs) => {
    const creeping = { captureMs, renderMs, seconds: 600, ppm: 300 };
    const unhealed = observe({ ...creeping, heals: false });
    assert.ok(unhealed.waitingMs.at(-1)! > 35, 'left alone it fills the queue');
    const { healed, waitingMs } = observe(creeping);
    const begin = waitingMs[3]!;
    const limit = begin + threshold(captureMs, renderMs) + captureMs + renderMs + 4;
    assert.ok(worst(waitingMs) <= limit, `${begin} -> ${worst(waitingMs)}`);
    // 180 ms of drift: each time at least the threshold less a buffer is won.
    assert.ok(healed.length >= 3 && healed.length <= 24, String(healed.length));
    const pauses = healed.slice(1).map((at, i) => at - healed[i]!);
    assert.ok(Math.min(...pauses) >= 20, String(pauses));
  });

  const NOTHING_TO_DO: Record<string, Partial<Circumstances>> = {
    'all is well': {},
    'the capture comes unevenly': { jitterMs: 8 },
    'the main thread is busy': { busyMs: 700, jitterMs: 4 },
    'the microphone is slow, and its queue runs dry': { ppm: -300 },
    'the microphone pauses': { pause: { at: 100, seconds: 5 } },
  };
  for (const [when, circumstances] of Object.entries(NOTHING_TO_DO)) {
    onEach(`does nothing when ${when}`, (captureMs, renderMs) => {
      const { healed } = observe({ captureMs, renderMs, seconds: 300, ...circumstances });
      assert.deepEqual(healed, []);
    });
  }

  test('sees a stall through a busy main thread', () => {
    const { healed } = observe({ seconds: 60, busyMs: 700, stalls: [{ at: 20, ms: 45 }] });
    assert.equal(healed.length, 1);
  });

  test('sees what is too much again after the microphone has paused', () => {
    const pause = { at: 20, seconds: 5 };
    const { healed } = observe({ seconds: 60, pause, stalls: [{ at: 40, ms: 45 }] });
    assert.equal(healed.length, 1);
    assert.ok(healed[0]! > 40);
  });

  test('gives way where it is no cure', () => {
    const stalls = Array.from({ length: 118 }, (_, i) => ({ at: 10 + 5 * i, ms: 45 }));
    const { healed } = observe({ seconds: 600, stalls });
    const pauses = healed.slice(1).map((at, i) => at - healed[i]!);
    assert.ok(healed.length < 25, String(healed.length));
    assert.ok(pauses.at(-1)! >= 39, String(pauses));
  });

  test('rests ten seconds, or less when much is to be won', () => {
    const healing = new Healing(10, 2);
    assert.equal(healing.due(100, null), false);
    assert.equal(healing.due(100, 15), false, 'a buffer is no reason');
    assert.equal(healing.due(100, 16), true);
    assert.equal(healing.due(101, 16), false);
    assert.equal(healing.due(109.9, 16), false);
    assert.equal(healing.due(103, 40), true);
  });
});
