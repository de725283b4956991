import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Settings, type Shelf } from '../../web/app/src/logic/settings.js';

function shelf(): Shelf & { things: Map<string, string> } {
  const things = new Map<string, string>();
  return {
    things,
    getItem: (key) => things.get(key) ?? null,
    setItem: (key, value) => void things.set(key, value),
  };
}

test('what was chosen is there after a reload', () => {
  const storage = shelf();
  const before = new Settings(storage);
  before.name = 'Anna';
  before.theme = 'light';
  before.quality = 'full';
  before.microphone = { deviceId: 'usb', channels: 'stereo' };
  const after = new Settings(storage);
  assert.equal(after.name, 'Anna');
  assert.equal(after.theme, 'light');
  assert.equal(after.quality, 'full');
  assert.deepEqual(after.microphone, { deviceId: 'usb', channels: 'stereo' });
});

test('the sound out is remembered, but not a volume that is silence', () => {
  const storage = shelf();
  const before = new Settings(storage);
  assert.equal(before.output, '');
  assert.equal(before.gainDb, 0);
  before.output = 'interface';
  before.gainDb = -12;
  const after = new Settings(storage);
  assert.equal(after.output, 'interface');
  assert.equal(after.gainDb, -12);
  for (const other of ['-60', '13', 'loud', '']) {
    storage.things.set('tutti.volume', other);
    assert.equal(new Settings(storage).gainDb, 0, other);
  }
});

test('channels are remembered for each microphone', () => {
  const settings = new Settings(shelf());
  settings.microphone = { deviceId: 'usb', channels: '2' };
  settings.microphone = { deviceId: '', channels: 'mono-mix' };
  assert.deepEqual(settings.microphone, { channels: 'mono-mix' }, 'no device: the browser chooses');
  assert.equal(settings.channelsOf('usb'), '2');
  assert.equal(settings.channelsOf('another'), '1');
});

test('what somebody else wrote there does no harm', () => {
  const storage = shelf();
  storage.things.set('tutti.theme', 'purple');
  storage.things.set('tutti.channels.', '17');
  storage.things.set('tutti.quality', 'golden');
  const settings = new Settings(storage);
  assert.equal(settings.theme, null);
  assert.equal(settings.quality, 'standard');
  assert.deepEqual(settings.microphone, { channels: '1' });
});

test('without storage, or with one that throws, it is remembered while the page is open', () => {
  const throwing: Shelf = {
    getItem: () => {
      throw new Error('forbidden');
    },
    setItem: () => {
      throw new Error('full');
    },
  };
  for (const settings of [new Settings(null), new Settings(throwing)]) {
    assert.equal(settings.name, '');
    settings.name = 'Anna';
    assert.equal(settings.name, 'Anna');
  }
});
