/** The chat between several people, joined by channels that deliver at once. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { Chat } from '../../bindings/src/chat/chat.js';
import { parseChat, type ChatControl } from '../../bindings/src/chat/messages.js';

let room: Map<string, Chat>;
/** From, to, message. */
let wire: [string, string, ChatControl][];

beforeEach(() => {
  room = new Map();
  wire = [];
  mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: 1_000_000 });
});
afterEach(() => {
  for (const chat of room.values()) chat.close();
  mock.timers.reset();
});

/** Somebody comes in and is joined to all who are there. */
function come(id: string, to = [...room.keys()]): Chat {
  const chat: Chat = new Chat({
    say: (peer, message) => {
      wire.push([id, peer, message]);
      const heard = parseChat(JSON.parse(JSON.stringify(message)) as Record<string, unknown>);
      assert.deepEqual(heard, message, 'what we say has the form');
      if (heard !== null) room.get(peer)?.hear(id, nameOf(id), heard);
    },
    changed: () => undefined,
    now: () => Date.now(),
  });
  room.set(id, chat);
  chat.enter(id);
  for (const other of to) {
    room.get(other)!.opened(id, nameOf(id));
    chat.opened(other, nameOf(other));
  }
  return chat;
}
const nameOf = (id: string) => id[0]!.toUpperCase() + id.slice(1);

function go(id: string): void {
  room.get(id)?.close();
  room.delete(id);
  for (const chat of room.values()) chat.left(id);
}

const said = (chat: Chat) =>
  chat.messages.map(({ name, text, toldBy }) =>
    toldBy === null ? `${name}: ${text}` : `${name} (${toldBy}): ${text}`,
  );

test('what is said is heard by all, once, and own words are marked as own', () => {
  const anna = come('anna');
  const bruno = come('bruno');
  const carla = come('carla');
  assert.ok(anna.send('Good evening', 'Anna'));
  assert.ok(bruno.send('https://example.org/score.pdf', 'Bruno'));
  for (const chat of [anna, bruno, carla]) {
    assert.deepEqual(said(chat), ['Anna: Good evening', 'Bruno: https://example.org/score.pdf']);
  }
  assert.deepEqual(
    anna.messages.map(({ own }) => own),
    [true, false],
  );
});

test('a newcomer is told all, each message once, by its author where they are here', () => {
  const anna = come('anna');
  const bruno = come('bruno');
  come('carla').send('I must go', 'Carla');
  anna.send('one', 'Anna');
  mock.timers.tick(10);
  bruno.send('two', 'Bruno');
  go('carla');
  wire = [];
  const dora = come('dora');
  mock.timers.tick(2000);
  assert.deepEqual(said(dora), ['Carla (Anna): I must go', 'Anna: one', 'Bruno: two']);
  const toDora = wire.filter(([, to, { type }]) => to === 'dora' && type === 'chat-told');
  // Bruno's came from Anna first, then from himself.
  assert.equal(toDora.length, 4);
});

test('who was away for a while is told what was said meanwhile', () => {
  const anna = come('anna');
  const bruno = come('bruno', []);
  anna.send('nobody hears this yet', 'Anna');
  assert.deepEqual(said(bruno), []);
  anna.opened('bruno', 'Bruno');
  bruno.opened('anna', 'Anna');
  mock.timers.tick(2000);
  assert.deepEqual(said(bruno), ['Anna: nobody hears this yet']);
  assert.equal(bruno.messages[0]?.toldBy, null);
});

test('a long past comes in small pieces, and all of it', () => {
  const anna = come('anna');
  for (let i = 0; i < 100; i++) {
    assert.ok(anna.send(String(i).padStart(500, '.'), 'Anna'));
    mock.timers.tick(2000);
  }
  wire = [];
  const bruno = come('bruno');
  const told = () => wire.filter(([, , { type }]) => type === 'chat-told').length;
  let before = told();
  for (let i = 0; i < 100; i++) {
    mock.timers.tick(50);
    assert.ok(told() - before <= 5, 'at most so many at a time');
    before = told();
  }
  assert.deepEqual(said(bruno), said(anna));
});

test('who floods the room is not heard beyond a measure; the others are', () => {
  const anna = come('anna');
  come('mallory', []);
  const bruno = come('bruno');
  for (let n = 1; n <= 200; n++) {
    anna.hear('mallory', 'Mallory', { type: 'chat', n, text: 'spam' });
  }
  assert.equal(anna.messages.length, 10);
  bruno.send('still here', 'Bruno');
  assert.equal(said(anna).at(-1), 'Bruno: still here');
});

test('one cannot say too much oneself, and is told so', () => {
  const anna = come('anna');
  const sent = Array.from({ length: 20 }, () => anna.send('quick', 'Anna'));
  assert.deepEqual(sent.lastIndexOf(true), 7);
  mock.timers.tick(5000);
  assert.ok(anna.send('later', 'Anna'));
  assert.equal(anna.send('  ', 'Anna'), false);
  assert.equal(anna.send('x'.repeat(2001), 'Anna'), false);
});

/** What somebody tells of the past when asked, honest or not, and that this was all. */
function tell(chat: Chat, from: string, author: string, n: number, text: string): void {
  const name = nameOf(author);
  chat.hear(from, nameOf(from), { type: 'chat-told', author, n, name, at: 1, text });
}
const end = (chat: Chat, from: string): void => {
  chat.hear(from, nameOf(from), { type: 'chat-end' });
};

test('a past that one made up for another is marked, and gone when she says so', () => {
  const bruno = come('bruno', []);
  // Mallory and Anna are joined to him, Mallory first; what they say is said here by hand.
  bruno.opened('mallory', 'Mallory');
  bruno.opened('anna', 'Anna');
  tell(bruno, 'mallory', 'anna', 1, 'I hate this piece');
  tell(bruno, 'mallory', 'anna', 7, 'and this room');
  tell(bruno, 'mallory', 'bruno', 1, 'so do I');
  tell(bruno, 'mallory', 'mallory', 1, 'dear me');
  const made = ['Anna (Mallory): I hate this piece', 'Anna (Mallory): and this room'];
  assert.deepEqual(said(bruno), [...made, 'Mallory: dear me']);
  tell(bruno, 'anna', 'anna', 2, 'not asked yet');
  end(bruno, 'mallory');
  tell(bruno, 'anna', 'anna', 1, 'What a fine piece');
  end(bruno, 'anna');
  assert.deepEqual(said(bruno).toSorted(), ['Anna: What a fine piece', 'Mallory: dear me']);
  bruno.opened('mallory', 'Mallory');
  tell(bruno, 'mallory', 'anna', 3, 'once more');
  assert.equal(bruno.messages.length, 2, 'of Anna, who is here, nobody else is believed');
});

test('a number that Mallory takes for herself does not keep out what Anna said', () => {
  const anna = come('anna');
  anna.send('the score: https://example.org', 'Anna');
  const bruno = come('bruno', []);
  bruno.opened('mallory', 'Mallory');
  bruno.hear('mallory', 'Mallory', { type: 'chat', n: 1, text: 'nothing to see' });
  end(bruno, 'mallory');
  bruno.opened('anna', 'Anna');
  anna.opened('bruno', 'Bruno');
  mock.timers.tick(1000);
  assert.deepEqual(said(bruno).toSorted(), [
    'Anna: the score: https://example.org',
    'Mallory: nothing to see',
  ]);
});

test('one who does not answer, or leaves while answering, does not keep the others from it', () => {
  const anna = come('anna');
  anna.send('hello', 'Anna');
  const bruno = come('bruno', []);
  for (const silent of ['mute', 'gone']) bruno.opened(silent, silent);
  bruno.opened('anna', 'Anna');
  anna.opened('bruno', 'Bruno');
  mock.timers.tick(1000);
  assert.deepEqual(said(bruno), []);
  mock.timers.tick(8000);
  bruno.left('gone');
  mock.timers.tick(1000);
  assert.deepEqual(said(bruno), ['Anna: hello']);
});

test('who asks again and again is answered a few times only', () => {
  const anna = come('anna');
  anna.send('hello', 'Anna');
  anna.opened('mallory', 'Mallory');
  wire = [];
  for (let i = 0; i < 50; i++) anna.hear('mallory', 'Mallory', { type: 'chat-ask', known: [] });
  assert.equal(wire.length, 8); // the message and its end, four times
});

test('an answer ends at the number of messages that are kept', () => {
  const bruno = come('bruno', []);
  bruno.opened('mallory', 'Mallory');
  for (let n = 1; n <= 1000; n++) tell(bruno, 'mallory', 'mallory', n, 'x');
  assert.equal(bruno.messages.length, 500);
  assert.equal(bruno.messages.at(-1)?.id, 'mallory/500');
});
