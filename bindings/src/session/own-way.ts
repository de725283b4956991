/** How late one hears oneself, when one's own packets come back from somewhere. */
import type { LatencyBudget } from '../api.js';
import { mayAskOutput, outputLatencyMs } from '../output-latency.js';
import { packetMs } from '../packet.js';
import type { Tutti } from '../tutti.js';
import type { Report } from '../worklet/engine.js';
import { latencyBudget } from './latency-budget.js';
import { known } from './peer-stats.js';

/**
 * From the own microphone there and back to the own loudspeaker; null while nothing is played. There
 * is one clock only, so nothing of another computer's is needed: the way there and back is that of
 * the pings, and what the playout adds to it is counted from the fastest packets.
 */
export function ownWay(
  tutti: Tutti,
  report: Report,
  roundTripMs: number | null,
): LatencyBudget | null {
  const { context } = tutti;
  const playoutDelayMs = report.playing === 1 ? known(report.playoutDelayMs) : null;
  const packet = packetMs(tutti.packetFrames);
  const captureToPlayoutMs =
    roundTripMs === null || playoutDelayMs === null ? null : packet + roundTripMs + playoutDelayMs;
  return latencyBudget({
    microphoneMs: tutti.microphoneLatencyMs,
    packetMs: packet,
    captureToPlayoutMs,
    // The budget takes half of it for the network.
    rttMs: roundTripMs === null ? null : 2 * roundTripMs,
    playoutDelayMs,
    baseLatencyMs: context.baseLatency * 1000,
    outputLatencyMs: outputLatencyMs(context),
    outputAsked: mayAskOutput(),
  });
}
