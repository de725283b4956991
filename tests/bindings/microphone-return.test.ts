/** Which microphone is opened when the devices have changed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Microphone } from '../../bindings/src/api.js';
import { MicrophoneReturn, type Device } from '../../bindings/src/microphone-return.js';

const input = (deviceId: string, label = deviceId): Device => ({
  kind: 'audioinput',
  deviceId,
  label,
  groupId: `group of ${label}`,
});
const LOUDSPEAKER: Device = { kind: 'audiooutput', deviceId: 'l', label: 'l', groupId: 'l' };
const opened = ({ deviceId, label, groupId }: Device): Microphone => ({
  deviceId,
  label,
  channelCount: 2,
  processing: [],
  latencyMs: null,
  sampleRate: null,
  groupId,
});

const VIOLIN = input('violin');
const LAPTOP = input('laptop');
const CHOSEN = { deviceId: 'violin', channels: 'stereo' } as const;
const STANDARD = { channels: '1' } as const;
const NOTHING = { lost: false, open: null };

/** One that has the violin's microphone open, and has seen it among the devices. */
function violinist(): { memory: MicrophoneReturn; open: Microphone } {
  const memory = new MicrophoneReturn();
  const open = opened(VIOLIN);
  memory.opened(open);
  assert.deepEqual(memory.judge(CHOSEN, open, [LAPTOP, VIOLIN, LOUDSPEAKER]), NOTHING);
  return { memory, open };
}

test('a chosen device is waited for, and taken back', () => {
  const { memory } = violinist();
  assert.deepEqual(memory.judge(CHOSEN, null, [LAPTOP]), NOTHING, 'no other takes its place');
  assert.deepEqual(memory.judge(CHOSEN, null, []), NOTHING);
  assert.deepEqual(memory.judge(CHOSEN, null, [LAPTOP, VIOLIN]), { lost: false, open: CHOSEN });
});

test('plugged in elsewhere it has another id, and is known by its name', () => {
  const { memory } = violinist();
  const elsewhere = input('other id', 'violin');
  assert.deepEqual(memory.judge(CHOSEN, null, [LAPTOP, elsewhere]), {
    lost: false,
    open: { deviceId: 'other id', channels: 'stereo' },
  });
  const nameless = [input('a', ''), input('b', '')];
  assert.deepEqual(memory.judge(CHOSEN, null, nameless), NOTHING);
});

test('a device that is no longer listed is lost, whatever its track says', () => {
  const { memory, open } = violinist();
  assert.deepEqual(memory.judge(CHOSEN, open, [LAPTOP]), { lost: true, open: null });
});

test('what never was listed is not missed', () => {
  const memory = new MicrophoneReturn();
  const open = opened(VIOLIN);
  memory.opened(open);
  assert.deepEqual(memory.judge(CHOSEN, open, [LAPTOP]), NOTHING);
});

test('the browser’s own choice is followed, by its name or by its place', () => {
  for (const list of [
    (first: Device, second: Device) => [first, second],
    (first: Device, second: Device) => [
      { ...first, deviceId: 'default', label: `Default - ${first.label}` },
      second,
      first,
    ],
  ]) {
    const memory = new MicrophoneReturn();
    const open = opened(list(VIOLIN, LAPTOP)[0]!);
    memory.opened(open);
    assert.deepEqual(memory.judge(STANDARD, open, list(VIOLIN, LAPTOP)), NOTHING);
    assert.deepEqual(memory.judge(STANDARD, open, list(VIOLIN, LAPTOP)), NOTHING);
    const { open: next } = memory.judge(STANDARD, open, list(LAPTOP, VIOLIN));
    assert.equal(next, STANDARD);
    const other = opened(list(LAPTOP, VIOLIN)[0]!);
    memory.opened(other);
    assert.deepEqual(memory.judge(STANDARD, other, list(LAPTOP, VIOLIN)), NOTHING);
    assert.equal(memory.judge(STANDARD, other, list(VIOLIN, LAPTOP)).open, STANDARD, 'and back');
  }
});

test('with no device left, the browser’s own choice is waited for', () => {
  const memory = new MicrophoneReturn();
  const open = opened(LAPTOP);
  memory.opened(open);
  memory.judge(STANDARD, open, [LAPTOP]);
  assert.deepEqual(memory.judge(STANDARD, open, [LOUDSPEAKER]), { lost: true, open: null });
  // Without permission there are devices without an id.
  assert.deepEqual(memory.judge(STANDARD, null, [input('')]), NOTHING);
  assert.equal(memory.judge(STANDARD, null, [LAPTOP]).open, STANDARD);
});
