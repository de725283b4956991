import assert from 'node:assert/strict';
import { test } from 'node:test';
import { metresOfAir } from '../../web/app/src/logic/air.js';
import {
  duration,
  gain,
  metres,
  milliseconds,
  number,
  percent,
} from '../../web/app/src/logic/units.js';

const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

test('ten milliseconds are 3.4 metres of air', () => {
  assert.ok(Math.abs(metresOfAir(10) - 3.43) < 1e-9);
  assert.equal(plain(metres(10, 'en')), '3.4 m');
  assert.equal(plain(metres(10, 'it')), '3,4 m');
});

test('from ten metres on, whole metres', () => {
  assert.equal(plain(metres(28, 'en')), '9.6 m');
  assert.equal(plain(metres(29.1, 'en')), '10 m', 'not 10.0 m');
  assert.equal(plain(metres(61.2, 'en')), '21 m');
});

test('numbers carry units that do not break away', () => {
  assert.equal(milliseconds(23.7, 'en'), '24\u00a0ms');
  assert.equal(plain(milliseconds(9.42, 'it', 1)), '9,4 ms');
});

test('from a second on, seconds', () => {
  assert.equal(plain(duration(240, 'en')), '240 ms');
  assert.equal(plain(duration(999.4, 'en')), '999 ms');
  assert.equal(plain(duration(999.6, 'it')), '1,0 s');
  assert.equal(plain(duration(12_345, 'en')), '12.3 s');
});

test('decibels carry their sign', () => {
  assert.equal(plain(gain(3, 'en')), '+3 dB');
  assert.equal(plain(gain(-8, 'en')), '\u22128 dB');
  assert.equal(plain(gain(0, 'en')), '0 dB');
  assert.equal(plain(gain(-0, 'en')), '0 dB');
  assert.equal(number(-0.2, 'en'), '0', 'no minus before nothing');
});

test('a share of nothing is nothing', () => {
  assert.equal(plain(percent(0, 0, 'en')), '0.0 %');
  assert.equal(plain(percent(1, 400, 'it')), '0,3 %');
});
