import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChatMessage } from 'tutti';
import { conversation, Unread } from '../../web/app/src/logic/conversation.js';

const said = (
  id: string,
  author: string,
  at: number,
  toldBy: string | null = null,
): ChatMessage => ({
  id,
  author,
  name: author,
  text: 'x',
  at,
  own: author === 'me',
  toldBy,
});
const MINUTE = 60_000;

test('the name stands once for what somebody says in one go', () => {
  const shown = conversation([
    said('1', 'Anna', 0),
    said('2', 'Anna', MINUTE),
    said('3', 'Bruno', MINUTE),
    said('4', 'Anna', 2 * MINUTE),
    said('5', 'Anna', 6 * MINUTE),
    said('6', 'Anna', 6 * MINUTE, 'Bruno'),
  ]);
  assert.deepEqual(
    shown.map(({ goesOn }) => goesOn),
    [false, true, false, false, false, false],
  );
});

test('what came while the chat was closed is unread until it is opened; own words never are', () => {
  const unread = new Unread();
  const messages = [said('1', 'Anna', 0), said('2', 'me', 1)];
  assert.deepEqual(
    unread.look(messages, false).map(({ id }) => id),
    ['1'],
  );
  messages.push(said('3', 'Anna', 2));
  assert.equal(unread.look(messages, false).length, 2);
  assert.equal(unread.look(messages, true).length, 0);
  assert.equal(unread.look(messages, false).length, 0);
  // Told later, though it was said before.
  messages.unshift(said('0', 'Bruno', -1, 'Anna'));
  assert.deepEqual(
    unread.look(messages, false).map(({ id }) => id),
    ['0'],
  );
});
