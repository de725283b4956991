import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assertNear, delaysOf, seconds, stall, streamOf } from './made-up.ts';
import { POLICIES } from './policies/index.ts';
import { fixed } from './policies/fixed.ts';
import { Intervals, Regulator } from './policies/jacktrip.ts';
import { JamulusBuffer, SlidingWindow, jamulusLike } from './policies/jamulus.ts';
import { DelayManager, netEqLike } from './policies/neteq.ts';
import { type JitterBuffer, NONE } from './policies/policy.ts';
import { PACKET_MS } from './stream.ts';

/** What is pulled at every tick, when packet k comes at tick k + delayOf(k), NaN never. */
function run(
  buffer: JitterBuffer,
  ticks: number,
  delayOf: (k: number) => number,
  afterEach: () => void = () => undefined,
): number[] {
  const arrivals = new Map<number, number[]>();
  for (let k = 0; k < ticks; k++) {
    const at = k + delayOf(k);
    arrivals.set(at, [...(arrivals.get(at) ?? []), k]);
  }
  return Array.from({ length: ticks }, (_, tick) => {
    const now = tick * PACKET_MS;
    arrivals.get(tick)?.forEach((packet) => buffer.push(packet, now));
    const packet = buffer.pull(now);
    afterEach();
    return packet;
  });
}

describe('every policy', () => {
  for (const { name, play } of POLICIES) {
    test(`${name} plays a quiet network whole, no packet before it came, none twice`, () => {
      const stream = streamOf(seconds(10), () => 30);
      const plays = play(stream);
      assert.ok(plays.subarray(seconds(1)).every((at) => !Number.isNaN(at)));
      assert.ok(plays.every((at, k) => Number.isNaN(at) || at >= stream.arrivals[k]! - 1e-9));
      const order = plays.filter((at) => !Number.isNaN(at));
      assert.ok(order.every((at, i) => i === 0 || at > order[i - 1]!));
    });

    test(`${name} does not know the future`, () => {
      const calm = streamOf(seconds(8), () => 30);
      const stormy = streamOf(seconds(8), stall(4000, 4300, 30));
      const [a, b] = [play(calm), play(stormy)];
      for (let k = 0; a[k]! < 4000; k++) assert.equal(b[k], a[k]);
    });

    test(`${name} never plays what was lost, and bears to hear nothing`, () => {
      const plays = play(streamOf(seconds(8), (k) => (k % 50 < 5 ? NaN : 30)));
      assert.ok(plays.every((at, k) => k % 50 >= 5 || Number.isNaN(at)));
      assert.ok(play(streamOf(100, () => NaN)).every((at) => Number.isNaN(at)));
    });
  }
});

describe('fixed', () => {
  test('begins with the Nth packet, and keeps that delay', () => {
    const stream = streamOf(seconds(2), () => 30);
    assert.ok(
      delaysOf(stream, fixed(8)(stream)).every(
        (delay) => Math.abs(delay - 30 - 7 * PACKET_MS) < 1e-9,
      ),
    );
  });

  test('a first packet that had bad luck makes everything late for good', () => {
    const stream = streamOf(seconds(2), (k) => (k < 4 ? 30 + (4 - k) * PACKET_MS : 30));
    const unlucky = delaysOf(stream, fixed(4)(stream));
    assertNear(unlucky[100]!, 30 + 4 * PACKET_MS);
  });

  test('what comes later than the depth is late', () => {
    const stream = streamOf(seconds(2), (k) =>
      k === 50 ? 30 + 7.1 * PACKET_MS : k === 60 ? 30 + 6.9 * PACKET_MS : 30,
    );
    const plays = fixed(8)(stream);
    assert.ok(Number.isNaN(plays[50]!));
    assert.ok(!Number.isNaN(plays[60]!));
  });
});

describe('Jamulus-like', () => {
  test('the window moves to a packet that is late, and then plays it next', () => {
    const window = new SlidingWindow(3);
    window.push(0);
    assert.deepEqual([window.pull(), window.pull()], [0, NONE]);
    window.push(1);
    assert.equal(window.pull(), 1);
  });

  test('the window moves on to a packet that is early, past what it held', () => {
    const window = new SlidingWindow(3);
    for (const packet of [0, 1, 2, 4]) window.push(packet);
    assert.deepEqual([window.pull(), window.pull(), window.pull()], [2, NONE, 4]);
  });

  test('sequence numbers of 8 bits wrap', () => {
    const window = new SlidingWindow(3);
    for (let packet = 0; packet < 1000; packet++) {
      window.push(packet);
      assert.equal(window.pull(), packet);
    }
  });

  test('all is later at once when a packet is late', () => {
    const late = 2.5 * PACKET_MS;
    const stream = streamOf(seconds(4), (k) => (k === 750 ? 30 + late : 30));
    const delays = delaysOf(stream, jamulusLike(stream));
    assert.ok(delays[760]! >= delays[740]! + 2 * PACKET_MS);
    assert.ok(delays[760]! <= delays[740]! + 3 * PACKET_MS + 1e-9);
  });

  test('the depth rises on a network that jitters, and falls on one that does not', () => {
    const depthAfter = (delayOf: (k: number) => number) => {
      const buffer = new JamulusBuffer();
      run(buffer, seconds(60), delayOf);
      return buffer.depth;
    };
    assert.equal(
      depthAfter(() => 0),
      2 + 1,
      'hysteresis keeps it one above what would do',
    );
    assert.ok(depthAfter((k) => (k % 20 === 0 ? 9 : 0)) >= 9);
  });
});

describe('JackTrip-like', () => {
  test('the headroom grows while there are glitches, and never falls', () => {
    const regulator = new Regulator();
    const headrooms: number[] = [];
    const inStorm = (k: number) => k > seconds(6) && k < seconds(20);
    run(
      regulator,
      seconds(60),
      (k) => (inStorm(k) && k % 90 < 40 ? 40 - (k % 90) : 0),
      () => headrooms.push(regulator.headroom),
    );
    assert.equal(headrooms[seconds(5)], 0);
    assert.ok(headrooms.at(-1)! > 0);
    assert.ok(headrooms.every((headroom, i) => i === 0 || headroom >= headrooms[i - 1]!));
  });

  test('an underrun plays a prediction, and what was missed after it', () => {
    const played = run(new Regulator(), 20, (k) => (k >= 10 ? 1 : 0));
    assert.deepEqual(played.slice(8, 13), [8, 9, NONE, 10, 11]);
  });

  test('a lost packet leaves the delay as it was', () => {
    // From the second on all are one tick late, so that one is waiting; the 12th is lost.
    const played = run(new Regulator(), 30, (k) => (k === 12 ? NaN : k === 1 ? 1 : 0));
    assert.deepEqual(played.slice(0, 4), [0, NONE, 1, 2]);
    assert.deepEqual(played.slice(12, 16), [11, NONE, 13, 14]);
  });

  test('outages say nothing about jitter', () => {
    const intervals = new Intervals();
    for (let i = 0; i < 460; i++) intervals.add(i % 46 === 0 ? 600 : 2.5);
    assertNear(intervals.max, 2.5);
    assertNear(intervals.spread, 2.5);
  });
});

describe('NetEQ-like', () => {
  test('the target is the upper edge of the bucket that 95 % of the half seconds stay below', () => {
    const manager = new DelayManager();
    assert.equal(manager.targetMs, 80);
    for (let k = 0; k < seconds(60); k++) manager.add(k * PACKET_MS, k % 10 === 0 ? 75 : 40);
    assert.equal(manager.targetMs, 40, 'the largest delay is 35 ms above the fastest');
    assertNear(manager.base, 40);
    assertNear(manager.maxDelay, 35);
  });

  test('delays count against the fastest of the last two seconds', () => {
    const manager = new DelayManager();
    manager.add(0, 10);
    manager.add(1900, 30);
    assertNear(manager.base, 10);
    manager.add(2100, 30);
    assertNear(manager.base, 30);
  });

  test('the delay comes down from its start by stretching, not by dropping', () => {
    const stream = streamOf(seconds(20), () => 30);
    const plays = netEqLike(stream);
    assert.ok(plays.every((play) => !Number.isNaN(play)));
    const delays = delaysOf(stream, plays);
    assertNear(delays[0]!, 30 + 80);
    assert.ok(delays.at(-1)! <= 30 + 40 + 1e-9);
  });
});
