import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Microphone } from 'tutti';
import { DeviceDesk, type Devices } from '../../web/app/src/logic/device-news.js';

const microphone = (label: string): Microphone => ({
  deviceId: label,
  label,
  channelCount: 1,
  processing: [],
  latencyMs: null,
  sampleRate: null,
  groupId: '',
});

/** One look after another, with what has changed since the one before. */
function looks(first: Partial<Devices> = {}) {
  const desk = new DeviceDesk();
  let now: Devices = {
    microphone: microphone('violin'),
    microphoneHeld: false,
    outputGone: false,
    outputMissing: false,
    ...first,
  };
  desk.look(now);
  return {
    desk,
    look: (change: Partial<Devices>): string[] => {
      now = { ...now, ...change };
      return desk.look(now).map(({ kind }) => kind);
    },
  };
}

test('a microphone that vanishes is told, stays amiss, and is told when it is back', () => {
  const { desk, look } = looks();
  assert.equal(desk.trouble, null);
  assert.deepEqual(look({ microphone: null }), ['microphone-gone']);
  assert.deepEqual(look({}), []);
  assert.equal(desk.trouble, 'microphone-gone');
  assert.deepEqual(look({ microphone: microphone('violin') }), ['microphone-back']);
  assert.equal(desk.trouble, null);
});

test('another microphone in its place is called by its name', () => {
  const { desk, look } = looks();
  look({ microphone: null });
  assert.deepEqual(look({ microphone: microphone('laptop') }), ['microphone-other']);
  assert.equal(desk.trouble, null);
  assert.deepEqual(look({ microphone: microphone('violin') }), ['microphone-other']);
  assert.deepEqual(desk.look({ ...nothing(), microphone: microphone('cello') }), [
    { kind: 'microphone-other', label: 'cello' },
  ]);
});

const nothing = (): Devices => ({
  microphone: null,
  microphoneHeld: false,
  outputGone: false,
  outputMissing: false,
});

test('who came without a microphone has lost none', () => {
  const { desk, look } = looks({ microphone: null });
  assert.deepEqual(look({}), []);
  assert.equal(desk.trouble, null);
  assert.deepEqual(look({ microphone: microphone('violin') }), []);
});

test('a microphone held back by the system is no vanished one', () => {
  const { desk, look } = looks();
  assert.deepEqual(look({ microphoneHeld: true }), ['microphone-held']);
  assert.equal(desk.trouble, 'microphone-held');
  assert.deepEqual(look({ microphone: null, microphoneHeld: false }), ['microphone-gone']);
  look({ microphone: microphone('violin'), microphoneHeld: true });
  assert.deepEqual(look({ microphoneHeld: false }), ['microphone-free']);
});

test('the device that plays comes before the microphone', () => {
  const { desk, look } = looks();
  look({ microphone: null });
  assert.deepEqual(look({ outputGone: true }), ['output-gone']);
  assert.equal(desk.trouble, 'output-gone');
  assert.deepEqual(look({ outputGone: false }), ['output-back']);
  assert.equal(desk.trouble, 'microphone-gone');
});

test('a chosen output that is away is told, and is no trouble: another one plays', () => {
  const { desk, look } = looks();
  assert.deepEqual(look({ outputMissing: true }), ['output-missing']);
  assert.equal(desk.trouble, null);
  assert.deepEqual(look({}), []);
  assert.deepEqual(look({ outputMissing: false }), ['output-found']);
});
