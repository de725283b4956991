import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PeakHold } from '../../web/app/src/logic/peak-hold.js';

/** Pushes `db` every 40 ms from one time to another; answers the last place of the line. */
function feed(hold: PeakHold, db: number, from: number, to: number): number {
  let place = NaN;
  for (let now = from; now <= to; now += 40) place = hold.push(db, now);
  return place;
}

test('the line stays, then falls evenly, and stops at what sounds', () => {
  const hold = new PeakHold();
  assert.equal(hold.push(-10, 0), -10);
  assert.equal(feed(hold, -50, 40, 1480), -10, 'held');
  const falling = feed(hold, -50, 1520, 2480);
  assert.ok(falling < -30 && falling > -38, `24 dB in a second, not ${String(falling)}`);
  assert.equal(feed(hold, -50, 2520, 6000), -50);
});

test('a higher peak lifts the line at once', () => {
  const hold = new PeakHold();
  feed(hold, -40, 0, 1000);
  assert.equal(hold.push(-5, 1040), -5);
});

test('a pause between two pushes does not make it fall twice', () => {
  const hold = new PeakHold();
  hold.push(0, 0);
  const once = hold.push(-60, 2500);
  assert.ok(Math.abs(once + 24) < 1e-9);
});

test('full scale is remembered for two seconds', () => {
  const hold = new PeakHold();
  hold.push(-0.5, 0);
  assert.equal(hold.clipped(0), false);
  hold.push(20 * Math.log10(32767 / 32768), 100);
  assert.equal(hold.clipped(2000), true);
  assert.equal(hold.clipped(2200), false);
});
