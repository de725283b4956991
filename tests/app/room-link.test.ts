import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readLink, roomOfPath } from '../../web/app/src/logic/room-link.js';

const ID = 'uUVTySrntMusu3ujrmOt-_';
const HOST = 'tutti.example';
const room = { kind: 'room', id: ID };

test('what people paste for a room of this server', () => {
  for (const pasted of [
    ID,
    `  ${ID}\n`,
    `https://tutti.example/r/${ID}`,
    `HTTPS://Tutti.Example/r/${ID}`,
    `http://tutti.example/r/${ID}?name=Anna&join`,
    `https://tutti.example/r/${ID}/`,
    `tutti.example/r/${ID}`,
    `/r/${ID}`,
    `Join me at https://tutti.example/r/${ID}, at eight.`,
    `<https://tutti.example/r/${ID}>`,
  ]) {
    assert.deepEqual(readLink(pasted, HOST), room, pasted);
  }
});

test('a port is part of the host', () => {
  assert.deepEqual(readLink(`http://localhost:8000/r/${ID}`, 'localhost:8000'), room);
  assert.deepEqual(readLink(`http://[::1]:8000/r/${ID}`, '[::1]:8000'), room);
});

test('a room of another server is told, not joined', () => {
  assert.deepEqual(readLink(`https://other.example/r/${ID}?join`, HOST), {
    kind: 'elsewhere',
    host: 'other.example',
    url: `https://other.example/r/${ID}`,
  });
  assert.deepEqual(readLink(`other.example/r/${ID}`, HOST), {
    kind: 'elsewhere',
    host: 'other.example',
    url: `https://other.example/r/${ID}`,
  });
});

test('what is no link is said to be none', () => {
  assert.deepEqual(readLink('   ', HOST), { kind: 'empty' });
  for (const pasted of [
    'hello',
    `https://tutti.example/r/${ID.slice(1)}`,
    `https://tutti.example/r/${ID}x`,
    `https://tutti.example/listen/${ID}`,
    `${ID} ${ID}`,
  ]) {
    assert.deepEqual(readLink(pasted, HOST), { kind: 'unclear' }, pasted);
  }
});

test('only web addresses come out, whatever goes in', () => {
  const link = readLink(`javascript:alert(1)//evil.example/r/${ID}`, HOST);
  assert.ok(link.kind === 'elsewhere' && link.url.startsWith('https://evil.example/'));
});

test('the room of a path', () => {
  assert.equal(roomOfPath(`/r/${ID}`), ID);
  assert.equal(roomOfPath(`/r/${ID}/`), ID);
  assert.equal(roomOfPath('/r/short'), null);
  assert.equal(roomOfPath(`/r/${ID}/more`), null);
  assert.equal(roomOfPath('/'), null);
});
