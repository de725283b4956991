import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LevelHelp, type LevelVerdict } from '../../web/app/src/logic/level-help.js';

function feed(help: LevelHelp, db: number, from: number, to: number): LevelVerdict {
  let verdict: LevelVerdict = 'listening';
  for (let now = from; now < to; now += 40) verdict = help.push(db, now);
  return verdict;
}

test('it listens before it calls anything too quiet or silent', () => {
  const help = new LevelHelp();
  assert.equal(feed(help, -60, 0, 3900), 'listening');
  assert.equal(feed(help, -60, 3920, 4200), 'silent');
  assert.equal(feed(new LevelHelp(), -45, 0, 5000), 'quiet');
});

test('one good note is enough for a while, also when rests follow', () => {
  const help = new LevelHelp();
  assert.equal(feed(help, -18, 0, 200), 'good');
  assert.equal(feed(help, -60, 200, 4000), 'good', 'a rest is not silence');
  assert.equal(feed(help, -60, 4000, 6000), 'silent');
});

test('too loud is told at once, and stands for a while', () => {
  const help = new LevelHelp();
  feed(help, -18, 0, 200);
  assert.equal(help.push(-0.5, 200), 'loud');
  assert.equal(feed(help, -18, 240, 4000), 'loud', 'as long as the peak is fresh');
  assert.equal(feed(help, -18, 4000, 6000), 'good');
});

test('a verdict does not flicker', () => {
  const help = new LevelHelp();
  let changes = 0;
  let last: LevelVerdict = 'listening';
  for (let now = 0; now < 60_000; now += 40) {
    const verdict = help.push(-30 + 3 * Math.sin(now / 700), now);
    if (verdict !== last) changes += 1;
    last = verdict;
  }
  assert.ok(changes <= 1, `${String(changes)} changes`);
});

test('another device begins anew', () => {
  const help = new LevelHelp();
  feed(help, -60, 0, 6000);
  help.reset();
  assert.equal(help.push(-60, 6000), 'listening');
});
