import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heardThemselves, latenessSentence } from '../../web/app/src/logic/lateness.js';
import { en, type Words } from '../../web/app/src/words/en.js';
import { it } from '../../web/app/src/words/it.js';
import { peerStats, plain } from './support/peer-stats.js';

const anna = peerStats();
const bruno = peerStats({ id: 'b', name: 'Bruno', captureToPlayoutMs: 32 });
const waiting = peerStats({ captureToPlayoutMs: null, playoutDelayMs: null, targetDelayMs: null });
const says = (peers: Parameters<typeof latenessSentence>[0], w: Words = en): string =>
  plain(latenessSentence(peers, w));

test('one musician: milliseconds and metres of air', () => {
  assert.equal(says([anna]), 'You hear Anna 14 ms late (4.8 m of air).');
  assert.equal(says([anna], it), 'Senti Anna con 14 ms di ritardo (4,8 m d’aria).');
});

test('all the way to the ear, where it is known', () => {
  const latency = { parts: [], totalMs: 44, atLeast: false };
  assert.equal(says([peerStats({ latency })]), 'You hear Anna 44 ms late (15 m of air).');
});

test('where the delay is going, when that is clearly elsewhere', () => {
  const later = peerStats({ targetDelayMs: 30 });
  assert.equal(says([later]), 'You hear Anna 14 ms late (4.8 m of air), soon 34 ms (12 m).');
  assert.equal(
    says([later], it),
    'Senti Anna con 14 ms di ritardo (4,8 m d’aria), tra poco 34 ms (12 m).',
  );
  assert.equal(says([peerStats({ targetDelayMs: 11.5 })]), says([anna]));
});

test('several musicians: the nearest and the furthest', () => {
  assert.equal(
    says([bruno, anna]),
    'You hear the others 14 ms (4.8 m of air) to 32 ms (11 m) late.',
  );
  assert.equal(
    says([anna, bruno], it),
    'Senti gli altri con un ritardo fra 14 ms (4,8 m d’aria) e 32 ms (11 m).',
  );
  const going = says([anna, { ...bruno, targetDelayMs: 40 }]);
  assert.equal(going.endsWith('late, soon 14 ms to 62 ms.'), true, going);
});

test('several musicians, as late as one another', () => {
  const carla = peerStats({ id: 'c', name: 'Carla', captureToPlayoutMs: 14.1 });
  assert.equal(says([anna, carla]), 'You hear the others 14 ms late (4.8 m of air).');
  assert.equal(says([anna, carla], it), 'Senti gli altri con 14 ms di ritardo (4,8 m d’aria).');
  const both = [anna, carla].map((peer) => ({ ...peer, targetDelayMs: 20 }));
  assert.equal(says(both), 'You hear the others 14 ms late (4.8 m of air), soon 24 ms (8.3 m).');
});

test('who is not heard yet is left out', () => {
  assert.equal(says([]), '');
  assert.equal(says([waiting]), en.caution.measuring);
  assert.equal(says([waiting, anna]), says([anna]));
});

test('nobody is late through whom one hears oneself', () => {
  const peers = [
    { id: 'a', loopback: 'on' },
    { id: 'b', loopback: 'asked' },
  ] as const;
  assert.deepEqual(heardThemselves([anna, bruno], peers), [bruno]);
  assert.equal(says(heardThemselves([anna], peers)), '');
});
