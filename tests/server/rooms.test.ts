/** Rooms over real sockets: who is in them, who hears of what, what is relayed, what members are told. */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { LIMITS, ROOM_ID, type Signal } from 'tutti/protocol';
import { iceServers } from '../../web/server/src/ice.js';
import { candidate, OFFER, refusedWith, start, type Environment } from './harness.js';

test('a room is made, entered, seen by others, left', async (t) => {
  const { url, newRoom, member } = await start(t);
  const room = await newRoom();
  assert.match(room.id, ROOM_ID);
  assert.equal(room.url, `${url}/r/${room.id}`);

  const anna = await member(room.id, 'Anna');
  assert.deepEqual(anna.joined.members, []);
  assert.equal(anna.joined.resumed, false);
  assert.deepEqual(anna.joined.iceServers, []);

  const ben = await member(room.id, 'Ben');
  assert.deepEqual(ben.joined.members, [{ id: anna.joined.id, name: 'Anna' }]);
  assert.deepEqual(await anna.client.next(), ['member-joined', { id: ben.joined.id, name: 'Ben' }]);

  assert.deepEqual(await ben.client.ask('leave'), { ok: true });
  assert.deepEqual(await anna.client.next(), ['member-left', ben.joined.id, 'left']);
  refusedWith('not-in-room', await ben.client.ask('leave'));
});

test('closing the page cleanly is leaving, at once', async (t) => {
  const { newRoom, member } = await start(t);
  const { id } = await newRoom();
  const anna = await member(id, 'Anna');
  const ben = await member(id, 'Ben');
  await anna.client.next();
  ben.client.socket.disconnect();
  assert.deepEqual(await anna.client.next(), ['member-left', ben.joined.id, 'left']);
});

test('ids of rooms and members are long and never the same', async (t) => {
  const { newRoom, member } = await start(t, { ROOMS_PER_MINUTE: '100' });
  const rooms = new Set<string>();
  const members = new Set<string>();
  for (let n = 0; n < 30; n++) {
    const { id } = await newRoom();
    rooms.add(id);
    members.add((await member(id, 'Anna')).joined.id);
  }
  assert.equal(rooms.size, 30);
  assert.equal(members.size, 30);
  for (const id of members) assert.match(id, /^[\w-]{16}$/);
});

test('a name can be changed, and the others hear the new one', async (t) => {
  const { newRoom, member } = await start(t);
  const { id } = await newRoom();
  const anna = await member(id, 'Anna');
  const ben = await member(id, 'Ben');
  await anna.client.next();
  assert.deepEqual(await ben.client.ask('rename', '  Benno '), { ok: true });
  assert.deepEqual(await anna.client.next(), [
    'member-renamed',
    { id: ben.joined.id, name: 'Benno' },
  ]);
  const carl = await member(id, 'Carl');
  assert.deepEqual(carl.joined.members.map((m) => m.name).sort(), ['Anna', 'Benno']);
  await ben.client.settled();
  assert.equal(ben.client.heard.filter(([event]) => event === 'member-renamed').length, 0);
});

test('offers, answers, candidates and restarts are relayed unchanged and in order', async (t) => {
  const { newRoom, member } = await start(t);
  const { id } = await newRoom();
  const anna = await member(id, 'Anna');
  const ben = await member(id, 'Ben');
  await anna.client.next();
  const signals: Signal[] = [
    { type: 'offer', sdp: 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\na=Größe\r\n' },
    { type: 'answer', sdp: 'v=0\r\n' },
    { type: 'candidate', candidate: '', sdpMid: null, sdpMLineIndex: null },
    ...Array.from({ length: 50 }, (_, n) => candidate(n)),
    { type: 'restart' },
  ];
  // All at once, as a browser does with its candidates.
  const replies = await Promise.all(signals.map((s) => ben.client.signal(anna.joined.id, s)));
  for (const reply of replies) assert.deepEqual(reply, { ok: true });
  for (const signal of signals) {
    assert.deepEqual(await anna.client.next(), ['signal', ben.joined.id, signal]);
  }
});

test('signals never leave the room, nor come back to their sender', async (t) => {
  const { newRoom, member, client } = await start(t);
  const here = await newRoom();
  const there = await newRoom();
  const anna = await member(here.id, 'Anna');
  const eve = await member(there.id, 'Eve');
  refusedWith('peer-unknown', await eve.client.signal(anna.joined.id, OFFER));
  refusedWith('peer-unknown', await eve.client.signal(eve.joined.id, OFFER));
  refusedWith('peer-unknown', await eve.client.signal('nobody', OFFER));
  refusedWith('not-in-room', await client().signal(anna.joined.id, OFFER));
  refusedWith('not-in-room', await client().ask('rename', 'Eve'));
  eve.client.socket.disconnect();
  await anna.client.settled();
  assert.deepEqual(anna.client.heard, []);
});

test('what the protocol does not know is not relayed along', async (t) => {
  const { newRoom, member } = await start(t);
  const { id } = await newRoom();
  const anna = await member(id, 'Anna');
  const ben = await member(id, 'Ben');
  await anna.client.next();
  const more = { type: 'offer', sdp: 'v=0', html: '<script>', ['__proto__']: { admin: true } };
  assert.deepEqual(await ben.client.ask('signal', anna.joined.id, more), { ok: true });
  assert.deepEqual(await anna.client.next(), [
    'signal',
    ben.joined.id,
    { type: 'offer', sdp: 'v=0' },
  ]);
});

test('an unknown room is told from a malformed request', async (t) => {
  const { client } = await start(t);
  const eve = client();
  refusedWith('room-unknown', await eve.ask('join', { room: 'A'.repeat(22), name: 'Eve' }));
  // A link that lost a letter.
  refusedWith('room-unknown', await eve.ask('join', { room: 'A'.repeat(21), name: 'Eve' }));
  refusedWith('room-unknown', await eve.ask('join', { room: '__proto__', name: 'Eve' }));
  refusedWith('message-invalid', await eve.ask('join', { room: 5, name: 'Eve' }));
  refusedWith('message-invalid', await eve.ask('join', { room: 'A'.repeat(22), name: 'Eve' }, 5));
  refusedWith('message-invalid', await eve.ask('join'));
});

test('a room has places for as many as the protocol says', async (t) => {
  const { url, newRoom, member, client } = await start(t);
  const { id } = await newRoom();
  const look = async (): Promise<unknown> => (await fetch(`${url}/api/rooms/${id}`)).json();
  const first = await member(id, 'First');
  for (let n = 2; n <= LIMITS.roomMembers; n++) await member(id, `Member ${n}`);
  assert.deepEqual(await look(), { id, members: LIMITS.roomMembers, full: true });
  const late = client();
  refusedWith('room-full', await late.ask('join', { room: id, name: 'Late' }));

  await first.client.ask('leave');
  assert.deepEqual(await look(), { id, members: LIMITS.roomMembers - 1, full: false });
  await late.join({ room: id, name: 'Late' });
});

test('one connection is one musician: entering another room leaves the first', async (t) => {
  const { newRoom, member } = await start(t);
  const here = await newRoom();
  const there = await newRoom();
  const anna = await member(here.id, 'Anna');
  const ben = await member(here.id, 'Ben');
  await anna.client.next();

  // Not if the other room does not exist.
  refusedWith('room-unknown', await ben.client.ask('join', { room: 'x', name: 'Ben' }));
  await anna.client.settled();
  assert.deepEqual(anna.client.heard, []);

  await ben.client.join({ room: there.id, name: 'Ben' });
  assert.deepEqual(await anna.client.next(), ['member-left', ben.joined.id, 'left']);
  refusedWith('peer-unknown', await ben.client.signal(anna.joined.id, OFFER));

  // Into the same room again: somebody new, who does not see the old self.
  const again = await ben.client.join({ room: there.id, name: 'Ben' });
  assert.deepEqual(again.members, []);
});

test('names', async (t) => {
  const { newRoom, client } = await start(t);
  const { id } = await newRoom();
  const anna = client();
  await anna.join({ room: id, name: 'Anna' });

  const bad = {
    empty: '',
    blank: ' \t ',
    'too long': 'x'.repeat(LIMITS.nameLength + 1),
    'far too long': 'x'.repeat(10_000),
    'control character': 'An\u0007na',
    newline: 'An\nna',
    'line separator': 'An\u2028na',
    'right-to-left override': 'An\u202Ena',
    isolate: 'An\u2066na',
    'half a surrogate pair': 'An\uD83Cna',
    'nothing to see': '\u200D\u200B',
    'a filler that is a letter': '\u3164',
  };
  const good = {
    'Zoë Łukasz': 'Zoë Łukasz',
    ' 李雷 ': '李雷',
    'فاطمه\u200Cزهرا': 'فاطمه\u200Cزهرا',
    '👩\u200D🎤': '👩\u200D🎤',
    // Written with two code points, kept as one.
    'Zoe\u0308': 'Zoë',
    ['🎻'.repeat(LIMITS.nameLength)]: '🎻'.repeat(LIMITS.nameLength),
    '<b>"&': '<b>"&',
  };
  const ben = client();
  for (const [why, name] of Object.entries(bad)) {
    const reply = await ben.ask('join', { room: id, name });
    assert.equal(reply.ok ? 'accepted' : reply.error.code, 'name-invalid', why);
    // Ten of these in a row would be refused for their number.
    ben.socket.disconnect();
    ben.socket.connect();
  }
  assert.deepEqual(anna.heard, []);
  for (const [name, shown] of Object.entries(good)) {
    const carl = client();
    const joined = await carl.join({ room: id, name });
    assert.deepEqual(await anna.next(), ['member-joined', { id: joined.id, name: shown }]);
    refusedWith('name-invalid', await carl.ask('rename', 'An\u202Ena'));
    refusedWith('message-invalid', await carl.ask('rename', { name: 'Anna' }));
    await carl.ask('leave');
    await anna.next();
  }
});

async function told(t: Parameters<typeof start>[0], environment: Environment) {
  const running = await start(t, environment);
  const { joined } = await running.member((await running.newRoom()).id, 'Anna');
  return { joined, running };
}

test('by default nobody else is asked for anything', async (t) => {
  const { joined } = await told(t, {});
  assert.deepEqual(joined.iceServers, []);
});

test('STUN, and TURN with a fixed password', async (t) => {
  const { joined } = await told(t, {
    STUN_URLS: 'stun:stun.example:3478, stun:other.example',
    TURN_URLS: 'turn:turn.example:3478?transport=udp turns:turn.example:443?transport=tcp',
    TURN_USERNAME: 'tutti',
    TURN_PASSWORD: 'secret',
  });
  assert.deepEqual(joined.iceServers, [
    { urls: ['stun:stun.example:3478', 'stun:other.example'] },
    {
      urls: ['turn:turn.example:3478?transport=udp', 'turns:turn.example:443?transport=tcp'],
      username: 'tutti',
      credential: 'secret',
    },
  ]);
});

test('TURN with credentials that run out, as coturn computes them', async (t) => {
  const { joined, running } = await told(t, {
    TURN_URLS: 'turn:turn.example',
    TURN_SECRET: 'shared with coturn',
    TURN_TTL_SECONDS: '3600',
  });
  const username = `${running.clock.now() / 1000 + 3600}:${joined.id}`;
  const credential = createHmac('sha1', 'shared with coturn').update(username).digest('base64');
  assert.deepEqual(joined.iceServers, [{ urls: ['turn:turn.example'], username, credential }]);
});

test('the HMAC against a value computed with openssl', () => {
  // printf '1700000000:anna' | openssl dgst -sha1 -hmac north -binary | base64
  const [server] = iceServers(
    {
      stunUrls: [],
      turnUrls: ['turn:x'],
      turnAuth: { kind: 'secret', secret: 'north', ttlSeconds: 0 },
    },
    'anna',
    1_700_000_000_000,
  );
  assert.equal(server?.username, '1700000000:anna');
  assert.equal(server?.credential, 'WS1fjjHj2gNlXzhc/ZcwmC3ofIo=');
});

test('who is not let in learns nothing', async (t) => {
  const running = await start(t, {
    TURN_URLS: 'turn:turn.example',
    TURN_SECRET: 'shared with coturn',
  });
  const reply = await running.client().ask('join', { room: 'A'.repeat(22), name: 'Eve' });
  assert.doesNotMatch(JSON.stringify(reply), /turn/);
});
