/** Which rate the context gets, with a made-up AudioContext. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { openContext, quantumOf } from '../../bindings/src/context.js';
import { packetFramesFor } from '../../bindings/src/packet.js';

let deviceRate = 44_100;
let deviceFrames = 128;
let opened: FakeContext[] = [];

class FakeContext {
  readonly sampleRate: number;
  /** Of a device that asks for so many frames at a time. */
  get baseLatency(): number {
    return Math.max(deviceFrames, this.options.renderSizeHint ?? 128) / this.sampleRate;
  }
  closed = false;
  constructor(readonly options: AudioContextOptions & { renderSizeHint?: number }) {
    this.sampleRate = options.sampleRate ?? deviceRate;
    opened.push(this);
  }
  close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }
}

const globals = globalThis as { AudioContext?: unknown; BaseAudioContext?: unknown };

const WITHOUT_A_CHOICE = { prototype: {} };
const WITH_A_CHOICE = { prototype: { renderQuantumSize: 128 } };

describe('the context', () => {
  beforeEach(() => {
    opened = [];
    globals.AudioContext = FakeContext;
    globals.BaseAudioContext = WITHOUT_A_CHOICE;
    deviceFrames = 128;
  });
  afterEach(() => {
    delete globals.AudioContext;
    delete globals.BaseAudioContext;
  });

  test("runs at the device's own rate, with the smallest buffer", () => {
    for (const rate of [8000, 44_100, 48_000, 96_000, 192_000]) {
      deviceRate = rate;
      assert.equal(openContext().sampleRate, rate);
      assert.deepEqual(opened.at(-1)!.options, { latencyHint: 0 });
    }
    assert.ok(opened.every(({ closed }) => !closed));
  });

  test('runs at the rate that is asked for', () => {
    deviceRate = 44_100;
    assert.equal(openContext({ sampleRate: 48_000 }).sampleRate, 48_000);
    assert.equal(opened.length, 1);
  });

  test('lets the browser convert for a device that is too fast for the engine', () => {
    deviceRate = 384_000;
    assert.equal(openContext().sampleRate, 48_000);
    assert.deepEqual(
      opened.map(({ closed }) => closed),
      [true, false],
    );
  });

  test('refuses a rate that cannot be, and says which could', () => {
    for (const wrong of [0, -48_000, 7999, 192_001, 44_100.5, NaN, Infinity]) {
      assert.throws(() => openContext({ sampleRate: wrong }), {
        name: 'RangeError',
        message: `sampleRate must be a whole number of Hz from 8000 to 192000, not ${wrong}`,
      });
    }
    assert.equal(opened.length, 0);
  });

  test('renders so many frames at a time as asked for, where there is a choice', () => {
    deviceRate = 44_100;
    openContext({ quantumFrames: 64 });
    assert.deepEqual(opened.at(-1)!.options, { latencyHint: 0, renderSizeHint: 64 });
    openContext({ quantumFrames: 256, sampleRate: 48_000 });
    assert.deepEqual(opened.at(-1)!.options, {
      latencyHint: 0,
      renderSizeHint: 256,
      sampleRate: 48_000,
    });
  });

  test('renders 64 frames at a time for a device that asks for fewer than 128', () => {
    globals.BaseAudioContext = WITH_A_CHOICE;
    const hints = () =>
      opened.splice(0).map(({ options, closed }) => [options.renderSizeHint, closed]);
    for (const frames of [32, 64, 96, 127]) {
      deviceFrames = frames;
      openContext();
      assert.deepEqual(hints(), [[64, false]]);
    }
    for (const frames of [128, 144, 512]) {
      deviceFrames = frames;
      openContext();
      assert.deepEqual(hints(), [
        [64, true],
        [undefined, false],
      ]);
    }
  });

  test('tells its quantum, 128 frames in a browser that does not', () => {
    assert.equal(quantumOf({ renderQuantumSize: 64 } as unknown as AudioContext), 64);
    assert.equal(quantumOf({} as AudioContext), 128);
  });
});

test('packets are filled by whole quanta where that makes no tiny ones', () => {
  const quanta = [64, 96, 120, 128, 192, 240, 256, 441, 480, 1024, 2048];
  assert.deepEqual(
    quanta.map(packetFramesFor),
    [64, 96, 120, 128, 96, 120, 128, 63, 120, 128, 128],
  );
  // No divisor in between.
  assert.deepEqual([32, 149, 502].map(packetFramesFor), [128, 128, 128]);
});
