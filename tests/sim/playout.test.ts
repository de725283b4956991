/** tutti-sim's choices: delay, concealment, redundancy, codec. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isolated } from '../bench/losses.ts';
import { scoreConcealment } from '../bench/concealment-score.ts';
import { assertNear } from '../bench/made-up.ts';
import { PACKET_FRAMES, PACKET_MS } from '../bench/stream.ts';
import { Random } from '../../bindings/src/bench/random.js';
import { packetsIn, simulate, type Simulated, silence, through, tones } from './support/sim.ts';

/** The way back from silence and from gaps is faded. */
const FADE_FRAMES = 32;

/** Any value that 16 bits have, below what the limiter touches. */
function noise(seconds: number, seed: number): Float64Array {
  const random = new Random(seed);
  return silence(seconds).map(() => (random.below(16_384) - 8192) / 32_768);
}

/** Output in time with the input. */
function inTime({ output, report }: Simulated): Float64Array[] {
  return output.map((channel) => channel.subarray(report.output_delay_frames));
}

function assertSame(actual: Float64Array, expected: Float64Array, from: number): void {
  for (let i = from; i < expected.length; i++) {
    if (actual[i] !== expected[i]) {
      assert.fail(`frame ${i} is ${actual[i]} instead of ${expected[i]}`);
    }
  }
}

/** First frame of the input that is played without a fade. */
function begin({ packets }: Simulated): number {
  const first = packets.findIndex(({ state }) => state === 'played');
  assert.ok(first >= 0 && first < packetsIn(0.2), `the first packet played is ${first}`);
  return first * PACKET_FRAMES + FADE_FRAMES;
}

describe('without loss the output is the input, later', () => {
  for (const [name, channels, options] of [
    ['mono', 1, {}],
    ['stereo', 2, {}],
    ['24 bits', 1, { codec: 'pcm24' }],
    ['a fixed delay', 2, { delay: 'fixed:20' }],
    ['quanta of 441', 1, { delay: 'fixed:20', quantum: '441' }],
    ['redundancy', 2, { redundancy: '2' }],
  ] as const) {
    test(name, async () => {
      const sound = Array.from({ length: channels }, (_, c) => noise(3, c + 1));
      const result = await simulate({ sound, options: { ...options } });
      assert.equal(result.report.lost, 0);
      assert.equal(result.output.length, channels);
      const heard = inTime(result);
      sound.forEach((channel, c) => assertSame(heard[c]!, channel, begin(result)));
    });
  }
});

describe('delay', () => {
  test('fixed is what it says, and more than automatic', async () => {
    const sound = [silence(10)];
    const [auto, at20, at50] = await Promise.all(
      ['auto', 'fixed:20', 'fixed:50'].map((delay) => simulate({ sound, options: { delay } })),
    );
    assertNear(at20!.report.delay_ms.mean, 20, PACKET_MS);
    assertNear(at50!.report.delay_ms.mean - at20!.report.delay_ms.mean, 30, 0.1);
    assert.ok(auto!.report.delay_ms.mean < 2 * PACKET_MS, String(auto!.report.delay_ms.mean));
    assert.ok(at20!.report.output_delay_frames > auto!.report.output_delay_frames);
  });

  test('is less, and more is late, the larger the budget', async () => {
    const results = [];
    for (const budget of ['0.2', '1', '5']) {
      const jitter = { kind: 'gamma', mean_ms: 5, shape: 1, correlation: 0 };
      const network = [{ kind: 'delay', ms: 10 }, jitter];
      results.push((await through(network, [silence(60)], { budget })).report);
    }
    for (const [i, { delay_ms, late }] of results.slice(1).entries()) {
      const safer = results[i]!;
      assert.ok(delay_ms.mean < safer.delay_ms.mean - 1, JSON.stringify(results));
      assert.ok(late > safer.late, JSON.stringify(results));
    }
  });
});

describe('losses', () => {
  const sound = tones(10);
  const single = isolated(0.02, 1)(packetsIn(10));
  const bursts = [200, 201, 202, 400, 401, 600, 601, 602, 603, 604];

  for (const [name, loss] of [
    ['single', single],
    ['in a row', bursts],
  ] as const) {
    for (const delay of ['auto', 'fixed:20']) {
      test(`are those of the list: ${name}, delay ${delay}`, async () => {
        const { packets, report } = await simulate({ sound: [sound], loss, options: { delay } });
        const lost = packets.filter(({ state }) => state === 'lost').map(({ seq }) => seq);
        assert.deepEqual(lost, loss);
        assert.equal(report.lost, loss.length);
        const without = await simulate({ sound: [sound], options: { delay } });
        assert.equal(
          report.concealed_frames - without.report.concealed_frames,
          PACKET_FRAMES * loss.length,
        );
        for (const { seq, arrivalMs } of packets) {
          assert.equal(Number.isNaN(arrivalMs), loss.includes(seq), `packet ${seq}`);
        }
      });
    }
  }

  test('outside gaps and the way back from them the output is the input', async () => {
    const result = await simulate({ sound: [sound], loss: bursts });
    const [heard] = inTime(result);
    const quantised = sound.map((x) => Math.round(x * 32_768) / 32_768);
    for (let k = Math.ceil(begin(result) / PACKET_FRAMES); k < result.packets.length; k++) {
      if (bursts.includes(k)) continue;
      const from = k * PACKET_FRAMES + (bursts.includes(k - 1) ? FADE_FRAMES : 0);
      assertSame(heard!, quantised.subarray(0, (k + 1) * PACKET_FRAMES), from);
    }
  });

  test('are silent when so asked', async () => {
    const result = await simulate({ sound: [sound], loss: bursts, options: { conceal: 'zero' } });
    const [heard] = inTime(result);
    for (const k of bursts) {
      const gap = heard!.subarray(k * PACKET_FRAMES, (k + 1) * PACKET_FRAMES);
      assert.ok(
        gap.every((x) => x === 0),
        `packet ${k}`,
      );
    }
  });

  test('are concealed best by the model, then by repeating, then by silence', async () => {
    const snr: Record<string, number> = {};
    for (const conceal of ['ar', 'repeat', 'zero']) {
      const result = await simulate({ sound: [sound], loss: single, options: { conceal } });
      snr[conceal] = scoreConcealment([sound], inTime(result), single).snr;
    }
    const told = JSON.stringify(snr);
    assert.ok(snr['ar']! > snr['repeat']! + 20, told);
    assert.ok(snr['ar']! > 30, told);
    // One packet of each three that count is missing.
    assertNear(snr['zero']!, 10 * Math.log10(3), 1);
  });

  test('that are single come back with redundancy', async () => {
    const options = { redundancy: '2', delay: 'fixed:10' };
    const result = await simulate({ sound: [sound], loss: single, options });
    assert.equal(result.report.recovered, single.length);
    assert.equal(result.report.lost, 0);
    const quantised = sound.map((x) => Math.round(x * 32_768) / 32_768);
    assertSame(inTime(result)[0]!, quantised, begin(result));
  });

  test('of two in a row the second comes back with redundancy of 2, both with 3', async () => {
    const loss = [300, 301, 500, 501];
    for (const [redundancy, lost] of [
      ['2', [300, 500]],
      ['3', []],
    ] as const) {
      const options = { redundancy, delay: 'fixed:16' };
      const { packets } = await simulate({ sound: [sound], loss, options });
      assert.deepEqual(
        packets.filter(({ state }) => state === 'lost').map(({ seq }) => seq),
        lost,
      );
    }
  });
});
