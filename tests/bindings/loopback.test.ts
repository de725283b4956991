/** Hearing oneself through a peer: two ends that talk to each other, each with what it tells. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LENT_MS, Loopback } from '../../bindings/src/network/loopback.js';
import type { Loopback as Said } from '../../bindings/src/network/messages.js';

interface End {
  loopback: Loopback;
  said: Said['what'][];
  told: string[];
}

function end(): End {
  const said: Said['what'][] = [];
  const told: string[] = [];
  const loopback = new Loopback({
    say: ({ what }) => void said.push(what),
    tell: (side, on) => void told.push(`${side} ${on ? 'on' : 'off'}`),
  });
  return { loopback, said, told };
}

/** What each has said reaches the other, until both are silent. */
function talk(a: End, b: End): void {
  while (a.said.length + b.said.length > 0) {
    const [from, to] = a.said.length > 0 ? [a, b] : [b, a];
    to.loopback.hear({ type: 'loopback', what: from.said.shift()! });
  }
}

test('asked for, lent, ended', () => {
  const [anna, maria] = [end(), end()];
  anna.loopback.borrow(true);
  talk(anna, maria);
  assert.equal(maria.loopback.lends, true);
  assert.equal(anna.loopback.lends, false);
  assert.deepEqual(anna.told, ['ours on']);
  assert.deepEqual(maria.told, ['theirs on']);
  anna.loopback.borrow(false);
  talk(anna, maria);
  assert.equal(maria.loopback.lends, false);
  assert.deepEqual(maria.told, ['theirs on', 'theirs off']);
});

test('it ends after a minute, however often it is asked for meanwhile', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const [anna, maria] = [end(), end()];
  anna.loopback.borrow(true);
  talk(anna, maria);
  t.mock.timers.tick(LENT_MS - 1);
  anna.loopback.borrow(true);
  talk(anna, maria);
  assert.equal(maria.loopback.lends, true);
  t.mock.timers.tick(1);
  talk(anna, maria);
  assert.equal(maria.loopback.lends, false);
  assert.equal(anna.told.at(-1), 'ours off');
  anna.loopback.borrow(true);
  talk(anna, maria);
  assert.equal(maria.loopback.lends, true, 'it may be asked for again');
  maria.loopback.close();
});

test('nobody borrows who lends', () => {
  const [anna, maria] = [end(), end()];
  anna.loopback.borrow(true);
  talk(anna, maria);
  maria.loopback.borrow(true);
  talk(anna, maria);
  assert.equal(anna.loopback.lends, false);
  assert.equal(maria.told.at(-1), 'ours off');
  maria.loopback.close();
});

test('when both ask at once, neither gets it: packets would go round for ever', () => {
  const [anna, maria] = [end(), end()];
  anna.loopback.borrow(true);
  maria.loopback.borrow(true);
  talk(anna, maria);
  assert.deepEqual([anna.loopback.lends, maria.loopback.lends], [false, false]);
  assert.deepEqual([anna.told, maria.told], [['ours off'], ['ours off']]);
  anna.loopback.borrow(true);
  talk(anna, maria);
  assert.equal(maria.loopback.lends, true);
  maria.loopback.close();
});

test('ended and asked for again at once', () => {
  const [anna, maria] = [end(), end()];
  anna.loopback.borrow(true);
  talk(anna, maria);
  anna.loopback.borrow(false);
  anna.loopback.borrow(true);
  talk(anna, maria);
  assert.equal(maria.loopback.lends, true);
  assert.deepEqual(anna.told, ['ours on', 'ours on']);
  maria.loopback.close();
});

test('what was not asked for is not taken', () => {
  const anna = end();
  anna.loopback.hear({ type: 'loopback', what: 'on' });
  assert.deepEqual(anna.told, []);
  assert.deepEqual(anna.said, ['end']);
});

test('nothing is left of it when the peer goes', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const [anna, maria] = [end(), end()];
  anna.loopback.borrow(true);
  talk(anna, maria);
  maria.loopback.close();
  t.mock.timers.tick(LENT_MS);
  assert.equal(maria.loopback.lends, false);
  assert.deepEqual(maria.said, []);
});
