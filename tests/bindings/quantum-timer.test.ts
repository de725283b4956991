/** The worklet's stopwatch, with a fine clock and without. */
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { QuantumTimer } from '../../bindings/src/worklet/quantum-timer.js';

const performanceAsItIs = Object.getOwnPropertyDescriptor(globalThis, 'performance')!;
const dateNow = Date.now;

let nowMs = 0;

function clock(kind: 'fine' | 'coarse'): QuantumTimer {
  nowMs = 1_763_800_000_000;
  const value = kind === 'fine' ? { now: () => nowMs } : undefined;
  Object.defineProperty(globalThis, 'performance', { value, configurable: true });
  Date.now = () => Math.floor(nowMs);
  return new QuantumTimer();
}

afterEach(() => {
  Object.defineProperty(globalThis, 'performance', performanceAsItIs);
  Date.now = dateNow;
});

function take(timer: QuantumTimer, ms: number, budgetMs = 2.667): void {
  timer.start();
  nowMs += ms;
  timer.stop(budgetMs);
}

/** The bins are 5 % wide. */
function assertNear(us: number | null, expected: number): void {
  const near = us !== null && us > expected * 0.95 && us < expected * 1.05;
  assert.ok(near, `${String(us)} us`);
}

describe('with a fine clock', () => {
  test('nothing is known before the first quantum', () => {
    const timer = clock('fine');
    assert.equal(timer.quantile(0.5), null);
    assert.equal(timer.overruns, 0);
  });

  test('durations are told to 5 %', () => {
    for (const us of [5, 47, 300, 2666, 20_000, 150_000]) {
      const timer = clock('fine');
      for (let i = 0; i < 10; i++) take(timer, us / 1000);
      for (const share of [0.01, 0.5, 0.99, 1]) assertNear(timer.quantile(share), us);
    }
  });

  test('the median and the 99th percentile are apart', () => {
    const timer = clock('fine');
    for (let i = 0; i < 1000; i++) take(timer, i % 50 === 0 ? 1.5 : 0.1);
    assertNear(timer.quantile(0.5), 100);
    assertNear(timer.quantile(0.97), 100);
    assertNear(timer.quantile(0.99), 1500);
  });

  test('what takes longer than its budget is an overrun', () => {
    const timer = clock('fine');
    take(timer, 2.6);
    assert.equal(timer.overruns, 0);
    take(timer, 2.7);
    assert.equal(timer.overruns, 1);
    take(timer, 9, 9.3);
    assert.equal(timer.overruns, 1);
    take(timer, 1000, 9.3);
    assert.equal(timer.overruns, 2);
  });

  test('no duration is out of range', () => {
    const timer = clock('fine');
    for (const ms of [0, 1e-9, 1e9, -5]) take(timer, ms);
    for (const share of [0.01, 0.5, 1]) assert.equal(Number.isFinite(timer.quantile(share)), true);
  });
});

describe('with Date.now() only', () => {
  test('no quantile is claimed', () => {
    const timer = clock('coarse');
    for (let i = 0; i < 100; i++) take(timer, 0.5);
    assert.equal(timer.quantile(0.5), null);
    assert.equal(timer.overruns, 0);
  });

  test('a clear overrun is seen', () => {
    const timer = clock('coarse');
    take(timer, 5);
    assert.equal(timer.overruns, 1);
  });

  test('a tick of the clock is not taken for an overrun', () => {
    const timer = clock('coarse');
    // Of 2.667 ms, wherever the ticks fall.
    for (let i = 0; i < 1000; i++) {
      nowMs += 0.137;
      take(timer, 2.6);
    }
    assert.equal(timer.overruns, 0);
  });
});
