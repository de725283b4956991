/** What the worklet writes of the real engine is what the main thread reads. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Engine } from '../../bindings/src/worklet/engine.js';
import { QuantumTimer } from '../../bindings/src/worklet/quantum-timer.js';
import { readSnapshot, SnapshotWriter } from '../../bindings/src/worklet/snapshot.js';

const WASM = readFileSync(new URL('../../build/wasm/bin/tutti.wasm', import.meta.url));
const MAX_PEERS = 4;

function newEngine(): Engine {
  return new Engine(WASM, {
    sampleRate: 48_000,
    maxFrames: 128,
    maxPeers: MAX_PEERS,
    packetFrames: 128,
    bits: 16,
  });
}

const read = (engine: Engine, writer: SnapshotWriter) =>
  readSnapshot(structuredClone(writer.numbers), engine.fields);

test('reports of the engine and of each peer arrive under their names', () => {
  const engine = newEngine();
  const writer = new SnapshotWriter(engine, MAX_PEERS);
  for (const peer of [0, 2, 3]) engine.addPeer(peer);
  for (let i = 0; i < 5; i++) engine.render(128);
  const timer = new QuantumTimer();
  timer.overruns = 3;
  writer.write(640, timer);

  const { nextFrame, quantum, engine: report, peers } = read(engine, writer);
  assert.equal(nextFrame, 640);
  assert.deepEqual(quantum, { p50Us: null, p99Us: null, overruns: 3 });
  assert.deepEqual(report, engine.engineReport());
  assert.equal(report['frames'], 640);
  assert.deepEqual(
    peers,
    [0, 2, 3].map((peer) => ({ peer, report: engine.peerReport(peer) })),
  );
});

test('nothing is left of a peer that went', () => {
  const engine = newEngine();
  const writer = new SnapshotWriter(engine, MAX_PEERS);
  for (let peer = 0; peer < MAX_PEERS; peer++) engine.addPeer(peer);
  writer.write(0, new QuantumTimer());
  assert.equal(read(engine, writer).peers.length, MAX_PEERS);
  for (const peer of [0, 1, 3]) engine.removePeer(peer);
  writer.write(0, new QuantumTimer());
  assert.deepEqual(
    read(engine, writer).peers.map(({ peer }) => peer),
    [2],
  );
});
