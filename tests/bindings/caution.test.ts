/** From quick to safe: what the person sets is kept, and what the engine is told. */
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { asCaution, lateCostOf } from '../../bindings/src/session/caution.js';
import { Peer } from '../../bindings/src/session/peer.js';
import type { Tutti } from '../../bindings/src/tutti.js';

test('the ends and the middle are the engine’s range and default', () => {
  assert.equal(lateCostOf(0), 1);
  assert.equal(lateCostOf(0.5), 10);
  assert.equal(lateCostOf(1), 100);
});

test('every step multiplies by as much', () => {
  for (let caution = 0; caution < 0.95; caution += 0.1) {
    const step = lateCostOf(caution + 0.1) / lateCostOf(caution);
    assert.equal(Math.abs(step - 100 ** 0.1) < 1e-9, true, `at ${caution}: ${step}`);
  }
});

test('what is out of range is clamped, and no number is the default', () => {
  assert.equal(asCaution(-3), 0);
  assert.equal(asCaution(-Infinity), 0);
  assert.equal(asCaution(1.01), 1);
  assert.equal(asCaution(Infinity), 1);
  assert.equal(asCaution(NaN), 0.5);
  assert.equal(lateCostOf(7), 100);
  assert.equal(lateCostOf(NaN), 10);
});

/** A peer on an engine that only writes down what it is told. */
function peerOf(t: TestContext, caution: number) {
  const told: [string, number, number][] = [];
  const network = { addPeer: () => undefined, removePeer: () => undefined };
  const tutti = {
    network,
    takePeer: () => 7,
    freePeer: () => undefined,
    set: (...what: [string, number, number]) => told.push(what),
  };
  const real = globalThis.RTCPeerConnection;
  globalThis.RTCPeerConnection = class {
    createDataChannel = () => ({});
    close = () => undefined;
  } as unknown as typeof RTCPeerConnection;
  const peer = new Peer({
    tutti: tutti as unknown as Tutti,
    id: 'a',
    name: 'Anna',
    caution,
    offers: false,
    breaksTie: false,
    configuration: {},
    send: () => Promise.resolve(),
    changed: () => undefined,
    videoChanged: () => undefined,
  });
  t.after(() => {
    peer.close();
    globalThis.RTCPeerConnection = real;
  });
  return { peer, told };
}

test('a new musician begins with the caution of the session', (t) => {
  const { peer, told } = peerOf(t, 1);
  assert.equal(peer.caution, 1);
  assert.deepEqual(told, [['peerLateCost', 7, 100]]);
});

test('the engine is told at once of every change, and it is remembered as it was taken', (t) => {
  const { peer, told } = peerOf(t, 0.5);
  told.length = 0;
  for (const caution of [0, 0.25, 9, NaN]) peer.caution = caution;
  assert.equal(peer.caution, 0.5);
  assert.deepEqual(
    told.map(([name, index, value]) => [name, index, Number(value.toFixed(3))]),
    [1, 3.162, 100, 10].map((cost) => ['peerLateCost', 7, cost]),
  );
});
