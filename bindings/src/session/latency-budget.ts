/**
 * Where the delay between a far musician's microphone and this loudspeaker comes from.
 *
 *   microphone   the device and the browser, before the far worklet has the sound
 *   packet       until the frames of a packet are together
 *   network      one way, in the best case: half of the least time there and back
 *   playout      the rest until the mix: waiting for late packets, conversion of rates (at both
 *                ends), the ways between the threads, queues beyond the best case
 *   output       the browser and the device, behind this worklet
 *
 * Packet, network and playout together are what the stamps of the capture and the offset of the two
 * clocks say (PeerReport in engine.h). That offset takes the way there for as long as the way back,
 * so the network is estimated. The playout is not: an uneven path errs by as much in the sum as in
 * the network's half, and what is left is the same.
 *
 * Left out is what no browser knows: the air before the microphone, and what devices keep to
 * themselves, as converters, effects in an interface and wireless headphones do.
 */
import type { LatencyBudget, LatencyPart } from '../api.js';
import { USUAL_PACKET_MS } from '../packet.js';

/**
 * Where the browser must not be asked (output-latency.ts): the least that its PulseAudio backend
 * asks for, and Firefox always asks for the least (cubeb_pulse.c, pulse_get_min_latency).
 */
const UNASKED_OUTPUT_MS = 25;

/** All in ms, null where not known. */
export interface Observed {
  /** As the far side tells. */
  microphoneMs: number | null;
  packetMs: number | null;
  captureToPlayoutMs: number | null;
  rttMs: number | null;
  /** null while nothing is played. */
  playoutDelayMs: number | null;
  /** The context's. */
  baseLatencyMs: number;
  outputLatencyMs: number | null;
  outputAsked: boolean;
}

/** null while nothing is played. */
export function latencyBudget(of: Observed): LatencyBudget | null {
  if (of.playoutDelayMs === null) return null;
  const parts = [microphone(of), ...onTheWay(of, of.playoutDelayMs), output(of)];
  return {
    parts,
    totalMs: parts.reduce((sum, { ms }) => sum + (ms ?? 0), 0),
    // The playout delay alone is less than all the rest of the way to the mix.
    atLeast: of.captureToPlayoutMs === null || parts.some(({ ms }) => ms === null),
  };
}

function microphone({ microphoneMs }: Observed): LatencyPart {
  return { name: 'microphone', ms: microphoneMs, provenance: 'reported' };
}

/** From the capture's stamp to the mix. */
function onTheWay(of: Observed, playoutDelayMs: number): LatencyPart[] {
  const { captureToPlayoutMs, packetMs, rttMs } = of;
  const packet = packetMs ?? USUAL_PACKET_MS;
  const provenance = packetMs === null ? 'estimated' : 'measured';
  if (captureToPlayoutMs === null || rttMs === null) {
    return [
      { name: 'packet', ms: packet, provenance },
      { name: 'network', ms: rttMs === null ? null : rttMs / 2, provenance: 'estimated' },
      { name: 'playout', ms: Math.max(0, playoutDelayMs), provenance: 'measured' },
    ];
  }
  // Clocks that are off by more than there is to share may not make a part negative.
  const whole = Math.max(0, captureToPlayoutMs);
  const gathered = Math.min(packet, whole);
  const network = Math.min(rttMs / 2, whole - gathered);
  return [
    { name: 'packet', ms: gathered, provenance },
    { name: 'network', ms: network, provenance: 'estimated' },
    { name: 'playout', ms: whole - gathered - network, provenance: 'measured' },
  ];
}

function output({ baseLatencyMs, outputLatencyMs, outputAsked }: Observed): LatencyPart {
  if (!outputAsked) {
    return { name: 'output', ms: baseLatencyMs + UNASKED_OUTPUT_MS, provenance: 'estimated' };
  }
  const ms = outputLatencyMs === null ? null : baseLatencyMs + outputLatencyMs;
  return { name: 'output', ms, provenance: 'reported' };
}
