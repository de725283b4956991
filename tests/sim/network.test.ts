/** The networks that a scenario file describes, and that the engine comes back from each. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assertNear } from '../bench/made-up.ts';
import { PACKET_MS } from '../bench/stream.ts';
import { Random } from '../../bindings/src/bench/random.js';
import { mean, type Packet, packetsIn, runsOf, silence, simulate, through } from './support/sim.ts';

const LONG_S = 300;
const long = [silence(LONG_S)];
const DELAY = { kind: 'delay', ms: 10 };
const delayOf = ({ sendMs, arrivalMs }: Packet) => arrivalMs - sendMs;
const isLost = ({ arrivalMs }: Packet) => Number.isNaN(arrivalMs);

function assertAbout(actual: number, expected: number, share: number): void {
  assertNear(actual, expected, share * expected);
}

describe('made-up networks are as asked for', () => {
  for (const [percent, burst] of [
    [2, 1],
    [5, 4],
    [10, 8],
  ] as const) {
    test(`gilbert-elliott: ${percent} % in bursts of ${burst}`, async () => {
      const model = { kind: 'gilbert-elliott', loss_percent: percent, mean_burst: burst };
      const { packets, report } = await through([DELAY, model], long);
      const runs = runsOf(packets, isLost);
      assertAbout(packets.filter(isLost).length / packets.length, percent / 100, 0.15);
      assertAbout(mean(runs), burst, 0.15);
      assert.equal(report.lost, packets.filter(isLost).length);
    });
  }

  test('gilbert-elliott: with a chance of loss in either state', async () => {
    const model = { kind: 'gilbert-elliott', loss_percent: 5, mean_burst: 10 };
    const chances = { loss_in_good: 0.01, loss_in_bad: 0.6 };
    const { packets } = await through([DELAY, { ...model, ...chances }], long);
    assertAbout(packets.filter(isLost).length / packets.length, 0.05, 0.15);
  });

  for (const [mean_ms, shape] of [
    [4, 2],
    [2, 0.5],
  ] as const) {
    test(`gamma: ${mean_ms} ms of shape ${shape}`, async () => {
      const jitter = { kind: 'gamma', mean_ms, shape, correlation: 0 };
      const { packets } = await through([DELAY, jitter], long);
      const delays = packets.map((packet) => delayOf(packet) - 10);
      assertAbout(mean(delays), mean_ms, 0.03);
      assertAbout(
        Math.sqrt(mean(delays.map((x) => (x - mean_ms) ** 2))),
        mean_ms / Math.sqrt(shape),
        0.05,
      );
    });
  }

  test('gamma: correlated keeps its mean', async () => {
    const jitter = { kind: 'gamma', mean_ms: 4, shape: 2, correlation: 0.9 };
    const { packets } = await through([DELAY, jitter], long);
    const delays = packets.map((packet) => delayOf(packet) - 10);
    assertAbout(mean(delays), 4, 0.05);
    const power = mean(delays.map((x) => (x - 4) ** 2));
    const neighbours = mean(delays.slice(1).map((x, k) => (x - 4) * (delays[k]! - 4)));
    assertNear(neighbours / power, 0.9, 0.03);
  });

  test('wifi: stalls, at whose end all comes at once', async () => {
    const radio = { kind: 'wifi', every_s: 2, stall_ms: 80 };
    const { packets } = await through([DELAY, radio], long);
    const waits = ({ sendMs, arrivalMs }: Packet) => arrivalMs - sendMs > 10.001;
    const stalls = runsOf(packets, waits);
    assertAbout(stalls.length, LONG_S / 2, 0.25);
    assertAbout(mean(stalls) * PACKET_MS, 80, 0.25);
    for (const [k, packet] of packets.entries()) {
      const before = packets[k - 1];
      if (before && waits(before) && waits(packet)) {
        const apart = packet.arrivalMs - before.arrivalMs;
        // A stall's end is one moment; another may begin at once.
        assert.ok(apart > -1e-3, `packet ${k} came ${apart} ms after the one before`);
      }
    }
  });

  test('route: so much later, or earlier, from then on', async () => {
    for (const by_ms of [25, -25]) {
      const route = { kind: 'route', at_s: 2, by_ms };
      const { packets } = await through([{ kind: 'delay', ms: 40 }, route], [silence(4)]);
      for (const packet of packets) {
        assertNear(delayOf(packet), packet.sendMs < 2000 ? 40 : 40 + by_ms, 1e-3);
      }
    }
  });

  test('outage: lost, or held back until its end', async () => {
    const outage = { kind: 'outage', at_s: 2, seconds: 1 };
    const dropped = (await through([DELAY, outage], [silence(5)])).packets;
    const held = (await through([DELAY, { ...outage, queued: true }], [silence(5)])).packets;
    for (const [k, { sendMs }] of dropped.entries()) {
      const inside = sendMs >= 2000 && sendMs < 3000;
      assert.equal(isLost(dropped[k]!), inside);
      assertNear(held[k]!.arrivalMs, inside ? 3010 : sendMs + 10, 1e-3);
    }
  });
});

describe('the usual delay is back within 2 s of packets flowing again:', () => {
  const AT_S = 20;
  const jitter = { kind: 'gamma', mean_ms: 2, shape: 2, correlation: 0.3 };
  /** Mean time from arrival to playing, and the share played, of what was sent in between. */
  const between = (packets: readonly Packet[], fromS: number, toS: number) => {
    const some = packets.slice(packetsIn(fromS), packetsIn(toS));
    const played = some.filter(({ state }) => state === 'played');
    return {
      waitMs: mean(played.map(({ arrivalMs, playoutMs }) => playoutMs - arrivalMs)),
      played: played.length / some.length,
    };
  };

  const assertBack = (packets: readonly Packet[], flowingS: number): void => {
    const before = between(packets, AT_S - 10, AT_S);
    const soon = between(packets, flowingS + 2, flowingS + 4);
    const later = between(packets, flowingS + 4, flowingS + 11);
    const told = JSON.stringify({ before, soon, later });
    assert.ok(before.played > 0.97, told);
    for (const after of [soon, later]) {
      assert.ok(after.played > 0.96, told);
      assert.ok(after.waitMs < before.waitMs + 2, told);
    }
  };

  interface Usual {
    name: string;
    network: readonly Record<string, unknown>[];
  }
  const STEADY: Usual = { name: 'a steady network', network: [{ kind: 'delay', ms: 40 }] };
  const JITTERY: Usual = {
    name: 'a network with jitter',
    network: [{ kind: 'delay', ms: 40 }, jitter],
  };
  const check = (
    name: string,
    trouble: Record<string, unknown>,
    flowingS: number,
    usual: readonly Usual[],
  ): void => {
    for (const around of usual) {
      test(`${name}, ${around.name}`, async () => {
        const network = [...around.network, trouble];
        assertBack((await through(network, [silence(flowingS + 12)])).packets, flowingS);
      });
    }
  };

  for (const by_ms of [30, -30, 150]) {
    const route = { kind: 'route', at_s: AT_S, by_ms };
    check(`a route of ${by_ms} ms more`, route, AT_S, [STEADY, JITTERY]);
  }
  for (const seconds of [0.2, 1, 5, 20]) {
    const outage = { kind: 'outage', at_s: AT_S, seconds };
    check(`an outage of ${seconds} s`, outage, AT_S + seconds, [STEADY, JITTERY]);
    const queued = { ...outage, queued: true };
    check(`an outage of ${seconds} s, queued`, queued, AT_S + seconds, [STEADY, JITTERY]);
  }

  // A queue keeps the order; the scenario's jitter comes after it and would not.
  for (const seconds of [0.2, 1, 5]) {
    test(`an outage of ${seconds} s, queued in order, a network with jitter`, async () => {
      const flowingS = AT_S + seconds;
      const random = new Random(3);
      const lines = ['seq,send_ms,arrival_ms'];
      let last = 0;
      for (let k = 0; k < packetsIn(flowingS + 12); k++) {
        const sendMs = k * PACKET_MS;
        const held = sendMs >= 1000 * AT_S && sendMs < 1000 * flowingS;
        const jitterMs = -2 * Math.log(1 - random.next() * random.next());
        last = Math.max(last, held ? 1000 * flowingS + 40 : sendMs + 40 + jitterMs);
        lines.push(`${k},${sendMs.toFixed(4)},${last.toFixed(4)}`);
      }
      const sound = [silence(flowingS + 12)];
      assertBack((await simulate({ sound, trace: lines.join('\n') })).packets, flowingS);
    });
  }
});

describe('clocks that drift', () => {
  for (const ppm of [300, -300, 20]) {
    test(`by ${ppm} ppm: nothing is late, and the ratio follows`, async () => {
      const { packets, report } = await through([DELAY], [silence(60)], {
        'drift-ppm': String(ppm),
      });
      const missed = packets.slice(packetsIn(5)).filter(({ state }) => state !== 'played');
      assert.deepEqual(missed, []);
      // Of the whole minute, with what it takes to lock.
      assertNear(report.ratio_ppm.mean, ppm, 50);
      assertNear(report.drift_ppm, ppm, 5);
    });
  }

  test('by 300 ppm, with jitter: the ratio follows', async () => {
    const jitter = { kind: 'gamma', mean_ms: 2 };
    const options = { 'drift-ppm': '300' };
    const { packets, report } = await through([DELAY, jitter], [silence(60)], options);
    const late = packets.slice(packetsIn(5)).filter(({ state }) => state !== 'played');
    assert.ok(late.length < 0.03 * packets.length, String(late.length));
    assertNear(report.ratio_ppm.mean, 300, 60);
  });
});
