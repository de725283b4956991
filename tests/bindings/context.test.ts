/** Which rate the context gets, with a made-up AudioContext. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { openContext } from '../../bindings/src/context.js';

let deviceRate = 44_100;
let opened: FakeContext[] = [];

class FakeContext {
  readonly sampleRate: number;
  closed = false;
  constructor(readonly options: AudioContextOptions) {
    this.sampleRate = options.sampleRate ?? deviceRate;
    opened.push(this);
  }
  close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }
}

const globals = globalThis as { AudioContext?: unknown };

describe('the context', () => {
  beforeEach(() => {
    opened = [];
    globals.AudioContext = FakeContext;
  });
  afterEach(() => {
    delete globals.AudioContext;
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
    assert.equal(openContext(48_000).sampleRate, 48_000);
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
      assert.throws(() => openContext(wrong), {
        name: 'RangeError',
        message: `sampleRate must be a whole number of Hz from 8000 to 192000, not ${wrong}`,
      });
    }
    assert.equal(opened.length, 0);
  });
});
