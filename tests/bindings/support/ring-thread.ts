/** One end of a ring in a thread of its own; see ring.test.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { RECORD_BYTES } from '../../../bindings/src/pipe/pipe.js';
import { RingReader, RingWriter } from '../../../bindings/src/pipe/ring.js';
import { record, words } from './records.js';

export interface RingThread {
  role: 'writer' | 'polling reader' | 'waiting reader';
  shared: SharedArrayBuffer;
  records: number;
}
/** Of a writer: how often the ring was full. Of a reader: what was wrong first, if anything. */
export type RingThreadResult = { role: 'writer'; full: number } | { role: 'reader'; wrong: string };

function write(shared: SharedArrayBuffer, records: number): RingThreadResult {
  const writer = new RingWriter(shared);
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let n = 0; n < records; n++) {
    const { kind, peer, time, bytes } = record(n);
    const source = words(bytes);
    while (!writer.write(kind, peer, time, source, 0, bytes.length)) Atomics.wait(pause, 0, 0, 1);
  }
  return { role: 'writer', full: writer.dropped };
}

async function read(
  shared: SharedArrayBuffer,
  records: number,
  waiting: boolean,
): Promise<RingThreadResult> {
  const reader = new RingReader(shared);
  const target = new Uint32Array((RECORD_BYTES + 3) >>> 2);
  const found = new Uint8Array(target.buffer);
  for (let n = 0; n < records; n++) {
    let size: number;
    while ((size = reader.read(target, 0, RECORD_BYTES)) < 0) {
      if (waiting) await reader.wait();
    }
    const { kind, peer, time, bytes } = record(n);
    const right =
      size === bytes.length &&
      reader.kind === kind &&
      reader.peer === peer &&
      reader.time[0]! === time &&
      bytes.every((byte, i) => byte === found[i]);
    if (!right) return { role: 'reader', wrong: `record ${n}` };
  }
  if (reader.read(target, 0, RECORD_BYTES) !== -1) return { role: 'reader', wrong: 'too many' };
  return { role: 'reader', wrong: '' };
}

// Waiting for shared memory alone does not keep a thread of Node's alive.
const alive = setInterval(() => undefined, 1000);
const { role, shared, records } = workerData as RingThread;
parentPort!.postMessage(
  role === 'writer'
    ? write(shared, records)
    : await read(shared, records, role === 'waiting reader'),
);
clearInterval(alive);
