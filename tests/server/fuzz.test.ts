/** Garbage from the network: whatever comes, the server answers, stays up, and others play on. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closed, enter, OFFER, rawSocket, start, type Client, type Running } from './harness.js';

/** mulberry32: the same garbage in every run. */
function random(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const EVENTS = ['join', 'leave', 'signal', 'rename', 'constructor', '__proto__', 'error', '', 'ü'];
const KEYS = [
  'room',
  'name',
  'resume',
  'type',
  'sdp',
  'candidate',
  'sdpMid',
  'sdpMLineIndex',
  '__proto__',
  'constructor',
  'toString',
  'toJSON',
  'length',
  'then',
];

function shapes(rng: () => number, known: unknown[]) {
  const below = (n: number): number => Math.floor(rng() * n);
  const pick = <T>(from: readonly T[]): T => from[below(from.length)]!;
  const value = (depth = 0): unknown => {
    switch (below(depth > 4 ? 10 : 13)) {
      case 0:
        return null;
      case 1:
        return rng() < 0.5;
      case 2:
        return pick([0, -0, -1, 1e308, 2 ** 53, 0.1, 65535, 65536]);
      case 3:
        return '';
      case 4:
        return pick(['offer', 'answer', 'candidate', 'restart', 'Anna', '\u202E', '\0', '\uD800']);
      case 5:
        return 'x'.repeat(below(5000));
      case 6:
        return pick(known);
      case 7:
        return String.fromCodePoint(...Array.from({ length: below(20) }, () => below(0x10ffff)));
      case 8:
        return Buffer.alloc(below(50), below(256));
      case 9:
        return pick(KEYS);
      case 10:
        return Array.from({ length: below(4) }, () => value(depth + 1));
      default: {
        const entries = Array.from({ length: below(6) }, () => [pick(KEYS), value(depth + 1)]);
        // Unlike Object.fromEntries, this can carry "__proto__" as an own key through JSON.
        return JSON.parse(JSON.stringify(Object.fromEntries(entries as [string, unknown][])));
      }
    }
  };
  return { below, pick, value };
}

/** The room of two honest musicians, who must notice nothing. */
async function lesson(running: Running) {
  const { id: room } = await running.newRoom();
  const anna = await running.member(room, 'Anna');
  const ben = await running.member(room, 'Ben');
  await anna.client.next();
  const stillPlaying = async (): Promise<void> => {
    assert.equal((await fetch(`${running.url}/healthz`)).status, 200);
    assert.deepEqual(await anna.client.signal(ben.joined.id, OFFER), { ok: true });
    assert.deepEqual(await ben.client.next(), ['signal', anna.joined.id, OFFER]);
    for (const { client } of [anna, ben]) await client.settled();
    assert.deepEqual(anna.client.heard, []);
    assert.deepEqual(ben.client.heard, []);
    assert.deepEqual(
      running.log.lines.filter((line) => ['error', 'fatal'].includes(line.level)),
      [],
    );
  };
  return { room, anna, ben, stillPlaying };
}

test('requests of random shapes are all answered', async (t) => {
  const running = await start(t);
  const { stillPlaying } = await lesson(running);
  const { id: other } = await running.newRoom();
  const rng = random(1);
  const codes = new Set<string>();

  for (let round = 0; round < 8; round++) {
    const eve: Client = running.client();
    const { id, resume } = await eve.join({ room: other, name: 'Eve' });
    const { below, pick, value } = shapes(rng, [other, id, resume, { room: other, name: 'Eve' }]);
    const answers = Array.from({ length: 150 }, async () => {
      const args = Array.from({ length: below(4) }, () => value());
      const event = pick(EVENTS);
      // Half of them nobody waits for.
      if (rng() < 0.5) return eve.tell(event, ...args);
      const answer: unknown = await eve.ask(event, ...args);
      assert.equal(typeof answer, 'object', event);
      const { ok, error } = answer as { ok: boolean; error?: { code: string; message: string } };
      if (ok) return;
      assert.match(error!.code, /^[a-z-]+$/);
      codes.add(error!.code);
    });
    await Promise.all(answers);
    await stillPlaying();
    eve.socket.disconnect();
  }
  // The garbage was good enough to get past the first check.
  for (const code of ['message-invalid', 'not-in-room', 'rate-limited']) {
    assert.ok(codes.has(code), `never ${code}, only ${[...codes].join()}`);
  }
});

test('frames that are no messages at all', async (t) => {
  // The library writes to the console what it finds nobody to tell.
  const printed = t.mock.method(console, 'error', () => {});
  const running = await start(t);
  const { stillPlaying } = await lesson(running);
  const deep = '['.repeat(50_000);
  const garbage: (string | Buffer)[] = [
    '',
    'x',
    '9',
    '4',
    '4x',
    '49',
    '42',
    '42/room',
    '42/room,',
    '42/room,5',
    '42/room,[',
    '42/room,[]',
    '42/room,{}',
    '42/room,[null]',
    '42/room,[{}]',
    '42/room,[5]',
    '42/room,7[5,6]',
    '42/room,["connect"]',
    '42/room,["disconnect"]',
    '42/room,["join"]',
    '42/room,1["signal","x",{"__proto__":{"type":"offer"}}]',
    '42/room,99999999999999999999["leave"]',
    `42/room,1["join",${deep}`,
    `42/room,1["join",${deep}${deep.replaceAll('[', ']')}]`,
    '43/room,1[]',
    '44/room,{}',
    '40/room,',
    '40/__proto__,',
    '40/room,[]',
    '45-["join",{"_placeholder":true,"num":0}]',
    '451-/room,["join",{"_placeholder":true,"num":5}]',
    '45999999-/room,["join"]',
    Buffer.from([0, 1, 2, 255]),
    Buffer.alloc(1000),
  ];
  for (const frame of garbage) {
    const socket = await rawSocket(running);
    await enter(socket);
    socket.send(frame);
    // Twice: the second arrives at what the first has left behind.
    socket.send(frame);
    // A server that reads on answers this; one that has had enough closes.
    socket.send('42/room,77["settled?"]');
    await Promise.race([
      closed(socket),
      new Promise<void>((resolve) =>
        socket.on(
          'message',
          (data: Buffer) => data.toString().startsWith('43/room,77') && resolve(),
        ),
      ),
    ]);
    socket.terminate();
  }
  // And before there is a namespace.
  for (const frame of garbage) {
    const socket = await rawSocket(running);
    socket.send(frame);
    socket.close();
    await closed(socket);
  }
  await stillPlaying();
  assert.equal(printed.mock.callCount(), 0);
});

test('random bytes in the middle of messages', async (t) => {
  const running = await start(t);
  const { stillPlaying, room } = await lesson(running);
  const rng = random(2);
  const message = `42/room,1["join",{"room":"${room.slice(1)}x","name":"Eve"}]`;
  for (let round = 0; round < 20; round++) {
    const socket = await rawSocket(running);
    await enter(socket);
    for (let n = 0; n < 20; n++) {
      const bytes = Buffer.from(message);
      for (let k = 0; k < 3; k++) bytes[Math.floor(rng() * bytes.length)] = Math.floor(rng() * 128);
      socket.send(bytes.toString('latin1'));
    }
    socket.close();
    await closed(socket);
  }
  await stillPlaying();
});

test('a join right behind a farewell does not leave a ghost in the room', async (t) => {
  const running = await start(t);
  const { stillPlaying, room, anna, ben } = await lesson(running);
  const socket = await rawSocket(running);
  const next = await enter(socket);
  socket.send(`42/room,1["join",{"room":"${room}","name":"Eve"}]`);
  assert.match(await next(), /"ok":true/);
  assert.equal((await anna.client.next())[0], 'member-joined');
  // In one write, so that the server has both before it deals with the first.
  const { _socket: tcp } = socket as unknown as { _socket: { cork(): void; uncork(): void } };
  tcp.cork();
  socket.send('41/room,');
  socket.send(`42/room,2["join",{"room":"${room}","name":"Ghost"}]`);
  tcp.uncork();
  assert.equal((await anna.client.next())[0], 'member-left');
  socket.close();
  await closed(socket);
  await running.log.until('connection closed');
  const answer = await fetch(`${running.url}/api/rooms/${room}`);
  assert.equal(((await answer.json()) as { members: number }).members, 2);
  ben.client.heard.length = 0;
  await stillPlaying();
});
