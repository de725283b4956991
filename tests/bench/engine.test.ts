import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { COLD, coldQuanta, costOf, quantaGoingOn, quantaWith, quantile } from './engine-cost.ts';
import { Musician, music, packetOf, stamp } from '../../bindings/src/bench/musician.js';
import { lossEvents } from './loss-events.ts';
import type { Run } from './engine-run.ts';
import { assertNear } from './made-up.ts';
import { PACKET_FRAMES } from './stream.ts';

describe('what the measured engine hears', () => {
  test("is in JackTrip's packets", () => {
    const channels = [Float64Array.of(0.5, -1), Float64Array.of(1, 0)];
    const packet = packetOf(channels);
    stamp(packet, 0x1_0203, 0x0102_0304);
    assert.deepEqual(
      [...packet],
      [
        ...[4, 3, 2, 1, 0, 0, 0, 0, 3, 2, 2, 0, 3, 16, 2, 2],
        ...[0, 0x40, 0, 0x80, 0xff, 0x7f, 0, 0],
      ],
    );
  });

  test('sounds like music, and otherwise in every stream', () => {
    const [one, other] = [music(48_000, 1), music(48_000, 2)];
    const power = (sound: Float64Array) => sound.reduce((sum, x) => sum + x * x, 0) / sound.length;
    for (const sound of [one, other]) {
      assert.ok(Math.max(...sound.map(Math.abs)) < 1);
      assert.ok(power(sound) > 1e-4);
    }
    assert.ok(power(one.map((x, i) => x - other[i]!)) > power(one));
    assert.deepEqual(music(480, 3), music(480, 3));
    assert.equal(new Musician(1, 2).packet(7, 0).length, 16 + 4 * PACKET_FRAMES);
  });

  test('loses packets together, one event after the other', () => {
    const events = lossEvents(8, [1, 8], 200);
    assert.equal(events.length, 600);
    assert.deepEqual(
      events.slice(0, 4).map(({ streams, packets }) => [streams.length, packets]),
      [
        [8, 1],
        [1, 1],
        [8, 3],
        [8, 1],
      ],
    );
    assert.deepEqual(new Set(events.flatMap(({ streams }) => streams)).size, 8);
    assert.ok(events.every(({ at }, i) => i === 0 || at - events[i - 1]!.at > 20));
  });
});

describe('costs', () => {
  const run: Run = {
    renderUs: [1, 2, 3, 4, 5],
    receiveUs: [0, 0, 0, 0, 0],
    begin: [0, 2, 0, 1, 0],
    goOn: [0, 0, 2, 1, 0],
  };

  test('are of the quanta in which it happened', () => {
    assert.deepEqual(coldQuanta(run), [1, 2, 3]);
    assert.deepEqual(quantaWith(run, 2, 0), [1]);
    assert.deepEqual(quantaWith(run, 2, 2), []);
    assert.deepEqual(quantaWith(run, 0, 0), [0, 4]);
    assert.deepEqual(quantaWith(run, 1, 0), []); // another goes on
    assert.deepEqual(quantaGoingOn(run, 2, 0), [2]);
    const many = new Array<number>(COLD + 5).fill(1);
    assert.equal(coldQuanta({ ...run, begin: many, goOn: many }).length, COLD);
  });

  test('tell what comes in every run from what comes in one', () => {
    const cost = costOf(
      [
        [1, 900, 7, 2],
        [1, 5, 8, 800],
      ],
      [0, 1, 2, 3],
    );
    assert.deepEqual(cost, {
      count: 4,
      p50: 7,
      p99: 900,
      worst: 900,
      steadyP99: 7,
      steadyWorst: 7,
    });
    assert.ok(Number.isNaN(costOf([[1]], []).worst));
  });

  test('quantiles', () => {
    const sorted = Float64Array.from({ length: 101 }, (_, i) => i);
    assertNear(quantile(sorted, 0.99), 99);
    assertNear(quantile(sorted, 1), 100);
  });
});
