import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newPictures, picturesOf } from '../../web/app/src/logic/pictures.js';

const stream = (): MediaStream => ({}) as MediaStream; // only handed on
const peer = (
  id: string,
  shows: { camera?: boolean; screen?: boolean; resting?: boolean } = {},
) => ({
  id,
  name: `${id}'s name`,
  camera: shows.camera ? stream() : null,
  screen: shows.screen ? stream() : null,
  videoResting: shows.resting ?? false,
});
const keys = (tiles: { key: string }[]) => tiles.map(({ key }) => key);

test('while nobody shows anything there is nothing to be seen', () => {
  const none = picturesOf({ peers: [peer('a'), peer('b')], camera: null, screen: null });
  assert.deepEqual(none, { large: null, small: [] });
});

test('a score gets the large place; hands stand beside it, one’s own last', () => {
  const { large, small } = picturesOf({
    peers: [peer('a', { camera: true }), peer('b', { camera: true, screen: true, resting: true })],
    camera: stream(),
    screen: stream(),
  });
  assert.equal(large?.key, 'b/screen');
  assert.equal(large.resting, true);
  assert.deepEqual(keys(small), ['a/camera', 'b/camera', 'own/screen', 'own/camera']);
});

test('of two scores the first is large; without any nothing is', () => {
  const peers = [peer('a', { screen: true }), peer('b', { screen: true, camera: true })];
  const two = picturesOf({ peers, camera: null, screen: null });
  assert.equal(two.large?.key, 'a/screen');
  assert.deepEqual(keys(two.small), ['b/screen', 'b/camera']);
  const own = picturesOf({ peers: [], camera: null, screen: stream() });
  assert.equal(own.large, null, 'one has one’s own window before one’s eyes');
});

test('what the others begin to show is news, once', () => {
  const now = picturesOf({
    peers: [peer('a', { camera: true }), peer('b', { screen: true })],
    camera: stream(),
    screen: null,
  });
  assert.deepEqual(keys(newPictures(new Set(), now)), ['b/screen', 'a/camera']);
  assert.deepEqual(keys(newPictures(new Set(['a/camera']), now)), ['b/screen']);
  assert.deepEqual(newPictures(new Set(['a/camera', 'b/screen']), now), []);
});
