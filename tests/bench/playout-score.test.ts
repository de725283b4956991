import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertNear, seconds, streamOf } from './made-up.ts';
import { clairvoyant, isScorable, quantile, scorePlayout } from './playout-score.ts';

const PACKETS = seconds(16);
const [FROM, TO] = [seconds(5), PACKETS - seconds(1)];

test('the delay is counted above the fastest packet of all', () => {
  // The fastest, 20 ms, is among those that are not scored.
  const stream = streamOf(PACKETS, (k) => (k === 0 ? 20 : 30));
  const score = scorePlayout(
    stream,
    stream.sends.map((send) => send + 42),
  );
  assertNear(score.meanMs, 22);
  assertNear(score.p95Ms, 22);
  assertNear(score.cost, 22);
  assert.deepEqual([score.lostPercent, score.latePercent, score.concealedPercent], [0, 0, 0]);
});

test('a percent late costs 10 ms; what the network lost does not', () => {
  // In every hundred, one is lost and two come too late.
  const stream = streamOf(PACKETS, (k) => (k % 100 === 7 ? NaN : k % 50 === 3 ? 90 : 20));
  const plays = stream.sends.map((send, k) => (stream.arrivals[k]! <= send + 25 ? send + 25 : NaN));
  const score = scorePlayout(stream, plays);
  const lost = stream.arrivals.subarray(FROM, TO).filter((arrival) => Number.isNaN(arrival)).length;
  assertNear(score.lostPercent, (100 * lost) / (TO - FROM));
  assertNear(score.latePercent, 200 / 99, 0.05);
  assertNear(score.concealedPercent, 3, 0.05);
  assertNear(score.meanMs, 5);
  assertNear(score.cost, 5 + 10 * score.latePercent, 0.2);
});

test('stopping the music costs as much as dropping it', () => {
  const stream = streamOf(PACKETS, () => 20);
  // Every second, all that follows is later by 4 packets: nothing is late, but 40 are concealed.
  const plays = stream.sends.map((send, k) => send + 20 + 4 * (8 / 3) * Math.floor(k / 375));
  const score = scorePlayout(stream, plays);
  assert.equal(score.latePercent, 0);
  assertNear(score.concealedPercent, (100 * 4 * 9) / (TO - FROM + 4 * 9), 0.15);
  assertNear(score.cost, score.meanMs + 10 * score.concealedPercent);
});

test('neither the first 5 s nor the last second count', () => {
  const stream = streamOf(PACKETS, () => 20);
  const plays = stream.sends.map((send, k) => (k < FROM || k >= TO ? NaN : send + 20));
  assertNear(scorePlayout(stream, plays).cost, 0);
  assert.ok(isScorable(stream));
  assert.ok(!isScorable(streamOf(seconds(6), () => 20)));
  assert.ok(!isScorable(streamOf(PACKETS, (k) => (k < FROM ? 20 : NaN))));
});

test('the bound takes the cheaper of waiting and losing', () => {
  // 1 % of the packets need 8 ms more: 8 ms of waiting cost less than 10 for losing them.
  const wait = clairvoyant(streamOf(PACKETS, (k) => (k % 100 === 0 ? 28 : 20)));
  assertNear(wait.fixed, 8);
  // 15 ms more: losing them costs less.
  const lose = clairvoyant(streamOf(PACKETS, (k) => (k % 100 === 0 ? 35 : 20)));
  assertNear(lose.fixed, 10, 0.2);
});

test('the bound per 10 s follows what one fixed delay cannot', () => {
  // From 10 s on all need 30 ms more.
  const { fixed, per10s } = clairvoyant(streamOf(seconds(26), (k) => (k < seconds(10) ? 20 : 50)));
  assertNear(fixed, 30);
  assertNear(per10s, (30 * 15) / 20, 0.1);
});

test('quantiles lie between the samples', () => {
  const sorted = Float64Array.of(0, 10, 20, 30);
  assertNear(quantile(sorted, 0.5), 15);
  assertNear(quantile(sorted, 0.95), 28.5);
  assertNear(quantile(sorted, 1), 30);
});
