/** Sizes, rates and numbers. The clock stands still, so no bucket refills behind a test's back. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LIMITS } from 'tutti/protocol';
import { OpenConnections, RATES, TokenBucket } from '../../web/server/src/limits.js';
import {
  candidate,
  closed,
  enter,
  OFFER,
  rawSocket,
  refusedWith,
  start,
  TestClock,
  type Running,
} from './harness.js';

async function duo(running: Running) {
  const { id: room } = await running.newRoom();
  const anna = await running.member(room, 'Anna');
  const ben = await running.member(room, 'Ben');
  await anna.client.next();
  return { room, anna, ben };
}

test('a token bucket', () => {
  const clock = new TestClock();
  const bucket = new TokenBucket({ burst: 3, perSecond: 2 }, clock);
  assert.deepEqual(
    [1, 2, 3, 4].map(() => bucket.take()),
    [true, true, true, false],
  );
  clock.advance(499);
  assert.equal(bucket.take(), false);
  clock.advance(1);
  assert.equal(bucket.take(), true);
  assert.equal(bucket.take(), false);
  clock.advance(3600_000);
  assert.equal(bucket.take(4), false);
  assert.equal(bucket.take(3), true);
  assert.equal(bucket.take(), false);
});

test('connections are counted by address', () => {
  const open = new OpenConnections(2);
  open.opened('a');
  assert.equal(open.admits('a'), true);
  open.opened('a');
  assert.equal(open.admits('a'), false);
  assert.equal(open.admits('b'), true);
  open.closed('a');
  assert.equal(open.admits('a'), true);
  open.closed('a');
  open.closed('a');
  open.opened('a');
  assert.equal(open.admits('a'), true);
});

test('a message as large as the protocol allows passes, a larger one is refused', async (t) => {
  const running = await start(t);
  const { anna, ben } = await duo(running);
  const around = Buffer.byteLength(JSON.stringify([anna.joined.id, { type: 'offer', sdp: '' }]));
  const offer = (bytes: number) => ({ type: 'offer', sdp: 'x'.repeat(bytes - around) }) as const;

  const largest = offer(LIMITS.messageBytes);
  assert.deepEqual(await ben.client.signal(anna.joined.id, largest), { ok: true });
  assert.deepEqual(await anna.client.next(), ['signal', ben.joined.id, largest]);
  refusedWith(
    'message-invalid',
    await ben.client.signal(anna.joined.id, offer(LIMITS.messageBytes + 1)),
  );
  // Bytes, not characters.
  const umlauts = { type: 'offer', sdp: 'ü'.repeat(LIMITS.messageBytes / 2) } as const;
  refusedWith('message-invalid', await ben.client.signal(anna.joined.id, umlauts));
  const long = { ...candidate(1), candidate: 'x'.repeat(4097) };
  refusedWith('message-invalid', await ben.client.ask('signal', anna.joined.id, long));
  await anna.client.settled();
  assert.deepEqual(anna.client.heard, []);
});

test('a message far beyond the limit costs the connection, and only that', async (t) => {
  const running = await start(t);
  const { room, anna, ben } = await duo(running);
  ben.client.tell('signal', anna.joined.id, {
    type: 'offer',
    sdp: 'x'.repeat(5 * LIMITS.messageBytes),
  });
  await ben.client.disconnected();
  await running.log.until('disconnected');
  await anna.client.settled();
  assert.deepEqual(anna.client.heard, []);
  const back = await running.client().join({ room, name: 'Ben', resume: ben.joined.resume });
  assert.equal(back.resumed, true);
});

test('signals are limited, refill with time, and the others are not affected', async (t) => {
  const running = await start(t);
  const { anna, ben } = await duo(running);
  const send = (count: number) =>
    Promise.all(Array.from({ length: count }, () => ben.client.signal(anna.joined.id, OFFER)));
  const refused = (replies: { ok: boolean }[]) => replies.filter((reply) => !reply.ok).length;

  // 15 peers, an offer and 50 candidates each, must never be refused.
  assert.ok(RATES.signal.burst >= 51 * (LIMITS.roomMembers - 1));
  assert.equal(refused(await send(RATES.signal.burst)), 0);
  refusedWith('rate-limited', await ben.client.signal(anna.joined.id, OFFER));
  assert.deepEqual(await anna.client.signal(ben.joined.id, OFFER), { ok: true });
  running.clock.advance(1000);
  assert.equal(refused(await send(RATES.signal.perSecond + 5)), 5);
});

test('bytes are limited too', async (t) => {
  const running = await start(t);
  const { anna, ben } = await duo(running);
  const large = { type: 'offer', sdp: 'x'.repeat(LIMITS.messageBytes - 200) } as const;
  const passes = Math.floor(RATES.signalBytes.burst / LIMITS.messageBytes);
  for (let n = 0; n < passes; n++) {
    assert.deepEqual(await ben.client.signal(anna.joined.id, large), { ok: true });
  }
  refusedWith('rate-limited', await ben.client.ask('signal', anna.joined.id, large));
});

test('joins are limited more strictly', async (t) => {
  const running = await start(t);
  const { id: room } = await running.newRoom();
  const eve = running.client();
  for (let n = 0; n < RATES.join.burst; n++) {
    await eve.join({ room, name: 'Eve' });
    await eve.ask('leave');
  }
  refusedWith('rate-limited', await eve.ask('join', { room, name: 'Eve' }));

  running.clock.advance(5000);
  await eve.join({ room, name: 'Eve' });
  refusedWith('rate-limited', await eve.ask('join', { room, name: 'Eve' }));
});

test('leaving the namespace and coming back does not refill anything', async (t) => {
  const running = await start(t);
  const { id: room } = await running.newRoom();
  const socket = await rawSocket(running);
  let next = await enter(socket);
  for (let n = 0; n <= RATES.join.burst; n++) {
    socket.send(`42/room,${n}["join",{"room":"${room}","name":"Eve"}]`);
    const answer = await next();
    if (n === RATES.join.burst) {
      assert.match(answer, /rate-limited/);
      break;
    }
    assert.match(answer, /"ok":true/);
    socket.send('41/room,');
    await running.log.until('disconnected', n + 1);
    next = await enter(socket);
  }
  socket.close();
  await closed(socket);
});

test('renames are limited', async (t) => {
  const running = await start(t);
  const { ben } = await duo(running);
  for (let n = 0; n < RATES.rename.burst; n++) {
    assert.deepEqual(await ben.client.ask('rename', `Ben ${n}`), { ok: true });
  }
  refusedWith('rate-limited', await ben.client.ask('rename', 'Ben'));
});

test('who floods on after all refusals is cut off', async (t) => {
  const running = await start(t);
  const { anna, ben } = await duo(running);
  for (let n = 0; n < RATES.packets.burst; n++) ben.client.tell('nonsense');
  await ben.client.disconnected();
  await running.log.until('Cut off a connection that floods.');
  await anna.client.settled();
});

test('one address may have only so many connections', async (t) => {
  const running = await start(t, { SOCKETS_PER_ADDRESS: '2' });
  const first = running.client();
  assert.equal(await first.connected(), true);
  assert.equal(await running.client().connected(), true);
  assert.equal(await running.client().connected(), false);
  await running.log.until('Refused a connection: too many from this address.');
  first.breakDown();
  await first.disconnected();
  await running.log.until('connection closed');
  assert.equal(await running.client().connected(), true);
});

test('making rooms is limited by address', async (t) => {
  const { url } = await start(t, { ROOMS_PER_MINUTE: '3' });
  const create = () => fetch(`${url}/api/rooms`, { method: 'POST' });
  for (let n = 0; n < 3; n++) assert.equal((await create()).status, 201);
  const refused = await create();
  assert.equal(refused.status, 429);
  assert.ok(refused.headers.has('retry-after'));
  assert.equal(((await refused.json()) as { error: { code: string } }).error.code, 'rate-limited');
  // Nobody else's address can be borrowed.
  const borrowed = await fetch(`${url}/api/rooms`, {
    method: 'POST',
    headers: { 'x-forwarded-for': '203.0.113.9' },
  });
  assert.equal(borrowed.status, 429);
  // Looking is not making.
  assert.equal((await fetch(`${url}/healthz`)).status, 200);
});

test('behind a trusted proxy the address is the one that the proxy reports', async (t) => {
  const { url } = await start(t, { ROOMS_PER_MINUTE: '1', TRUST_PROXY: '1' });
  const create = (address: string) =>
    fetch(`${url}/api/rooms`, { method: 'POST', headers: { 'x-forwarded-for': address } });
  assert.equal((await create('203.0.113.9')).status, 201);
  assert.equal((await create('203.0.113.10')).status, 201);
  assert.equal((await create('203.0.113.9')).status, 429);
  // A client behind the proxy that writes the header itself only prepends to it.
  assert.equal((await create('198.51.100.1, 203.0.113.9')).status, 429);
  // One IPv6 network is one household.
  assert.equal((await create('2001:db8:1:2::1')).status, 201);
  assert.equal((await create('2001:db8:1:2::2')).status, 429);
});

test('bodies are not read', async (t) => {
  const { url } = await start(t);
  const post = (body: string) => fetch(`${url}/api/rooms`, { method: 'POST', body });
  assert.equal((await post('{}')).status, 201);
  assert.equal((await post('x'.repeat(2000))).status, 413);
});
