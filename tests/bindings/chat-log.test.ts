/** The messages that are kept. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatLog, type Entry } from '../../bindings/src/chat/log.js';

const entry = (author: string, n: number, more: Partial<Entry> = {}): Entry => ({
  id: `${author}/${String(n)}`,
  author,
  n,
  name: author,
  text: `${author} ${String(n)}`,
  at: n,
  own: false,
  toldBy: null,
  ...more,
});
const ids = (log: ChatLog) => log.entries.map(({ id }) => id);

test('each once, in the order of their time; those of the same time as they came', () => {
  const log = new ChatLog();
  for (const n of [3, 1, 2]) assert.ok(log.add(entry('anna', n)));
  assert.ok(log.add(entry('bruno', 2)));
  assert.equal(log.add(entry('anna', 2, { text: 'something else' })), false);
  assert.deepEqual(ids(log), ['anna/1', 'anna/2', 'bruno/2', 'anna/3']);
  assert.equal(log.entries[1]?.text, 'anna 2');
});

test("the author's own word takes the place of hearsay, and never the other way round", () => {
  const log = new ChatLog();
  log.add(entry('anna', 1, { toldBy: 'Mallory', text: 'made up' }));
  assert.ok(log.add(entry('anna', 1, { text: 'said' })));
  assert.equal(log.add(entry('anna', 1, { toldBy: 'Mallory', text: 'made up' })), false);
  assert.deepEqual(
    log.entries.map(({ text, toldBy }) => [text, toldBy]),
    [['said', null]],
  );
});

test('beyond the bound, hearsay goes before what was said here, the oldest first', () => {
  const log = new ChatLog(4);
  for (const n of [1, 2]) log.add(entry('anna', n));
  for (let n = 10; n < 20; n++) log.add(entry('bruno', n, { toldBy: 'Mallory' }));
  assert.deepEqual(ids(log), ['anna/1', 'anna/2', 'bruno/18', 'bruno/19']);
  for (const n of [3, 4, 5]) log.add(entry('anna', n));
  assert.deepEqual(ids(log), ['anna/2', 'anna/3', 'anna/4', 'anna/5']);
  assert.ok(log.add(entry('anna', 6)), 'what was pushed out has left no trace');
  assert.equal(log.entries.length, 4);
});

test('what is known is told in runs, and answered by what is missing', () => {
  const log = new ChatLog();
  for (const n of [1, 2, 3, 5, 8, 9]) log.add(entry('anna', n));
  log.add(entry('bruno', 4, { toldBy: 'Anna' }));
  assert.deepEqual(log.known('carla'), [
    ['anna', 1, 3],
    ['anna', 5, 5],
    ['anna', 8, 9],
    ['bruno', 4, 4],
  ]);
  const other = new ChatLog();
  for (let n = 1; n <= 10; n++) other.add(entry('anna', n));
  const missing = other.unknown(log.known('carla')).map(({ n }) => n);
  assert.deepEqual(missing, [4, 6, 7, 10]);
  assert.equal(
    log.known('bruno').some(([author]) => author === 'bruno'),
    false,
    'of his own words he is asked himself',
  );
});

test('hearsay that the author does not know of is dropped', () => {
  const log = new ChatLog();
  log.add(entry('anna', 1));
  log.add(entry('anna', 2, { toldBy: 'Mallory' }));
  log.add(entry('bruno', 3, { toldBy: 'Mallory' }));
  assert.ok(log.dropHearsay('anna'));
  assert.deepEqual(ids(log), ['anna/1', 'bruno/3']);
  assert.equal(log.dropHearsay('anna'), false);
});
