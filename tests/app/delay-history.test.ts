/** The minute of delays behind the graph, its paths, and its sentence. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { areaPath, linePath, marksPath, topOf } from '../../web/app/src/logic/delay-graph.js';
import {
  DelayHistories,
  DelayHistory,
  type DelaySample,
} from '../../web/app/src/logic/delay-history.js';
import { delaySummary } from '../../web/app/src/logic/delay-summary.js';
import { en } from '../../web/app/src/words/en.js';
import { it } from '../../web/app/src/words/it.js';
import { peerStats, plain, sessionStats } from './support/peer-stats.js';

const sample = (at: number, but: Partial<DelaySample> = {}): DelaySample => ({
  ...{ at, actual: 10, target: 10, jitter: 5, concealedMs: 0 },
  ...but,
});

test('a minute is kept, and no more', () => {
  const history = new DelayHistory();
  for (let at = 0; at <= 200_000; at += 250) history.push(at, peerStats());
  assert.equal(history.samples.length, 241);
  assert.equal(history.samples[0]?.at, 140_000);
  assert.equal(history.samples.at(-1)?.at, 200_000);
});

test('after a long pause only what is new is left', () => {
  const history = new DelayHistory();
  history.push(0, peerStats());
  history.push(500_000, peerStats());
  assert.deepEqual(
    history.samples.map(({ at }) => at),
    [500_000],
  );
});

test('concealed sound is counted from look to look, in ms', () => {
  const history = new DelayHistory();
  for (const [i, concealedFrames] of [4800, 4800, 4928, 0, 48].entries()) {
    history.push(250 * i, peerStats({ concealedFrames }));
  }
  const told = history.samples.map(({ concealedMs }) => Math.round(concealedMs * 100) / 100);
  assert.deepEqual(told, [0, 0, 2.67, 0, 1], 'neither what was before, nor another stream’s');
});

test('every musician has a history, until they leave', () => {
  const histories = new DelayHistories();
  const [anna, bruno] = [peerStats(), peerStats({ id: 'b', playoutDelayMs: 20 })];
  histories.look(0, sessionStats([anna, bruno]));
  histories.look(250, sessionStats([bruno]));
  histories.look(500, sessionStats([anna, bruno]));
  assert.deepEqual(
    histories.of('b').map(({ actual }) => actual),
    [20, 20, 20],
  );
  assert.equal(histories.of('a').length, 1);
  assert.deepEqual(histories.of('nobody'), []);
});

test('the axis ends at a round number above everything', () => {
  assert.equal(topOf([]), 20);
  assert.equal(topOf([sample(0)]), 20);
  assert.equal(topOf([sample(0, { jitter: 20 })]), 40);
  assert.equal(topOf([sample(0, { target: 58 }), sample(250)]), 60);
  assert.equal(topOf([sample(0, { actual: 250 })]), 260);
  assert.equal(topOf([sample(0, { actual: 1000 })]), 1200);
});

test('time goes to the right, delay upwards', () => {
  const samples = [
    sample(30_000, { actual: 0 }),
    sample(31_000, { actual: 5 }),
    sample(32_000, { actual: 20 }),
  ];
  assert.equal(linePath(samples, 'actual', 60_000, 20), 'M300 100L310 75L320 0');
  assert.equal(linePath(samples, 'actual', 90_000, 20), 'M0 100L10 75L20 0');
  assert.equal(
    areaPath(samples, 'actual', 60_000, 20),
    'M300 100L300 100L310 75L320 0L320 100Z',
    'down to zero',
  );
});

test('where nothing is known there is a gap', () => {
  const samples = [
    sample(0),
    sample(1000, { actual: null }),
    sample(2000),
    sample(4000),
    sample(8000), // nobody has looked for four seconds
  ];
  assert.equal(linePath(samples, 'actual', 60_000, 20), 'M0 50M20 50L40 50M80 50');
  assert.equal(linePath([], 'actual', 0, 20), '');
});

test('a mark stands where sound was concealed, higher for more', () => {
  const samples = [
    sample(58_000),
    sample(58_500),
    sample(59_000, { concealedMs: 5 }),
    sample(60_000, { concealedMs: 1000 }),
  ];
  assert.equal(marksPath(samples, 60_000), 'M590 100V58.5M600 100V0');
});

test('the graph in a sentence', () => {
  const samples = [
    sample(0, { actual: 18.2 }),
    sample(250, { actual: 12.4, concealedMs: 5 }),
    sample(500, { actual: 14.1, target: 13.6, jitter: 8 }),
  ];
  assert.equal(
    plain(delaySummary('Anna', samples, en)),
    'Anna, the last minute. Delay at this end now 14 ms, between 12 ms and 18 ms. ' +
      'Aimed at: 14 ms. Network jitter: 8 ms. Concealed: 5 ms of sound.',
  );
  assert.equal(
    plain(delaySummary('Anna', samples, it)),
    'Anna, l’ultimo minuto. Attesa da questa parte: adesso 14 ms, fra 12 ms e 18 ms. ' +
      'Voluta: 14 ms. Oscillazione della rete: 8 ms. Ricostruito: 5 ms di suono.',
  );
});

test('the sentence leaves out what is not known', () => {
  const unknown = sample(0, { actual: null, target: null, jitter: null });
  assert.equal(delaySummary('Anna', [], en), 'Anna, the last minute. Nothing is heard yet.');
  assert.equal(delaySummary('Anna', [unknown], en), delaySummary('Anna', [], en));
  assert.equal(
    plain(delaySummary('Anna', [sample(0, { target: null, jitter: null })], en)),
    'Anna, the last minute. Delay at this end now 10 ms, between 10 ms and 10 ms. ' +
      'Nothing was concealed.',
  );
});
