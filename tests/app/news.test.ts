import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PeerState } from 'tutti';
import { GRACE_MS, Newsroom, resting, type Who } from '../../web/app/src/logic/news.js';

const who = (name: string, state: PeerState = 'connected'): Who => ({ id: name, name, state });

test('who was there before us is no news; who comes and goes is', () => {
  const room = new Newsroom();
  assert.deepEqual(room.look([who('Maria', 'waiting')], 0), []);
  assert.deepEqual(room.look([who('Maria')], 100), [], 'having connected is not told');
  assert.deepEqual(room.look([who('Maria'), who('Paolo', 'waiting')], 200), [
    { kind: 'came', name: 'Paolo' },
  ]);
  assert.deepEqual(room.look([who('Paolo')], 300), [{ kind: 'left', name: 'Maria' }]);
});

test('an interruption is told when it lasts, and so is its end', () => {
  const room = new Newsroom();
  room.look([who('Maria')], 0);
  assert.deepEqual(room.look([who('Maria', 'lost')], 100), []);
  assert.deepEqual(room.look([who('Maria', 'lost')], 100 + GRACE_MS), [
    { kind: 'lost', name: 'Maria' },
  ]);
  assert.deepEqual(room.look([who('Maria')], 9000), [{ kind: 'back', name: 'Maria' }]);
});

test('a stumble is not told, nor the silence just before somebody leaves', () => {
  const room = new Newsroom();
  room.look([who('Maria'), who('Paolo')], 0);
  assert.deepEqual(room.look([who('Maria', 'lost'), who('Paolo', 'lost')], 100), []);
  assert.deepEqual(room.look([who('Maria')], 500), [{ kind: 'left', name: 'Paolo' }]);
  assert.deepEqual(room.look([who('Maria', 'lost')], 1000), []);
  assert.deepEqual(room.look([who('Maria', 'lost')], 900 + GRACE_MS), [], 'counted anew');
});

test('no way through is told once', () => {
  const room = new Newsroom();
  room.look([who('Maria', 'waiting')], 0);
  const told = [{ kind: 'unreachable', name: 'Maria' }];
  assert.deepEqual(room.look([who('Maria', 'unreachable')], 100), told);
  assert.deepEqual(room.look([who('Maria', 'unreachable')], 200), []);
});

test('a live object that changes under our hands is news all the same', () => {
  const room = new Newsroom();
  const maria = who('Maria');
  room.look([maria], 0);
  maria.state = 'unreachable';
  assert.equal(room.look([maria], 100).length, 1);
});

test('the resting line says the gravest thing', () => {
  const peers = [who('A', 'waiting'), who('B', 'lost'), who('C', 'unreachable'), who('D')];
  assert.deepEqual(resting('rejoining', peers, false), { kind: 'rejoining' });
  assert.deepEqual(resting('joined', peers, false), { kind: 'no-microphone' });
  assert.deepEqual(resting('joined', peers, true), { kind: 'unreachable', name: 'C' });
  assert.deepEqual(resting('joined', peers.slice(0, 2), true), { kind: 'lost', name: 'B' });
  assert.deepEqual(resting('joined', peers.slice(0, 1), true), { kind: 'waiting', name: 'A' });
  assert.deepEqual(resting('joined', peers.slice(3), true), { kind: 'well' });
  assert.deepEqual(resting('joined', [], true), { kind: 'alone' });
});
