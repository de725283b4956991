/** Results of benches, but for what a test says. The numbers are made up. */
import type { BenchResult, LoopbackResult, QuantumResult, Spread } from 'tutti/bench';
import type { RoundTrip } from 'tutti/round-trip';

export const spread = (p50: number, p99: number, max: number): Spread => ({
  ...{ p50, p95: (p50 + p99) / 2, p99, max, mean: p50, count: 1000 },
});

export function loop(but: Partial<LoopbackResult> = {}): LoopbackResult {
  return {
    ...{ transport: 'worker/ring', load: 'idle', seconds: 30, settleSeconds: 5 },
    ...{ quantumFrames: 128, packetFrames: 128 },
    latencyFrames: spread(480, 672, 960),
    latencyMs: spread(10, 14, 20),
    hopMs: spread(0.5, 2, 7),
    intervalMs: spread(2.667, 5, 8),
    wakeUpMs: spread(0.1, 0.5, 4),
    ...{ smallestDelayMs: 9.25, received: 11_250, lost: 3, late: 2, dropped: 1 },
    ...{ concealedFrames: 640, discontinuities: 0, unclearFrames: 1280, underruns: null },
    ...but,
  };
}

export function cost(
  peers: number,
  channels: 1 | 2,
  state: QuantumResult['state'],
  mean: number,
  p99 = mean,
): QuantumResult {
  const budgetUs = (128 / 48_000) * 1e6;
  return {
    ...{ peers, channels, codec: 'pcm16', state, quantumFrames: 128, budgetUs, clockUs: 5 },
    us: { ...spread(mean, p99, p99), mean },
    meanShare: mean / budgetUs,
    p99Share: p99 / budgetUs,
  };
}

export function benchResult(but: Partial<BenchResult> = {}): BenchResult {
  return {
    ...{ schema: 'tutti-bench', version: 1, began: '2026-01-02T03:04:05.678Z' },
    browser: { userAgent: 'Some/1.0', processors: 8, crossOriginIsolated: true, clockUs: 5 },
    ...{ hidden: false, failures: [] },
    ...but,
  };
}

export function roundTrip(but: Partial<RoundTrip> = {}): RoundTrip {
  return {
    ...{ sampleRate: 48_000, roundTripFrames: 2030, roundTripMs: 42.29, spreadMs: 0.1 },
    ...{ repetitions: 5, agreeing: 4, eachMs: [42.2, 42.3, null, 42.3, 42.3], snrDb: 31 },
    ...{ peakDbfs: -13, confidence: 0.8, verdict: 'good', advice: null },
    ...{ baseLatencyMs: 2.667, outputLatencyMs: null, inputLatencyMs: 8 },
    ...but,
  };
}
