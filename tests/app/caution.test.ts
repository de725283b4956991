import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CAUTION, cautionPlace, cautionWord } from '../../web/app/src/logic/caution.js';
import { Settings, type Shelf } from '../../web/app/src/logic/settings.js';

test('every place along the slider has its number and word', () => {
  // As a native range hands them out.
  const places = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
  assert.deepEqual(places.map(cautionPlace), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  const [quick, ratherQuick, balanced] = ['quick', 'ratherQuick', 'balanced'];
  assert.deepEqual(places.map(cautionWord), [
    ...[quick, quick, ratherQuick, ratherQuick, balanced, balanced, balanced],
    ...['ratherSafe', 'ratherSafe', 'safe', 'safe'],
  ]);
});

test('what sums of tenths leave behind changes no word', () => {
  assert.equal(cautionPlace(0.1 + 0.2), 3);
  assert.equal(cautionWord(0.1 + 0.2), 'ratherQuick');
  assert.equal(cautionPlace(0.7 + 0.1), 8);
});

test('the untouched slider is the balanced one', () => {
  assert.equal(cautionWord(CAUTION.neutral), 'balanced');
});

test('the choice is remembered; what is no choice is the untouched slider', () => {
  const things = new Map<string, string>();
  const shelf: Shelf = {
    getItem: (key) => things.get(key) ?? null,
    setItem: (key, value) => void things.set(key, value),
  };
  assert.equal(new Settings(shelf).caution, CAUTION.neutral);
  for (const caution of [0, 0.3, 1]) {
    new Settings(shelf).caution = caution;
    assert.equal(new Settings(shelf).caution, caution);
  }
  for (const written of ['2', '-1', 'NaN', 'Infinity', 'safe']) {
    things.set('tutti.caution', written);
    assert.equal(new Settings(shelf).caution, CAUTION.neutral, written);
  }
});
