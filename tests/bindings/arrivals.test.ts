/** Arrivals are written down as they come, and handed on as they are. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Kind, type EngineMemory } from '../../bindings/src/pipe/pipe.js';
import { ARRIVAL_COLUMNS, Arrivals } from '../../bindings/src/worklet/arrivals.js';

const ADDRESS = 64;

class Memory implements EngineMemory {
  readonly memory = new ArrayBuffer(4096);
  readonly address = ADDRESS;
  readonly capacity = 1024;
  readonly time = new Float64Array(this.memory, 0, 1);
  readonly taken: [Kind, number, number][] = [];
  take(kind: Kind, peer: number, bytes: number): void {
    this.taken.push([kind, peer, bytes]);
  }
}

/** As engine/wire/packet.h has it. */
function arrive(memory: Memory, arrivals: Arrivals, captureUs: number, sequence: number): void {
  const view = new DataView(memory.memory, ADDRESS);
  view.setBigUint64(0, BigInt(captureUs), true);
  view.setUint16(8, sequence, true);
  memory.time[0] = captureUs + 700;
  arrivals.take(Kind.Datagram, 5, 272);
}

test('a row for every packet while it is watched, and everything goes on to the engine', () => {
  const memory = new Memory();
  const arrivals = new Arrivals(memory);
  const us = 1_790_000_000_123_456;
  arrive(memory, arrivals, us, 1);
  arrivals.watch(2);
  arrivals.nextFrame = 1280;
  arrive(memory, arrivals, us + 1, 65_535);
  arrivals.take(Kind.Clock, 0, 0);
  arrivals.take(Kind.Datagram, 5, 15); // too short to be a packet
  arrivals.nextFrame = 1408;
  arrive(memory, arrivals, us + 2, 0);
  arrive(memory, arrivals, us + 3, 1); // one more than asked for

  const rows = arrivals.finish();
  assert.deepEqual([...rows], [5, 65_535, us + 1, us + 701, 1280, 5, 0, us + 2, us + 702, 1408]);
  assert.equal(rows.length % ARRIVAL_COLUMNS, 0);
  assert.deepEqual(memory.taken, [
    [Kind.Datagram, 5, 272],
    [Kind.Datagram, 5, 272],
    [Kind.Clock, 0, 0],
    [Kind.Datagram, 5, 15],
    [Kind.Datagram, 5, 272],
    [Kind.Datagram, 5, 272],
  ]);
  assert.equal(arrivals.finish().length, 0);
});
