/** The delay from a far microphone to this loudspeaker, in parts that add up. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { LatencyBudget, LatencyPart } from '../../bindings/src/api.js';
import { USUAL_PACKET_MS } from '../../bindings/src/packet.js';
import { latencyBudget, type Observed } from '../../bindings/src/session/latency-budget.js';
import { OwnState } from '../../bindings/src/session/own-state.js';
import { Random } from '../../bindings/src/bench/random.js';

const ALL: Observed = {
  microphoneMs: 12,
  packetMs: 2.5,
  captureToPlayoutMs: 30,
  rttMs: 16,
  playoutDelayMs: 9,
  baseLatencyMs: 3,
  outputLatencyMs: 20,
  outputAsked: true,
};

const NAMES = ['microphone', 'packet', 'network', 'playout', 'output'];

function of(but: Partial<Observed> = {}): LatencyBudget {
  const budget = latencyBudget({ ...ALL, ...but });
  assert.ok(budget !== null);
  assert.deepEqual(
    budget.parts.map(({ name }) => name),
    NAMES,
  );
  return budget;
}

const part = (budget: LatencyBudget, name: LatencyPart['name']) =>
  budget.parts.find((one) => one.name === name)!;

const ms = (budget: LatencyBudget) => budget.parts.map((one) => one.ms);

describe('the latency budget', () => {
  test('is microphone, packet, half the round trip, the rest of what was measured, and output', () => {
    const budget = of();
    assert.deepEqual(ms(budget), [12, 2.5, 8, 19.5, 23]);
    assert.equal(budget.totalMs, 65);
    assert.equal(budget.atLeast, false);
    assert.deepEqual(
      budget.parts.map(({ provenance }) => provenance),
      ['reported', 'measured', 'estimated', 'measured', 'reported'],
    );
  });

  test('is nothing while nothing is played', () => {
    assert.equal(latencyBudget({ ...ALL, playoutDelayMs: null }), null);
  });

  test('is "at least" without a microphone that is told', () => {
    const budget = of({ microphoneMs: null });
    assert.deepEqual(ms(budget), [null, 2.5, 8, 19.5, 23]);
    assert.equal(budget.totalMs, 53);
    assert.equal(budget.atLeast, true);
  });

  test('takes packets for ours when not told, and says that it does', () => {
    const packet = part(of({ packetMs: null }), 'packet');
    assert.deepEqual(packet, { name: 'packet', ms: USUAL_PACKET_MS, provenance: 'estimated' });
  });

  test('has the playout delay alone while the clocks are not compared', () => {
    const never = of({ captureToPlayoutMs: null, rttMs: null });
    assert.deepEqual(ms(never), [12, 2.5, null, 9, 23]);
    assert.equal(never.totalMs, 46.5);
    assert.equal(never.atLeast, true);
    const atTheMoment = of({ captureToPlayoutMs: null });
    assert.deepEqual(ms(atTheMoment), [12, 2.5, 8, 9, 23]);
    assert.equal(atTheMoment.atLeast, true);
  });

  test('estimates the output where the browser must not be asked', () => {
    const output = part(of({ outputLatencyMs: null, outputAsked: false }), 'output');
    assert.deepEqual(output, { name: 'output', ms: 28, provenance: 'estimated' });
    const unknown = of({ outputLatencyMs: null });
    assert.equal(part(unknown, 'output').ms, null);
    assert.equal(unknown.atLeast, true);
  });

  test('has no negative part when the clocks are off', () => {
    assert.deepEqual(ms(of({ captureToPlayoutMs: 6 })), [12, 2.5, 3.5, 0, 23]);
    assert.deepEqual(ms(of({ captureToPlayoutMs: 1 })), [12, 1, 0, 0, 23]);
    assert.deepEqual(ms(of({ captureToPlayoutMs: -40 })), [12, 0, 0, 0, 23]);
  });

  test('adds up, whatever is known', () => {
    const random = new Random(8);
    for (let round = 0; round < 20_000; round++) {
      const some = (most: number, least = 0) =>
        random.next() < 0.2 ? null : least + random.next() * (most - least);
      const observed: Observed = {
        microphoneMs: some(1000),
        packetMs: some(100),
        captureToPlayoutMs: some(600, -50),
        rttMs: some(800),
        playoutDelayMs: random.next() * 250,
        baseLatencyMs: random.next() * 40,
        outputLatencyMs: some(200),
        outputAsked: random.next() < 0.8,
      };
      const budget = of(observed);
      let sum = 0;
      for (const one of budget.parts) {
        assert.ok(one.ms === null || one.ms >= 0, JSON.stringify(observed));
        sum += one.ms ?? 0;
      }
      assert.equal(budget.totalMs, sum);
      const { captureToPlayoutMs } = observed;
      assert.equal(budget.atLeast, ms(budget).includes(null) || captureToPlayoutMs === null);
      if (captureToPlayoutMs === null || observed.rttMs === null) continue;
      const [, packet, network, playout] = ms(budget);
      const measured = Math.max(0, captureToPlayoutMs);
      assert.ok(Math.abs(packet! + network! + playout! - measured) < 1e-9);
    }
  });
});

describe('what the others are told', () => {
  test('is the mute, the packet, and the microphone when it is known', () => {
    const own = new OwnState(USUAL_PACKET_MS);
    const packetMs = USUAL_PACKET_MS;
    assert.deepEqual(own.tell(true, null), { type: 'state', muted: true, packetMs });
    assert.deepEqual(own.tell(false, 12.345), {
      type: 'state',
      muted: false,
      packetMs,
      microphoneMs: 12.3,
    });
  });

  test('is told anew when the microphone has changed, once a second at most', () => {
    const own = new OwnState(USUAL_PACKET_MS);
    assert.equal(own.isNews(0, null), false);
    assert.equal(own.isNews(0, 10), true);
    assert.equal(own.isNews(0.5, 40), false, 'too soon');
    assert.equal(own.isNews(1, 40), true);
    assert.equal(own.isNews(5, 40.9), false);
    assert.equal(own.isNews(6, 41), true);
    assert.equal(own.isNews(7, null), true, 'it was closed');
    assert.equal(own.isNews(8, null), false);
  });
});
