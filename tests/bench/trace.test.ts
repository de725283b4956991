import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InputError } from './input-error.ts';
import { assertNear } from './made-up.ts';
import { PACKET_MS } from './stream.ts';
import { parseTrace, toStream } from './trace.ts';

const HEADER = 'seq,send_ms,arrival_ms\n';
const stream = (lines: string) => toStream(parseTrace(HEADER + lines, 'trace.csv'));

test('delays are interpolated between the packets that arrived, whatever clock they began at', () => {
  const { sends, arrivals } = stream('0,100,105\n1,108,121\n2,116,121\n');
  assert.equal(sends.length, 7, 'as many packets as begin before the last one was sent, and at it');
  assert.deepEqual(
    [...sends].map((send, k) => Math.abs(send - k * PACKET_MS) < 1e-9),
    new Array(7).fill(true),
  );
  const delays = [5, 5 + 8 / 3, 5 + 16 / 3, 13, 13 - 8 / 3, 13 - 16 / 3, 5];
  delays.forEach((delay, k) => assertNear(arrivals[k]! - sends[k]!, delay));
});

test('a packet is lost when the nearest of the trace was; its neighbours bridge the delay', () => {
  const { sends, arrivals } = stream('0,0,10\n1,8,\n2,16,26\n');
  const lost = [...arrivals].map((arrival) => Number.isNaN(arrival));
  assert.deepEqual(lost, [false, false, true, true, true, false, false]);
  assertNear(arrivals[1]! - sends[1]!, 10);
});

test('before the first arrival and after the last, the delay is theirs', () => {
  const { sends, arrivals } = stream('0,0,nan\n1,4,11\n2,20,29\n3,26,-1\n');
  assert.ok(Number.isNaN(arrivals[0]!));
  assertNear(arrivals[1]! - sends[1]!, 7);
  assertNear(arrivals[8]! - sends[8]!, 9);
  assert.ok(Number.isNaN(arrivals[9]!));
});

test('rows may be in any order; comments are skipped', () => {
  const { arrivals } = stream('# from somewhere\n1,8,13\n0,0,5\n');
  assert.deepEqual(
    [...arrivals].map((arrival) => Math.round(arrival * 1000)),
    [5000, 7667, 10333, 13000],
  );
});

test('what cannot be read is named, with its line', () => {
  assert.throws(() => parseTrace('a,b,c\n', 'x.csv'), /x\.csv: the first line is "a,b,c"/);
  for (const line of ['1,2', '1,2,3,4', '1,,3', '1,two,3', '1,2,three']) {
    const text = `${HEADER}0,0,1\n${line}\n2,4,5\n`;
    assert.throws(() => parseTrace(text, 'x.csv'), {
      message: new RegExp(`^x\\.csv, line 3: "${line}"`),
    });
    assert.throws(() => parseTrace(text, 'x.csv'), InputError);
  }
  assert.throws(() => parseTrace(HEADER, 'x.csv'), /fewer than two packets/);
});
