/** Both makes of the pipe keep the same promises: one table of tests for the two. */
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import {
  makePipe,
  networkEnd,
  ringPossible,
  transferables,
  workletEnd,
} from '../../bindings/src/pipe/make.js';
import {
  Kind,
  RECORD_BYTES,
  type EngineMemory,
  type NetworkEnd,
  type PipeParts,
  type WorkletEnd,
} from '../../bindings/src/pipe/pipe.js';
import { Random } from '../../bindings/src/bench/random.js';
import { record, type Record } from './support/records.js';

const MEMORY = 256 * 1024;
const INBOX = 4096;
const OUTBOX = 128 * 1024;
const TIME = MEMORY - 8;

/** Stands for the engine: writes down what it is given. */
class Memory implements EngineMemory {
  readonly memory = new ArrayBuffer(MEMORY);
  readonly address = INBOX;
  readonly capacity: number;
  readonly time = new Float64Array(this.memory, TIME, 1);
  readonly taken: Record[] = [];

  constructor(capacity: number) {
    this.capacity = capacity;
    new Uint8Array(this.memory).fill(0xee);
  }
  take(kind: Kind, peer: number, bytes: number): void {
    const time = this.time[0]!;
    const copy = new Uint8Array(this.memory.slice(INBOX, INBOX + bytes));
    this.taken.push({ kind, peer, time, bytes: copy });
  }
}

interface Pipe {
  parts: PipeParts;
  engine: Memory;
  network: NetworkEnd;
  worklet: WorkletEnd;
  /** What the network end was handed. */
  heard: Record[];
  /** Writes the bytes into the engine's memory and sends them from there. */
  sendFromWorklet(what: Record, at?: number): boolean;
  /** Lets everything arrive that is under way. */
  settle(): Promise<void>;
}

const open: Pipe[] = [];

function made(make: 'port' | 'ring', capacity = 64 * 1024): Pipe {
  const { worklet: workletParts, network: networkParts } = makePipe(make);
  const engine = new Memory(capacity);
  const network = networkEnd(networkParts);
  const worklet = workletEnd(workletParts, engine);
  const heard: Record[] = [];
  network.onrecord = (kind, peer, time, bytes) => {
    heard.push({ kind, peer, time, bytes: new Uint8Array(bytes) });
  };
  const pipe: Pipe = {
    parts: workletParts,
    engine,
    network,
    worklet,
    heard,
    sendFromWorklet({ kind, peer, time, bytes }, at = OUTBOX) {
      new Uint8Array(engine.memory).set(bytes, at);
      return worklet.send(kind, peer, time, at, bytes.length);
    },
    async settle() {
      for (let i = 0; i < 5; i++) {
        await new Promise((resolve) => setTimeout(resolve, 1));
        worklet.drain();
      }
    },
  };
  open.push(pipe);
  return pipe;
}

const sendFromNetwork = (pipe: Pipe, { kind, peer, time, bytes }: Record): boolean =>
  pipe.network.send(kind, peer, time, bytes);

afterEach(() => {
  for (const pipe of open.splice(0)) {
    pipe.network.close();
    if (pipe.parts.make === 'port') pipe.parts.port.close();
  }
});

const SIZES = [0, 1, 2, 3, 4, 5, 24, 527, 528, 2047, 2048, 2049, 16_400, RECORD_BYTES];

for (const make of ['port', 'ring'] as const) {
  describe(make, () => {
    test('carries records of any size to the worklet', async () => {
      const pipe = made(make);
      const sent = SIZES.map((size, n) => record(n + 1, size));
      for (const one of sent) assert.equal(sendFromNetwork(pipe, one), true);
      await pipe.settle();
      assert.deepEqual(pipe.engine.taken, sent);
    });

    test('carries records of any size to the network', async () => {
      const pipe = made(make);
      const sent = SIZES.map((size, n) => record(n + 1, size));
      for (const one of sent) assert.equal(pipe.sendFromWorklet(one), true);
      await pipe.settle();
      assert.deepEqual(pipe.heard, sent);
    });

    test('keeps kind, peer and time', async () => {
      const pipe = made(make);
      const sent: Record[] = [];
      for (const kind of [Kind.Datagram, Kind.Clock, Kind.Exchange]) {
        for (const peer of [0, 1, 15, 63, 65_535]) {
          for (const time of [0, 1.7e15 + 0.25, -3]) {
            sent.push({ kind, peer, time, bytes: new Uint8Array([kind, peer & 255]) });
          }
        }
      }
      for (const one of sent) {
        sendFromNetwork(pipe, one);
        pipe.sendFromWorklet(one);
      }
      await pipe.settle();
      assert.deepEqual(pipe.engine.taken, sent);
      assert.deepEqual(pipe.heard, sent);
    });

    test('has sent what was there at the call, whatever becomes of it', async () => {
      const pipe = made(make);
      const bytes = new Uint8Array([1, 2, 3, 4, 5]);
      sendFromNetwork(pipe, { kind: Kind.Datagram, peer: 1, time: 2, bytes });
      pipe.sendFromWorklet({ kind: Kind.Datagram, peer: 1, time: 2, bytes });
      bytes.fill(9);
      new Uint8Array(pipe.engine.memory).fill(9, OUTBOX, OUTBOX + 5);
      // The caller keeps its bytes.
      assert.equal(bytes.length, 5);
      await pipe.settle();
      assert.deepEqual(pipe.engine.taken[0]!.bytes, new Uint8Array([1, 2, 3, 4, 5]));
      assert.deepEqual(pipe.heard[0]!.bytes, new Uint8Array([1, 2, 3, 4, 5]));
    });

    test('sends a part of a larger array', async () => {
      const pipe = made(make);
      const bytes = new Uint8Array(1000).map((_, i) => i).subarray(333, 346);
      sendFromNetwork(pipe, { kind: Kind.Datagram, peer: 0, time: 0, bytes });
      await pipe.settle();
      assert.deepEqual([...pipe.engine.taken[0]!.bytes], [...bytes]);
    });

    test('sends from any address that is a whole word', async () => {
      const pipe = made(make);
      const sent = [0, 4, 8, 532, 1060].map((_, n) => record(n + 1, 528));
      for (const [n, at] of [0, 4, 8, 532, 1060].entries()) {
        pipe.sendFromWorklet(sent[n]!, OUTBOX + at);
      }
      await pipe.settle();
      assert.deepEqual(pipe.heard, sent);
    });

    test('refuses what is larger than a packet can be', async () => {
      const pipe = made(make);
      assert.equal(sendFromNetwork(pipe, record(1, RECORD_BYTES + 1)), false);
      assert.equal(pipe.sendFromWorklet(record(2, RECORD_BYTES + 1)), false);
      sendFromNetwork(pipe, record(3, 10));
      pipe.sendFromWorklet(record(4, 10));
      await pipe.settle();
      assert.deepEqual(pipe.engine.taken, [record(3, 10)]);
      assert.deepEqual(pipe.heard, [record(4, 10)]);
    });

    test('leaves out what the engine has no room for', async () => {
      const pipe = made(make, 1000);
      for (const [n, size] of [1001, 1000, 20_000, 5].entries()) {
        assert.equal(sendFromNetwork(pipe, record(n, size)), true);
      }
      await pipe.settle();
      assert.deepEqual(pipe.engine.taken, [record(1, 1000), record(3, 5)]);
    });

    test("touches nothing of the engine's but its inbox and its time", async () => {
      const pipe = made(make, 1000);
      for (let n = 1; n < 100; n++) sendFromNetwork(pipe, record(n, (n * 37) % 1200));
      await pipe.settle();
      const memory = new Uint8Array(pipe.engine.memory);
      const kept = (from: number, to: number): boolean =>
        memory.subarray(from, to).every((byte) => byte === 0xee);
      assert.equal(kept(0, INBOX), true);
      assert.equal(kept(INBOX + 1000, TIME), true);
    });

    test('goes on for thousands of records, both ways, in order', async () => {
      const pipe = made(make);
      const random = new Random(3);
      let [down, up] = [0, 0];
      for (let quantum = 0; quantum < 400; quantum++) {
        for (let i = random.below(20); i > 0; i--) {
          assert.equal(sendFromNetwork(pipe, record(down++)), true);
        }
        for (let i = random.below(4); i > 0; i--) {
          assert.equal(pipe.sendFromWorklet(record(up++)), true);
        }
        await new Promise((resolve) => setImmediate(resolve));
        pipe.worklet.drain();
      }
      await pipe.settle();
      assert.equal(pipe.engine.taken.length, down);
      assert.equal(pipe.heard.length, up);
      assert.deepEqual(
        pipe.engine.taken,
        Array.from({ length: down }, (_, n) => record(n)),
      );
      assert.deepEqual(
        pipe.heard,
        Array.from({ length: up }, (_, n) => record(n)),
      );
    });

    test('can be answered from within', async () => {
      const pipe = made(make);
      pipe.network.onrecord = (kind, peer, time, bytes) => {
        pipe.network.send(kind, peer + 1, time, bytes);
      };
      pipe.sendFromWorklet(record(3, 100));
      await pipe.settle();
      assert.deepEqual(pipe.engine.taken, [{ ...record(3, 100), peer: record(3).peer + 1 }]);
    });

    test('says when the other end does not keep up, and goes on when it does', async () => {
      const pipe = made(make);
      const one = record(1, 528);
      let accepted = 0;
      // Nothing is read within one task.
      while (accepted < 5000 && sendFromNetwork(pipe, one)) accepted++;
      assert.equal(accepted > 100 && accepted < 5000, true, `${String(accepted)} accepted`);
      await pipe.settle();
      assert.equal(pipe.engine.taken.length, accepted);
      assert.equal(sendFromNetwork(pipe, one), true);
    });

    test('hands over nothing once it is closed', async () => {
      const pipe = made(make);
      pipe.sendFromWorklet(record(1));
      await pipe.settle();
      pipe.network.close();
      pipe.sendFromWorklet(record(2));
      await pipe.settle();
      assert.deepEqual(pipe.heard, [record(1)]);
    });
  });
}

test('a ring that nobody drains fills up and says so', async () => {
  const pipe = made('ring');
  let sent = 0;
  while (sendFromNetwork(pipe, record(sent, 528))) sent++;
  assert.ok(sent > 900, String(sent));
  assert.equal(sendFromNetwork(pipe, record(sent, 528)), false);
  pipe.worklet.drain();
  assert.equal(pipe.engine.taken.length, sent);
  assert.equal(sendFromNetwork(pipe, record(sent, 528)), true);
  await pipe.settle();
  assert.deepEqual(pipe.engine.taken.at(-1), record(sent, 528));
});

test('only ports are to be transferred', () => {
  const ring = makePipe('ring');
  assert.deepEqual(transferables(ring.worklet), []);
  assert.deepEqual(transferables(ring.network), []);
  const port = makePipe('port');
  for (const half of [port.worklet, port.network]) {
    assert.ok(half.make === 'port', 'not a port');
    assert.deepEqual(transferables(half), [half.port]);
    half.port.close();
  }
});

test('a ring is only possible where the page is isolated', () => {
  const isolation = Object.getOwnPropertyDescriptor(globalThis, 'crossOriginIsolated');
  try {
    for (const isolated of [true, false]) {
      Object.defineProperty(globalThis, 'crossOriginIsolated', {
        value: isolated,
        configurable: true,
      });
      assert.equal(ringPossible(), isolated);
    }
  } finally {
    Reflect.deleteProperty(globalThis, 'crossOriginIsolated');
    if (isolation) Object.defineProperty(globalThis, 'crossOriginIsolated', isolation);
  }
});

test('a ring outlives a handler that throws, and the error is not swallowed', async (t) => {
  const pipe = made('ring');
  const later: (() => void)[] = [];
  // Where the error goes; thrown for real, it would end this test.
  t.mock.method(globalThis, 'queueMicrotask', (callback: () => void) => later.push(callback));
  const hear = pipe.network.onrecord;
  pipe.network.onrecord = () => {
    pipe.network.onrecord = hear;
    throw new Error('of this test');
  };
  pipe.sendFromWorklet(record(1, 8));
  pipe.sendFromWorklet(record(2, 8));
  await pipe.settle();
  assert.deepEqual(pipe.heard, [record(2, 8)]);
  assert.equal(later.length, 1);
  assert.throws(later[0]!, /of this test/);
});
