/** The ring in shared memory: nothing is lost, changed, reordered or overwritten. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { Kind, RECORD_BYTES } from '../../bindings/src/pipe/pipe.js';
import { newRing, RING_WORDS, RingReader, RingWriter } from '../../bindings/src/pipe/ring.js';
import { Random } from '../../bindings/src/bench/random.js';
import { record, words, type Record } from './support/records.js';
import type { RingThread, RingThreadResult } from './support/ring-thread.js';

/** Two counters of one word each, then the data. */
const ring = (dataWords: number): SharedArrayBuffer => new SharedArrayBuffer((2 + dataWords) * 4);
const HEADER_WORDS = 4;

class Ends {
  readonly writer: RingWriter;
  readonly reader: RingReader;
  private readonly target = new Uint32Array((RECORD_BYTES + 3) >>> 2);

  constructor(readonly shared: SharedArrayBuffer) {
    this.writer = new RingWriter(shared);
    this.reader = new RingReader(shared);
  }
  write({ kind, peer, time, bytes }: Record): boolean {
    return this.writer.write(kind, peer, time, words(bytes), 0, bytes.length);
  }
  read(capacity = RECORD_BYTES): Record | null {
    const size = this.reader.read(this.target, 0, capacity);
    if (size < 0) return null;
    const { kind, peer, time } = this.reader;
    const bytes = new Uint8Array(this.target.buffer.slice(0, size));
    return { kind, peer, time: time[0]!, bytes };
  }
}

test('an empty ring holds nothing', () => {
  const ends = new Ends(newRing());
  assert.equal(ends.read(), null);
  assert.equal(ends.writer.dropped, 0);
});

test('records of every size come back as they were', () => {
  const ends = new Ends(newRing());
  const sizes = [...Array(300).keys(), 527, 528, 2064, RECORD_BYTES - 1, RECORD_BYTES];
  for (const size of sizes) {
    const sent = record(size * 7, size);
    assert.equal(ends.write(sent), true);
    assert.deepEqual(ends.read(), sent);
    assert.equal(ends.read(), null);
  }
});

test('kind, peer and time are kept whatever they are', () => {
  const ends = new Ends(newRing());
  for (const kind of [Kind.Datagram, Kind.Clock, Kind.Exchange]) {
    for (const peer of [0, 1, 63, 32_767, 32_768, 65_535]) {
      for (const time of [0, -1, 1.7e15 + 0.25, Number.MAX_VALUE, Infinity, NaN]) {
        const sent = { kind, peer, time, bytes: new Uint8Array([1, 2, 3]) };
        assert.equal(ends.write(sent), true);
        assert.deepEqual(ends.read(), sent);
      }
    }
  }
});

test('many records wrap around a small ring, in order', () => {
  const ends = new Ends(ring(256));
  const random = new Random(1);
  const waiting: Record[] = [];
  let written = 0;
  for (let n = 0; n < 20_000; n++) {
    const sent = record(n, random.below(300));
    if (random.next() < 0.6 && ends.write(sent)) {
      waiting.push(sent);
      written++;
    }
    if (random.next() < 0.5) assert.deepEqual(ends.read(), waiting.shift() ?? null);
  }
  for (const sent of waiting) assert.deepEqual(ends.read(), sent);
  assert.equal(ends.read(), null);
  assert.equal(written > 5000, true);
  assert.equal(ends.writer.dropped > 0, true);
});

test('the counters wrap at 2^31', () => {
  for (const begin of [0x7fffffff - 300, 0x7fffffff, -1, -300, -0x80000000]) {
    const shared = ring(256);
    new Int32Array(shared, 0, 2).fill(begin);
    const ends = new Ends(shared);
    for (let n = 0; n < 200; n++) {
      const sent = record(n, n % 500);
      assert.equal(ends.write(sent), true, `${begin} + ${n}`);
      assert.deepEqual(ends.read(), sent);
    }
    // And full is full there too.
    new Int32Array(shared, 0, 2).fill(begin);
    assert.equal(ends.write(record(1, (256 - HEADER_WORDS) * 4)), true);
    assert.equal(ends.write(record(2, 0)), false);
    assert.deepEqual(ends.read(), record(1, (256 - HEADER_WORDS) * 4));
  }
});

test('a full ring drops, counts, and leaves what it holds alone', () => {
  const ends = new Ends(ring(64));
  // Three of 4 + 12 words, and 16 words are left.
  for (let n = 0; n < 3; n++) assert.equal(ends.write(record(n, 48)), true);
  assert.equal(ends.write(record(3, 49)), false);
  assert.equal(ends.writer.dropped, 1);
  assert.equal(ends.write(record(4, 48)), true);
  assert.equal(ends.write(record(5, 0)), false);
  assert.equal(ends.write(record(6, 48)), false);
  assert.equal(ends.writer.dropped, 3);
  for (const n of [0, 1, 2, 4]) assert.deepEqual(ends.read(), record(n, 48));
  assert.equal(ends.read(), null);
  // There is room again, and nothing more is counted.
  assert.equal(ends.write(record(7, 200)), true);
  assert.deepEqual(ends.read(), record(7, 200));
  assert.equal(ends.writer.dropped, 3);
});

test('a record beyond the largest packet is refused and counted', () => {
  const ends = new Ends(newRing());
  assert.equal(ends.write(record(1, RECORD_BYTES + 1)), false);
  assert.equal(ends.writer.dropped, 1);
  assert.equal(ends.read(), null);
});

test('a record that its reader has no room for is skipped, and those after it are read', () => {
  const ends = new Ends(newRing());
  for (const [n, size] of [900, 101, 100, 5000].entries()) ends.write(record(n, size));
  assert.deepEqual(ends.read(100), record(2, 100));
  assert.equal(ends.read(100), null);
  assert.equal(ends.read(), null);
});

test('bytes are taken from where they are and put where they belong', () => {
  const ends = new Ends(newRing());
  const source = new Uint32Array(100).map((_, i) => i + 1);
  assert.equal(ends.writer.write(Kind.Datagram, 1, 2, source, 40, 10), true);
  const target = new Uint32Array(100).fill(0xeeeeeeee);
  assert.equal(ends.reader.read(target, 70, 400), 10);
  assert.deepEqual([...target.subarray(70, 73)], [41, 42, 43]);
  assert.equal(
    target.subarray(0, 70).every((word) => word === 0xeeeeeeee),
    true,
  );
  assert.equal(
    target.subarray(73).every((word) => word === 0xeeeeeeee),
    true,
  );
});

test('the usual ring holds 40 ms of 64 peers in stereo', () => {
  const ends = new Ends(newRing());
  assert.equal(ends.shared.byteLength, (2 + RING_WORDS) * 4);
  assert.equal(RING_WORDS & (RING_WORDS - 1), 0);
  const packets = 64 * ((40 * 48) / 128);
  for (let n = 0; n < packets; n++) {
    assert.equal(ends.write(record(n, 528)), true, `packet ${n} of ${packets}`);
  }
});

test('whoever waits is told', async () => {
  const ends = new Ends(newRing());
  let told = false;
  const waiting = ends.reader.wait().then(() => {
    told = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(told, false);
  ends.write(record(1, 5));
  await waiting;
  // Nothing to wait for while something is there.
  await ends.reader.wait();
  assert.deepEqual(ends.read(), record(1, 5));
});

async function thread(data: RingThread): Promise<RingThreadResult> {
  const module = new URL('./support/ring-thread.ts', import.meta.url).href;
  const worker = new Worker(new URL('./support/thread.mjs', import.meta.url), {
    workerData: { module, ...data },
  });
  const ended = once(worker, 'exit').then(([code]) => assert.fail(`ended with ${String(code)}`));
  const [result] = (await Promise.race([once(worker, 'message'), ended])) as [RingThreadResult];
  return result;
}

for (const role of ['polling reader', 'waiting reader'] as const) {
  test(`two threads pass 200,000 records: ${role}`, async () => {
    // Small enough to be full and empty many times.
    const shared = ring(1 << 14);
    const records = 200_000;
    const [writer, reader] = await Promise.all([
      thread({ role: 'writer', shared, records }),
      thread({ role, shared, records }),
    ]);
    assert.deepEqual(reader, { role: 'reader', wrong: '' });
    assert.equal(writer.role, 'writer');
  });
}
