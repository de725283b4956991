/** Quantiles of values and of counts agree. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Random } from '../../bindings/src/bench/random.js';
import { scaled, spreadOf, spreadOfCounts } from '../../bindings/src/bench/spread.js';

test('of the numbers 1 to 100', () => {
  const values = Array.from({ length: 100 }, (_, i) => 100 - i);
  const expected = { p50: 50, p95: 95, p99: 99, max: 100, mean: 50.5, count: 100 };
  assert.deepEqual(spreadOf(values), expected);
  assert.deepEqual(spreadOfCounts([0, ...values.map(() => 1)]), expected);
  assert.deepEqual(scaled(spreadOf(values), 2), {
    p50: 100,
    p95: 190,
    p99: 198,
    max: 200,
    mean: 101,
    count: 100,
  });
});

test('counts are as the values they stand for', () => {
  const random = new Random(3);
  const values = Array.from({ length: 997 }, () => random.below(40));
  const counts = new Uint32Array(64);
  for (const value of values) counts[value]!++;
  const { mean, ...rest } = spreadOf(values)!;
  const { mean: countedMean, ...countedRest } = spreadOfCounts(counts)!;
  assert.deepEqual(countedRest, rest);
  assert.ok(Math.abs(mean - countedMean) < 1e-9);
});

test('of one and of none', () => {
  assert.deepEqual(spreadOf([7]), { p50: 7, p95: 7, p99: 7, max: 7, mean: 7, count: 1 });
  assert.equal(spreadOf([]), null);
  assert.equal(spreadOfCounts([0, 0]), null);
  assert.equal(scaled(null, 3), null);
});
