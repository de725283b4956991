import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  choosable,
  deviceOf,
  inputCaution,
  isWireless,
  outputCaution,
} from '../../web/app/src/logic/devices.js';

test('wireless headsets are known by their names, as the systems give them', () => {
  const wireless = [
    'Anna’s AirPods Pro',
    'AirPods',
    'Headset (WH-1000XM4 Hands-Free AG Audio)',
    'Headset (Galaxy Buds2 Pro)',
    'Headset earpiece Bluetooth headset',
    'Bluetooth',
    'Jabra Elite (Bluetooth)',
    'WF-1000XM5',
    'Cuffie con auricolare (Pixel)',
    'Pixel Buds',
  ];
  for (const label of wireless) assert.equal(isWireless(label), true, label);
  const wired = [
    '',
    'Default',
    'Scarlett 2i2 USB',
    'MacBook Pro Microphone',
    'Microphone (Realtek Audio)',
    'Headset (Jabra EVOLVE 20 USB)',
    'Headset microphone',
    'Headphones (Realtek Audio)',
    'Buddy USB Microphone',
    'External Headphones',
    'Line 3/4 (Babyface Pro)',
  ];
  for (const label of wired) assert.equal(isWireless(label), false, label);
});

test('a microphone that is dull is known by its rate', () => {
  assert.equal(inputCaution({ label: 'X', sampleRate: 8_000 }), 'telephone');
  assert.equal(inputCaution({ label: 'X', sampleRate: 16_000 }), 'telephone');
  assert.equal(inputCaution({ label: 'X', sampleRate: 44_100 }), null);
  assert.equal(inputCaution({ label: 'X', sampleRate: null }), null);
  assert.equal(inputCaution({ label: 'AirPods', sampleRate: 48_000 }), 'wireless');
});

const USB = { label: 'Scarlett 2i2 USB', groupId: 'usb' };
const JACK = { label: 'Built-in Output', groupId: 'out' };

test('two devices are told of where they cost something', () => {
  const microphone = { ...USB, sampleRate: 48_000 };
  assert.equal(outputCaution(microphone, USB, 48_000), null, 'one device');
  assert.equal(outputCaution(microphone, JACK, 48_000), 'two-devices');
  assert.equal(outputCaution({ ...microphone, sampleRate: 44_100 }, USB, 48_000), 'two-devices');
  assert.equal(outputCaution({ ...microphone, sampleRate: 44_100 }, null, 48_000), 'two-devices');
  assert.equal(outputCaution(null, JACK, 48_000), null, 'no microphone yet');
});

test('nothing is said where nothing is known, or where two parts are one computer', () => {
  const microphone = { ...USB, sampleRate: null };
  assert.equal(outputCaution(microphone, null, 48_000), null);
  assert.equal(outputCaution(microphone, { label: '', groupId: '' }, 48_000), null);
  assert.equal(outputCaution({ ...microphone, groupId: '' }, JACK, 48_000), null);
  const built = { label: 'Built-in Microphone', groupId: 'in', sampleRate: 48_000 };
  assert.equal(outputCaution(built, JACK, 48_000), null);
});

test('the gravest thing comes first', () => {
  const buds = { label: 'Headset (Buds)', groupId: 'buds', sampleRate: 16_000 };
  assert.equal(outputCaution({ ...USB, sampleRate: 48_000 }, buds, 48_000), 'wireless');
  assert.equal(outputCaution(buds, JACK, 48_000), null, 'that is told of the microphone');
});

test('the browser’s own choice is not among the devices, and is found', () => {
  const devices = ['default', 'communications', '', 'a', 'b'].map((deviceId) => ({ deviceId }));
  const list = devices as MediaDeviceInfo[];
  assert.deepEqual(
    choosable(list).map(({ deviceId }) => deviceId),
    ['a', 'b'],
  );
  assert.equal(deviceOf(list, '')?.deviceId, 'default');
  assert.equal(deviceOf(list, 'b')?.deviceId, 'b');
  assert.equal(deviceOf(list, 'gone'), null);
});
