/**
 * How long members and rooms last: grace, resuming, a server that is started again, expiry. All on a
 * clock that the test moves.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LIMITS, type Joined, type Member, type Reply } from 'tutti/protocol';
import { WAITING } from '../../web/server/src/limits.js';
import { ResumeTokens } from '../../web/server/src/resume.js';
import type { Link } from '../../web/server/src/room.js';
import { Rooms } from '../../web/server/src/rooms.js';
import { Session } from '../../web/server/src/session.js';
import {
  candidate,
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

test('the others hear of a broken connection only after the grace period', async (t) => {
  const running = await start(t, { GRACE_SECONDS: '30' });
  const { room, anna, ben } = await duo(running);
  ben.client.breakDown();
  await running.log.until('disconnected');

  running.clock.advance(29_999);
  await anna.client.settled();
  assert.deepEqual(anna.client.heard, []);
  // He still has his place, also for somebody new.
  const carl = await running.member(room, 'Carl');
  assert.deepEqual(carl.joined.members.map((m) => m.name).sort(), ['Anna', 'Ben']);
  await anna.client.next();

  running.clock.advance(1);
  assert.deepEqual(await anna.client.next(), ['member-left', ben.joined.id, 'lost']);
  assert.deepEqual(await carl.client.next(), ['member-left', ben.joined.id, 'lost']);
});

test('who closes the page without a farewell is not waited for', async (t) => {
  const running = await start(t, { GRACE_SECONDS: '30' });
  const { id: room } = await running.newRoom();
  const anna = await running.member(room, 'Anna');
  const socket = await rawSocket(running);
  const next = await enter(socket);
  socket.send(`42/room,0${JSON.stringify(['join', { room, name: 'Ben' }])}`);
  await next();
  const [, ben] = (await anna.client.next()) as ['member-joined', Member];

  socket.close(1001);
  await running.log.until('disconnected');
  running.clock.advance(2999);
  await anna.client.settled();
  assert.deepEqual(anna.client.heard, []);
  running.clock.advance(1);
  assert.deepEqual(await anna.client.next(), ['member-left', ben.id, 'lost']);
});

test('resuming within the grace period: same id, nobody hears anything', async (t) => {
  const running = await start(t);
  const { room, anna, ben } = await duo(running);
  ben.client.breakDown();
  await running.log.until('disconnected');
  running.clock.advance(20_000);

  const back = running.client();
  const joined = await back.join({ room, name: 'Ben', resume: ben.joined.resume });
  assert.equal(joined.id, ben.joined.id);
  assert.equal(joined.resumed, true);
  assert.deepEqual(joined.members, [{ id: anna.joined.id, name: 'Anna' }]);

  // The grace period is over for good, and the new connection is the member.
  running.clock.advance(60_000);
  assert.deepEqual(await anna.client.signal(ben.joined.id, OFFER), { ok: true });
  assert.deepEqual(await back.next(), ['signal', anna.joined.id, OFFER]);
  assert.deepEqual(await back.signal(anna.joined.id, OFFER), { ok: true });
  assert.deepEqual(await anna.client.next(), ['signal', ben.joined.id, OFFER]);
  assert.deepEqual(anna.client.heard, []);
});

test('a changed name is announced on resuming', async (t) => {
  const running = await start(t);
  const { room, anna, ben } = await duo(running);
  ben.client.breakDown();
  await running.client().join({ room, name: 'Benno', resume: ben.joined.resume });
  assert.deepEqual(await anna.client.next(), [
    'member-renamed',
    { id: ben.joined.id, name: 'Benno' },
  ]);
});

test('resuming takes over from a connection that still looks open', async (t) => {
  const running = await start(t);
  const { room, anna, ben } = await duo(running);
  const back = running.client();
  const joined = await back.join({ room, name: 'Ben', resume: ben.joined.resume });
  assert.equal(joined.id, ben.joined.id);
  assert.equal(joined.resumed, true);
  // The old page is told in a way on which socket.io does not reconnect by itself.
  assert.equal(await ben.client.disconnected(), 'io server disconnect');
  await running.log.until('joined', 3);

  running.clock.advance(60_000);
  await anna.client.settled();
  assert.deepEqual(anna.client.heard, []);
  assert.deepEqual(await anna.client.signal(ben.joined.id, OFFER), { ok: true });
  assert.deepEqual(await back.next(), ['signal', anna.joined.id, OFFER]);
});

test('resuming over the same connection changes nothing', async (t) => {
  const running = await start(t);
  const { room, anna, ben } = await duo(running);
  const again = await ben.client.join({ room, name: 'Ben', resume: ben.joined.resume });
  assert.equal(again.id, ben.joined.id);
  await anna.client.settled();
  assert.deepEqual(anna.client.heard, []);
  assert.deepEqual(await anna.client.signal(ben.joined.id, OFFER), { ok: true });
  assert.deepEqual(await ben.client.next(), ['signal', anna.joined.id, OFFER]);
});

test('signals wait for a member in grace: in order, after the answer, and bounded', async (t) => {
  const running = await start(t);
  const { room, anna, ben } = await duo(running);
  ben.client.breakDown();
  await running.log.until('disconnected');

  for (let n = 0; n < WAITING.signals; n++) {
    assert.deepEqual(await anna.client.signal(ben.joined.id, candidate(n)), { ok: true });
  }
  refusedWith('rate-limited', await anna.client.signal(ben.joined.id, candidate(-1)));

  const back = running.client();
  let answered = false;
  back.socket.once('signal', () => assert.ok(answered, 'a signal came before the answer'));
  await new Promise<void>((resolve) => {
    back.socket.emit('join', { room, name: 'Ben', resume: ben.joined.resume }, (reply) => {
      answered = reply.ok;
      resolve();
    });
  });
  for (let n = 0; n < WAITING.signals; n++) {
    assert.deepEqual(await back.next(), ['signal', anna.joined.id, candidate(n)]);
  }
  await back.settled();
  assert.deepEqual(back.heard, []);
});

test('what waits is bounded in bytes too', async (t) => {
  const running = await start(t);
  const { anna, ben } = await duo(running);
  ben.client.breakDown();
  await running.log.until('disconnected');
  const large = { type: 'offer', sdp: 'x'.repeat(LIMITS.messageBytes - 200) } as const;
  for (let n = 0; n < Math.floor(WAITING.bytes / LIMITS.messageBytes); n++) {
    assert.deepEqual(await anna.client.signal(ben.joined.id, large), { ok: true });
  }
  refusedWith('rate-limited', await anna.client.ask('signal', ben.joined.id, large));
});

test('signals of a member who has left in the meantime are not delivered', async (t) => {
  const running = await start(t);
  const { room, anna, ben } = await duo(running);
  ben.client.breakDown();
  await running.log.until('disconnected');
  await anna.client.signal(ben.joined.id, OFFER);
  await anna.client.ask('leave');
  const back = running.client();
  const joined = await back.join({ room, name: 'Ben', resume: ben.joined.resume });
  assert.deepEqual(joined.members, []);
  await back.settled();
  assert.deepEqual(back.heard, []);
});

test('after the grace period, or after leaving, a token only lets in somebody new', async (t) => {
  const running = await start(t);
  const { room, anna, ben } = await duo(running);
  ben.client.breakDown();
  await running.log.until('disconnected');
  running.clock.advance(30_000);
  assert.deepEqual(await anna.client.next(), ['member-left', ben.joined.id, 'lost']);

  const back = running.client();
  const joined = await back.join({ room, name: 'Ben', resume: ben.joined.resume });
  assert.equal(joined.resumed, false);
  assert.notEqual(joined.id, ben.joined.id);
  assert.deepEqual(await anna.client.next(), ['member-joined', { id: joined.id, name: 'Ben' }]);

  await back.ask('leave');
  const again = await back.join({ room, name: 'Ben', resume: joined.resume });
  assert.equal(again.resumed, false);
  assert.notEqual(again.id, joined.id);
});

test('a token that we did not make, or for another room, is worth nothing', async (t) => {
  const running = await start(t);
  const { room, anna, ben } = await duo(running);
  const other = await running.newRoom();
  const [member, process, mac] = ben.joined.resume.split('.');
  const forged = [
    `${anna.joined.id}.${process}.${mac}`,
    `${member}.${process}.${'A'.repeat(43)}`,
    `${member}.${process}.${'ü'.repeat(43)}`,
    `${member}.${process}.short`,
    `${member}.x.${mac}`,
    `${member}.${process}`,
    `${ben.joined.resume}.x`,
    '..',
    '',
  ];
  for (const resume of forged) {
    for (const where of [room, other.id]) {
      const eve = running.client();
      const joined = await eve.join({ room: where, name: 'Eve', resume });
      assert.equal(joined.resumed, false, resume);
      assert.notEqual(joined.id, ben.joined.id);
      assert.notEqual(joined.id, anna.joined.id);
      await eve.ask('leave');
    }
  }
  // The right token, the wrong room.
  const wrong = await running
    .client()
    .join({ room: other.id, name: 'Eve', resume: ben.joined.resume });
  assert.equal(wrong.resumed, false);
  const nowhere = { room: 'A'.repeat(22), name: 'Eve', resume: ben.joined.resume };
  refusedWith('room-unknown', await running.client().ask('join', nowhere));
  await ben.client.settled();
  assert.equal(ben.client.socket.connected, true);
  assert.equal((await running.client().join({ room, name: 'New' })).members.length, 2);
});

test('with a configured secret a lesson survives a restart of the server', async (t) => {
  const secret = { ROOM_SECRET: 'the secret of this test, long enough' };
  const first = await start(t, secret);
  const { room, anna, ben } = await duo(first);
  await first.server.close();
  const port = new URL(first.url).port;
  const second = await start(t, secret, { port });

  // A stranger with the link has to wait for somebody who was there.
  const stranger = second.client();
  refusedWith('room-unknown', await stranger.ask('join', { room, name: 'Carl' }));

  const annaBack = second.client();
  const annaJoined = await annaBack.join({ room, name: 'Anna', resume: anna.joined.resume });
  assert.equal(annaJoined.id, anna.joined.id);
  assert.equal(annaJoined.resumed, true);
  assert.deepEqual(annaJoined.members, []);

  const benBack = second.client();
  const benJoined = await benBack.join({ room, name: 'Ben', resume: ben.joined.resume });
  assert.equal(benJoined.id, ben.joined.id);
  assert.equal(benJoined.resumed, true);
  assert.deepEqual(benJoined.members, [{ id: anna.joined.id, name: 'Anna' }]);
  assert.deepEqual(await annaBack.next(), ['member-joined', { id: ben.joined.id, name: 'Ben' }]);

  assert.equal((await stranger.join({ room, name: 'Carl' })).members.length, 2);

  // Their new tokens are of the new server.
  benBack.breakDown();
  await second.log.until('disconnected');
  const third = await second.client().join({ room, name: 'Ben', resume: benJoined.resume });
  assert.equal(third.id, ben.joined.id);
});

test('a full room stays full after a restart', async (t) => {
  const secret = { ROOM_SECRET: 'the secret of this test, long enough' };
  const first = await start(t, secret);
  const { room, anna, ben } = await duo(first);
  await first.server.close();
  const second = await start(t, secret);
  await second.client().join({ room, name: 'Anna', resume: anna.joined.resume });
  for (let n = 1; n < LIMITS.roomMembers; n++) await second.member(room, 'Somebody');
  const reply = await second.client().ask('join', {
    room,
    name: 'Ben',
    resume: ben.joined.resume,
  });
  refusedWith('room-full', reply);
});

test('with another secret the room is gone', async (t) => {
  const first = await start(t);
  const { room, anna } = await duo(first);
  await first.server.close();
  const second = await start(t);
  const request = { room, name: 'Anna', resume: anna.joined.resume };
  refusedWith('room-unknown', await second.client().ask('join', request));
});

async function exists({ url }: Running, id: string): Promise<boolean> {
  const response = await fetch(`${url}/api/rooms/${id}`);
  assert.ok(response.status === 200 || response.status === 404);
  return response.status === 200;
}

test('a room that nobody enters expires', async (t) => {
  const running = await start(t);
  const { id } = await running.newRoom();
  running.clock.advance(1800_000 - 1);
  assert.equal(await exists(running, id), true);
  running.clock.advance(1);
  assert.equal(await exists(running, id), false);
  refusedWith('room-unknown', await running.client().ask('join', { room: id, name: 'Anna' }));
});

test('a room with a member does not expire; its time begins when the last one has left', async (t) => {
  const running = await start(t, { ROOM_TTL_SECONDS: '600' });
  const { id } = await running.newRoom();
  running.clock.advance(599_000);
  const anna = await running.member(id, 'Anna');
  const ben = await running.member(id, 'Ben');
  running.clock.advance(24 * 3600_000);
  await anna.client.ask('leave');
  running.clock.advance(24 * 3600_000);
  await ben.client.ask('leave');
  running.clock.advance(599_999);
  assert.equal(await exists(running, id), true);
  await running.member(id, 'Carl');
  running.clock.advance(24 * 3600_000);
  assert.equal(await exists(running, id), true);
});

test('members who got lost: grace first, then the time of an empty room', async (t) => {
  const running = await start(t, { GRACE_SECONDS: '30', ROOM_TTL_SECONDS: '600' });
  const { id } = await running.newRoom();
  const anna = await running.member(id, 'Anna');
  anna.client.breakDown();
  await running.log.until('disconnected');
  running.clock.advance(629_999);
  assert.equal(await exists(running, id), true);
  running.clock.advance(1);
  assert.equal(await exists(running, id), false);

  // Who was in it may bring it back, as somebody new.
  const back = await running.client().join({ room: id, name: 'Anna', resume: anna.joined.resume });
  assert.equal(back.resumed, false);
  assert.equal(await exists(running, id), true);
});

test('there is a most of rooms; expired ones make place', async (t) => {
  const running = await start(t, { MAX_ROOMS: '2' });
  const first = await running.newRoom();
  const anna = await running.member(first.id, 'Anna');
  await running.newRoom();
  const create = (): Promise<Response> => fetch(`${running.url}/api/rooms`, { method: 'POST' });

  const refused = await create();
  assert.equal(refused.status, 503);
  assert.ok(refused.headers.has('retry-after'));
  assert.equal(
    ((await refused.json()) as { error: { code: string } }).error.code,
    'rooms-exhausted',
  );

  running.clock.advance(1800_000);
  assert.equal((await create()).status, 201);
  // The one with a member is still there.
  assert.equal(await exists(running, first.id), true);

  // Bringing back an expired room needs a place as well.
  await anna.client.ask('leave');
  running.clock.advance(1800_000);
  assert.equal((await create()).status, 201);
  assert.equal((await create()).status, 201);
  const request = { room: first.id, name: 'Anna', resume: anna.joined.resume };
  refusedWith('rate-limited', await running.client().ask('join', request));
});

test('nothing is left to happen after the server has closed', async (t) => {
  const running = await start(t);
  const { ben } = await duo(running);
  await running.newRoom();
  ben.client.breakDown();
  await running.log.until('disconnected');
  assert.equal(running.clock.pending, 2);
  await Promise.all([running.server.close(), running.server.close()]);
  assert.equal(running.clock.pending, 0);
});

test('a connection that was replaced cannot lose the member', () => {
  const clock = new TestClock();
  const tokens = new ResumeTokens(Buffer.alloc(32));
  const rooms = new Rooms({ clock, tokens, graceMs: 30_000, ttlMs: 600_000, maxRooms: 1 });
  const ice = { stunUrls: [], turnUrls: [], turnAuth: null };
  const room = rooms.create()!.id;

  const links = [0, 1].map((): Link => ({ send: () => {}, replaced: () => {} }));
  const [before, after] = links.map((link) => new Session({ rooms, tokens, ice, clock }, link));
  const answers: Reply<Joined>[] = [];
  before!.join({ room, name: 'Anna' }, (answer) => answers.push(answer));
  const [joined] = answers;
  assert.ok(joined?.ok);
  after!.join({ room, name: 'Anna', resume: joined.resume }, (answer) => answers.push(answer));
  assert.equal(answers[1]?.ok && answers[1].id, joined.id);

  // The old connection breaks at last, before it has heard of anything.
  before!.lose('broken');
  assert.equal(clock.pending, 0);
  assert.equal(after!.rename('Anna B').ok, true);
});

test('a connection that was replaced does not speak for the member', () => {
  const clock = new TestClock();
  const tokens = new ResumeTokens(Buffer.alloc(32));
  const rooms = new Rooms({ clock, tokens, graceMs: 30_000, ttlMs: 600_000, maxRooms: 1 });
  const ice = { stunUrls: [], turnUrls: [], turnAuth: null };
  const session = new Session({ rooms, tokens, ice, clock }, { send() {}, replaced() {} });
  session.join({ room: rooms.create()!.id, name: 'Anna' }, (answer) => assert.ok(answer.ok));
  session.replaced();
  assert.equal(session.seat, null);
  const answer = session.leave();
  assert.equal(answer.ok ? 'ok' : answer.error.code, 'not-in-room');
});
