/** The pages' words are complete: the same in every language, and none left over. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { en } from '../../web/app/src/words/en.js';
import { it } from '../../web/app/src/words/it.js';
import { wordsUse } from './support/used-words.js';

/** Every word by its path, with what it is: a text, a list, or a function of so many things. */
function shapes(words: object, before = ''): string[] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]) => {
    const path = before + key;
    if (typeof value === 'string') return `${path}: a text`;
    if (typeof value === 'function') return `${path}: a function of ${value.length}`;
    if (Array.isArray(value)) return `${path}: a list of ${value.length}`;
    return shapes(value as object, `${path}.`);
  });
}

const without = (some: readonly string[], others: readonly string[]): string[] => {
  const known = new Set(others);
  return some.filter((one) => !known.has(one));
};

test('every language says the same things, of the same number of things', () => {
  assert.ok(shapes(en).length > 100);
  assert.deepEqual(without(shapes(en), shapes(it)), [], 'in English, not so in Italian');
  assert.deepEqual(without(shapes(it), shapes(en)), [], 'in Italian, not so in English');
});

test('no word is left over, and none is taken by a name that may be anything', () => {
  const { declared, used, unclear } = wordsUse();
  const all = shapes(en).map((word) => word.slice(0, word.indexOf(':')));
  assert.deepEqual(without(all, declared), [], 'not seen in the source of words/en.ts');
  assert.deepEqual(without(declared, [...used]), [], 'in words/en.ts, but on no page');
  assert.deepEqual(unclear, []);
});
