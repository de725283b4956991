/** What the address of the bench page asks for. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  readNumber,
  readQuery,
  SECONDS,
  type Possible,
} from '../../web/app/src/logic/bench-query.js';

const HERE: Possible = {
  ways: [
    { path: 'worker', pipe: 'ring' },
    { path: 'worker', pipe: 'port' },
    { path: 'main', pipe: 'ring' },
  ],
  loads: ['idle', 'busy', 'garbage'],
  origin: 'https://tutti.example.org',
};
const read = (search: string) => readQuery(search, HERE);

test('without a word nothing is run, and everything is offered', () => {
  const { run, plan, post, wrong } = read('');
  assert.equal(run, false);
  assert.deepEqual(plan.measurements, ['context', 'loopback', 'quantum']);
  assert.equal(plan.seconds, 30);
  assert.deepEqual(
    [plan.ways, plan.loads, plan.peers, plan.settleSeconds],
    Array(4).fill(undefined),
  );
  assert.equal(post, null);
  assert.deepEqual(wrong, []);
});

test('what is to be run, and for how long', () => {
  const { run, plan, wrong } = read('?run=quantum,loopback&seconds=12.5');
  assert.equal(run, true);
  assert.deepEqual(plan.measurements, ['loopback', 'quantum'], 'in the order of the page');
  assert.equal(plan.seconds, 12.5);
  assert.deepEqual(wrong, []);
  assert.deepEqual(read('?run=all').plan.measurements, ['context', 'loopback', 'quantum']);
  assert.deepEqual(read('?run=context,context').plan.measurements, ['context']);
});

test('parts of a measurement', () => {
  const { run, plan } = read('?run=all&ways=main/ring,worker/ring&loads=busy&peers=1,64&settle=0');
  assert.equal(run, true);
  assert.deepEqual(plan.ways, [
    { path: 'worker', pipe: 'ring' },
    { path: 'main', pipe: 'ring' },
  ]);
  assert.deepEqual(plan.loads, ['busy']);
  assert.deepEqual(plan.peers, [1, 64]);
  assert.equal(plan.settleSeconds, 0);
  assert.equal(read('?loads=busy').run, false, 'only offered');
});

test('what there is not is said together with what there is, and nothing is run', () => {
  const { run, plan, wrong } = read('?run=loopbak,quantum&ways=main/port');
  assert.equal(run, false);
  assert.deepEqual(plan.measurements, ['quantum']);
  assert.equal(read('?run=loopbak').plan.measurements.length, 3);
  assert.deepEqual(wrong, [
    {
      parameter: 'run',
      given: 'loopbak',
      kind: 'name',
      possible: ['context', 'loopback', 'quantum', 'all'],
    },
    {
      parameter: 'ways',
      given: 'main/port',
      kind: 'name',
      possible: ['worker/ring', 'worker/port', 'main/ring'],
    },
  ]);
  assert.equal(read('?run=').wrong[0]?.given, '');
  assert.equal(read('?run=all,').wrong.length, 1);
});

test('numbers out of bounds', () => {
  for (const seconds of [
    '0',
    '0.5',
    '601',
    '-5',
    '1e2',
    '0x10',
    'NaN',
    'Infinity',
    '',
    ' 5',
    '5s',
  ]) {
    const { run, plan, wrong } = read(`?run=all&seconds=${encodeURIComponent(seconds)}`);
    assert.equal(run, false, seconds);
    assert.deepEqual(wrong, [
      { parameter: 'seconds', given: seconds, kind: 'number', bounds: SECONDS },
    ]);
    assert.equal(plan.seconds, 30);
  }
  for (const seconds of ['1', '600']) assert.equal(read(`?run=all&seconds=${seconds}`).run, true);
  for (const peers of ['0', '65', '1.5', '1,,4']) {
    assert.equal(read(`?run=all&peers=${peers}`).run, false, peers);
  }
  assert.equal(read('?run=all&settle=601').run, false);
});

test('a number is written in plain decimals', () => {
  assert.equal(readNumber('007', { least: 1, most: 10 }), 7);
  assert.equal(readNumber('2.5', { least: 1, most: 10 }), 2.5);
  assert.equal(readNumber('2.5', { least: 1, most: 10, whole: true }), null);
});

test('posted to our own server alone', () => {
  assert.equal(read('?run=all&post=/results?a=b').post, '/results?a=b');
  assert.deepEqual(read('?run=all&post=/results').wrong, []);
  const others = ['results', '', '//evil.example/x', '/\\evil.example', 'https://evil.example/'];
  for (const path of others) {
    const { run, post, wrong } = read(`?run=all&post=${encodeURIComponent(path)}`);
    assert.deepEqual([run, post], [false, null], path);
    assert.deepEqual(wrong, [{ parameter: 'post', given: path, kind: 'path' }]);
  }
});
