/** What the engine reports of a peer, as the stats of the session tell it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConcealedShare } from '../../bindings/src/session/concealed-share.js';
import { peerStats } from '../../bindings/src/session/peer-stats.js';

const OF = { id: 'a', name: 'Anna', dropped: 3, concealedShare: 0.25, latency: null };

test('delays are told while playing, and are what the engine says', () => {
  const delays = { playoutDelayMs: 9.5, targetDelayMs: 12, captureToPlayoutMs: 20 };
  const report = { playing: 1, jitterMs: 7.5, driftPpm: -12.5, roundTripMs: 8, ...delays };
  const stats = peerStats(report, OF);
  assert.equal(stats.playoutDelayMs, 9.5);
  assert.equal(stats.targetDelayMs, 12);
  assert.equal(stats.captureToPlayoutMs, 20);
  assert.equal(stats.jitterMs, 7.5);
  assert.equal(stats.driftPpm, -12.5);
  assert.equal(stats.rttMs, 8);
  assert.equal(stats.concealedShare, 0.25);
  assert.equal(stats.dropped, 3);
  const waiting = peerStats({ ...report, playing: 0 }, OF);
  assert.equal(waiting.playoutDelayMs, null);
  assert.equal(waiting.targetDelayMs, null);
  assert.equal(waiting.captureToPlayoutMs, null);
  assert.equal(waiting.jitterMs, 7.5);
});

test('what the engine does not know is null, and counts begin at 0', () => {
  const nothing = { playing: 1, jitterMs: NaN, driftPpm: NaN, targetDelayMs: NaN };
  for (const report of [{}, nothing]) {
    const stats = peerStats(report, { ...OF, concealedShare: null });
    assert.equal(stats.targetDelayMs, null);
    assert.equal(stats.jitterMs, null);
    assert.equal(stats.driftPpm, null);
    assert.equal(stats.concealedShare, null);
    assert.equal(stats.concealedFrames, 0);
    assert.equal(stats.received, 0);
  }
});

test('the format is that of the packets that arrive', () => {
  assert.equal(peerStats({}, OF).codec, 'pcm16');
  assert.equal(peerStats({ bits: 24 }, OF).codec, 'pcm24');
});

/** Feeds 25 reports a second, from..to seconds, a share of whose sound is concealed. */
function feed(share: ConcealedShare, from: number, to: number, part: number, before = 0): number {
  let frames = before;
  for (let i = Math.round(from * 25) + 1; i <= Math.round(to * 25); i++) {
    frames += part * 1920;
    share.observe(i / 25, frames);
  }
  return frames;
}

const near = (value: number | null, expected: number): boolean =>
  value !== null && Math.abs(value - expected) < 1e-9;

test('the concealed share is not known in the first second', () => {
  const share = new ConcealedShare();
  assert.equal(share.value, null);
  feed(share, 0, 1, 0.5);
  assert.equal(share.value, null);
  feed(share, 1, 1.2, 0.5, 24_000);
  assert.equal(near(share.value, 0.5), true, String(share.value));
});

test('the concealed share forgets what is older than ten seconds', () => {
  const share = new ConcealedShare();
  const frames = feed(share, 0, 30, 0.2);
  assert.equal(near(share.value, 0.2), true, String(share.value));
  feed(share, 30, 35, 0, frames);
  assert.equal(Math.abs(share.value! - 0.1) < 0.01, true, String(share.value));
  feed(share, 35, 41, 0, frames);
  assert.equal(share.value, 0);
});

test('the concealed share stays between 0 and 1', () => {
  const share = new ConcealedShare();
  share.observe(0, 0);
  share.observe(2, 48_000 * 5);
  assert.equal(share.value, 1);
  share.observe(4, -5);
  assert.equal(share.value, 0);
});
