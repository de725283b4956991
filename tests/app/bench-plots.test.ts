/** The geometry of the bench page's plots. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BOX, costsOf, dearest } from '../../web/app/src/logic/bench-costs.js';
import { extremes, rangePaths, rangesOf, roundTop } from '../../web/app/src/logic/bench-ranges.js';
import { cost, loop, spread } from './support/bench-results.js';

const BUDGET = (128 / 48_000) * 1e6;

test('the axis ends at a round number whose half is round too', () => {
  const tops = [0, 0.03, 0.4, 0.41, 1, 1.01, 7, 20, 20.1, 99, 372.68, 1000];
  assert.deepEqual(tops.map(roundTop), [1, 0.04, 0.4, 0.6, 1, 2, 8, 20, 40, 100, 400, 1000]);
  assert.equal(roundTop(NaN), 1);
});

test('a range: from the median, by p99, to the largest', () => {
  assert.deepEqual(rangePaths(spread(10, 15, 20), 40), {
    reach: 'M250 10H500M500 5V15',
    body: 'M250 10H375',
    median: 'M250 1V19',
  });
});

test('what is below zero or beyond the axis stays in the box', () => {
  assert.equal(rangePaths(spread(-5, 10, 80), 40).reach, 'M0 10H1000M1000 5V15');
});

test('all ranges are on one axis', () => {
  const ranges = rangesOf([
    loop(),
    loop({
      transport: 'main/ring',
      latencyFrames: null,
      latencyMs: null,
      hopMs: spread(1, 30, 70),
    }),
  ]);
  assert.equal(ranges.top, 80);
  assert.deepEqual(
    ranges.rows.map(({ name, latency }) => [name, latency?.median ?? null]),
    [
      ['worker/ring, idle', 'M125 1V19'],
      ['main/ring, idle', null],
    ],
  );
  assert.equal(ranges.rows[1]?.hop?.body, 'M12.5 10H375');
  assert.equal(rangesOf([]).top, 1);
});

test('the quickest and the slowest of the loops that were heard', () => {
  const quick = loop({ latencyMs: spread(5, 6, 7) });
  const slow = loop({ latencyMs: spread(50, 60, 70) });
  assert.deepEqual(extremes([loop(), slow, loop({ latencyMs: null }), quick]), {
    least: quick,
    most: slow,
  });
  assert.equal(extremes([loop({ latencyMs: null })]), null);
});

test('costs go up by powers of ten, streams to the right', () => {
  const costs = costsOf([
    cost(1, 1, 'playing', BUDGET / 1000),
    cost(10, 1, 'playing', BUDGET / 100, BUDGET / 10),
  ]);
  assert.deepEqual(costs?.decades, [1, 0.1, 0.01, 0.001]);
  assert.deepEqual(costs?.peers, [1, 10]);
  assert.equal(costs?.budget, `M0 0H${BOX.width}`);
  const [series] = costs?.series ?? [];
  // In the middles of two columns, less the place of the first of four series.
  assert.equal(series?.line, 'M182 400L582 266.7');
  assert.equal(series?.means, 'M182 400h0M582 266.7h0');
  assert.equal(series?.reach, 'M182 400V400M582 266.7V133.3');
});

test('the budget is inside the plot, also when it is exceeded', () => {
  const costs = costsOf([cost(64, 2, 'concealing', BUDGET / 5, 3 * BUDGET)]);
  assert.deepEqual(costs?.decades, [10, 1, 0.1]);
  assert.equal(costs?.budget, 'M0 200H800');
});

test('each kind of stream has its line, those that are not there have none', () => {
  const costs = costsOf([
    cost(1, 2, 'playing', 5),
    cost(1, 1, 'concealing', 50),
    cost(4, 1, 'concealing', 80),
  ]);
  assert.deepEqual(
    costs?.series.map(({ channels, state }) => `${channels} ${state}`),
    ['1 concealing', '2 playing'],
  );
});

test('a clock too coarse to tell leaves nothing to draw', () => {
  assert.equal(costsOf([]), null);
  assert.equal(costsOf([cost(1, 1, 'playing', 0)]), null);
  // Where only the single values are too coarse, the mean is there.
  const [series] = costsOf([cost(1, 1, 'playing', BUDGET / 100, 0)])?.series ?? [];
  assert.equal(series?.reach, 'M382 400V400');
});

test('the dearest case by its mean', () => {
  const most = cost(64, 2, 'playing', 900);
  const untold = { ...cost(1, 1, 'playing', 1), us: null, meanShare: null, p99Share: null };
  assert.equal(dearest([untold, cost(1, 1, 'playing', 5), most]), most);
  assert.equal(dearest([]), null);
});
