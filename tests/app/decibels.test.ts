import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decibels, meterPosition } from '../../web/app/src/logic/decibels.js';

test('amplitudes as decibels', () => {
  assert.equal(decibels(1), 0);
  assert.ok(Math.abs(decibels(0.5) + 6.02) < 0.01);
  assert.equal(decibels(0), -60, 'silence is the bottom of the meter');
  assert.equal(decibels(1e-9), -60);
  assert.equal(decibels(NaN), -60, 'no number is silence, not a broken meter');
  assert.ok(decibels(2) > 6, 'beyond full scale is not hidden');
});

test('places along a meter stay on it', () => {
  assert.equal(meterPosition(-60), 0);
  assert.equal(meterPosition(-30), 0.5);
  assert.equal(meterPosition(0), 1);
  assert.equal(meterPosition(6), 1);
  assert.equal(meterPosition(-90), 0);
});
