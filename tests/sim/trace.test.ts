/** tutti-sim on recorded networks: what a trace becomes, and that nothing is left to chance. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertNear } from '../bench/made-up.ts';
import { PACKET_MS } from '../bench/stream.ts';
import { Random } from '../../bindings/src/bench/random.js';
import { silence, simulate, tones } from './support/sim.ts';

interface Line {
  sendMs: number;
  /** null: lost. */
  delayMs: number | null;
}

/** Of another rate than Tutti's packets, and with uneven times of sending. */
function madeUp(count: number, seed: number): Line[] {
  const random = new Random(seed);
  return Array.from({ length: count }, (_, i) => ({
    sendMs: 1234.5 + i * 7.3 + Number((2 * random.next()).toFixed(3)),
    delayMs: random.next() < 0.1 ? null : Number((12 + 9 * random.next()).toFixed(3)),
  }));
}

function csv(lines: readonly Line[]): string {
  const rows = lines.map(({ sendMs, delayMs }, i) => {
    const arrival = delayMs === null ? '' : (sendMs + delayMs).toFixed(3);
    return `${i},${sendMs.toFixed(3)},${arrival}`;
  });
  return ['seq,send_ms,arrival_ms', ...rows, ''].join('\n');
}

/** Delay of a packet sent so long after the trace's first; null: lost. Plain, and slow. */
function delayAt(lines: readonly Line[], sendMs: number): number | null {
  const points = lines.map((line) => ({ ...line, at: line.sendMs - lines[0]!.sendMs }));
  const t = sendMs % points.at(-1)!.at;
  const nearest = points.reduce((best, point) =>
    Math.abs(point.at - t) < Math.abs(best.at - t) ? point : best,
  );
  if (nearest.delayMs === null) return null;
  const arrived = points.filter(({ delayMs }) => delayMs !== null);
  const before = arrived.findLast(({ at }) => at <= t);
  const after = arrived.find(({ at }) => at > t);
  if (!before || !after) return (before ?? after)!.delayMs;
  const share = (t - before.at) / (after.at - before.at);
  return before.delayMs! + share * (after.delayMs! - before.delayMs!);
}

test('a trace is mapped to packets of 128 frames, and begins anew at its end', async () => {
  const lines = madeUp(300, 3); // 2.2 s
  const { packets, report } = await simulate({ sound: [silence(6)], trace: csv(lines) });
  assert.equal(packets.length, 2250);
  assert.equal(report.packets, 2250);
  let lost = 0;
  for (const [k, packet] of packets.entries()) {
    assert.equal(packet.seq, k);
    assertNear(packet.sendMs, k * PACKET_MS, 1e-4);
    const delay = delayAt(lines, k * PACKET_MS);
    if (delay === null) {
      lost++;
      assert.ok(Number.isNaN(packet.arrivalMs), `packet ${k} was lost`);
      assert.equal(packet.state, 'lost');
    } else {
      assertNear(packet.arrivalMs, packet.sendMs + delay, 2e-3);
      assert.notEqual(packet.state, 'lost');
    }
  }
  assert.ok(lost > 100, String(lost));
  assert.equal(report.lost, lost);
  assert.equal(report.late, packets.filter(({ state }) => state === 'late').length);
});

test("the report's delays are those of the packets, above the fastest", async () => {
  const { packets, report } = await simulate({ sound: [silence(6)], trace: csv(madeUp(900, 4)) });
  const arrived = packets.filter(({ arrivalMs }) => !Number.isNaN(arrivalMs));
  const fastest = Math.min(...arrived.map(({ sendMs, arrivalMs }) => arrivalMs - sendMs));
  const delays = packets
    .filter(({ state }) => state === 'played')
    .map(({ sendMs, playoutMs }) => playoutMs - sendMs - fastest)
    .sort((a, b) => a - b);
  assertNear(report.delay_ms.mean, delays.reduce((sum, ms) => sum + ms, 0) / delays.length, 2e-3);
  assertNear(report.delay_ms.max, delays.at(-1)!, 2e-3);
  for (const [share, value] of [
    [0.5, report.delay_ms.p50],
    [0.95, report.delay_ms.p95],
  ] as const) {
    assertNear(value, delays[Math.round(share * (delays.length - 1))]!, 2e-3);
  }
});

test('what was not there in time is not played', async () => {
  const { packets } = await simulate({ sound: [silence(6)], trace: csv(madeUp(900, 5)) });
  for (const { seq, arrivalMs, playoutMs, state } of packets) {
    if (state === 'played') assert.ok(arrivalMs <= playoutMs + 1e-3, `packet ${seq}`);
  }
});

test('two runs write the same files, but for the time that models took', async () => {
  const given = {
    sound: [tones(5)],
    trace: csv(madeUp(500, 6)),
    scenario: {
      network: [
        { kind: 'gilbert-elliott', loss_percent: 3, mean_burst: 2 },
        { kind: 'gamma', mean_ms: 3 },
        { kind: 'wifi', every_s: 1, stall_ms: 40 },
      ],
    },
  };
  const [one, other] = [await simulate(given), await simulate(given)];
  assert.equal(one.files.packets, other.files.packets);
  assert.ok(one.files.output.equals(other.files.output));
  assert.notEqual(one.report.fit_us.p50, null);
  assert.deepEqual({ ...one.report, fit_us: null }, { ...other.report, fit_us: null });

  const seeded = await simulate({ ...given, options: { seed: '2' } });
  assert.notEqual(seeded.files.packets, one.files.packets);
});
