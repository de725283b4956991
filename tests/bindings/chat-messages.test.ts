/** What peers say of the chat: anything may come. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseControl } from '../../bindings/src/network/control.js';
import { CHAT, cleanText, MOST_RUNS } from '../../bindings/src/chat/messages.js';

const parsed = (message: unknown) => parseControl(JSON.stringify(message));
const TOLD = { type: 'chat-told', author: 'a-1_Z', n: 3, name: 'Anna', at: 5.5, text: 'Hello' };

test('the four messages are understood, and what else is in them left out', () => {
  const cases = [
    { type: 'chat', n: 1, text: 'Bar 12, please' },
    { type: 'chat-ask', known: [] },
    { type: 'chat-ask', known: [['anna', 1, 7]] },
    TOLD,
    { type: 'chat-end' },
  ];
  for (const message of cases) {
    assert.deepEqual(parsed({ ...message, more: 1, toldBy: null }), message);
  }
});

test('the longest text comes through, however it is escaped', () => {
  for (const character of ['x', '"', '\u00e9', '\u266a', '\ud834\udd1e']) {
    const text = character.repeat(CHAT.textLength / character.length);
    assert.deepEqual(parsed({ type: 'chat', n: 1, text }), { type: 'chat', n: 1, text });
  }
});

test('what does not have the form is ignored', () => {
  const wrong: unknown[] = [
    { type: 'chat', text: 'x' },
    { type: 'chat', n: 0, text: 'x' },
    { type: 'chat', n: 1.5, text: 'x' },
    { type: 'chat', n: 1e300, text: 'x' },
    { type: 'chat', n: '1', text: 'x' },
    { type: 'chat', n: 1 },
    { type: 'chat', n: 1, text: ['x'] },
    { type: 'chat', n: 1, text: ' \n\t\u0007 ' },
    { type: 'chat', n: 1, text: 'x'.repeat(CHAT.textLength + 1) },
    { type: 'chat-ask' },
    { type: 'chat-ask', known: 'all' },
    { type: 'chat-ask', known: [['anna', 1]] },
    { type: 'chat-ask', known: [['anna', 2, 1]] },
    { type: 'chat-ask', known: [['anna', 0, 1]] },
    { type: 'chat-ask', known: [[1, 1, 1]] },
    { type: 'chat-ask', known: [['a'.repeat(65), 1, 1]] },
    { type: 'chat-ask', known: Array(MOST_RUNS + 1).fill(['anna', 1, 1]) },
    { ...TOLD, author: '' },
    { ...TOLD, author: 'a/b' },
    { ...TOLD, author: null },
    { ...TOLD, name: '' },
    { ...TOLD, name: 'x'.repeat(201) },
    { ...TOLD, name: 7 },
    { ...TOLD, at: -1 },
    { ...TOLD, at: '5' },
    { ...TOLD, at: null },
    { ...TOLD, n: -1 },
    { ...TOLD, text: '' },
  ];
  for (const message of wrong) assert.equal(parsed(message), null, JSON.stringify(message));
  const huge = `{"type":"chat","n":1,"text":"x"}`.padEnd(40_001);
  assert.equal(parseControl(huge), null);
});

test('a text is shown as it was typed, without what would turn or break the line around it', () => {
  assert.equal(cleanText('  one\r\ntwo\tthree  '), 'one\ntwo\tthree');
  assert.equal(cleanText('a\n\n\n\n\nb'), 'a\n\nb');
  assert.equal(cleanText('safe\u202Efdp.exe\u2069\u2028\u0000\ud800!'), 'safefdp.exe!');
  assert.equal(cleanText('<b>bold</b>'), '<b>bold</b>');
  // Joiners hold emoji together.
  const family = '\u{1F468}\u200D\u{1F469}\u200D\u{1F467}';
  assert.equal(cleanText(family), family);
});
