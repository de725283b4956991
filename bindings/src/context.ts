/** The AudioContext: the smallest buffers there are, at a rate that the engine takes. */

/** Hz, as the engine has them (engine/rate/converter.h). */
const MIN_RATE = 8_000;
const MAX_RATE = 192_000;
/** The engine's own rate: it converts nothing. */
const ENGINE_RATE = 48_000;
/** Frames of a render quantum where the browser leaves no choice. */
const USUAL_QUANTUM = 128;

/** Not in TypeScript's own types yet: Web Audio API 1.1, "renderSizeHint". */
interface QuantumOptions {
  renderSizeHint?: number;
}

export interface ContextWishes {
  /** Hz; default: the device's own. */
  sampleRate?: number | undefined;
  /** Frames, a hint; default: the browser's, 128. */
  quantumFrames?: number | undefined;
}

/**
 * At `sampleRate`, or the device's own: the browser's conversion between the two would take longer
 * than the engine's between the device's and 48 kHz. Throws a RangeError for a rate that the
 * engine does not take.
 */
export function openContext({ sampleRate, quantumFrames }: ContextWishes = {}): AudioContext {
  if (sampleRate !== undefined && !taken(sampleRate)) {
    throw new RangeError(
      `sampleRate must be a whole number of Hz from ${MIN_RATE} to ${MAX_RATE}, not ${sampleRate}`,
    );
  }
  const hint: QuantumOptions = quantumFrames === undefined ? {} : { renderSizeHint: quantumFrames };
  if (sampleRate !== undefined) return open({ sampleRate, ...hint });
  const context = open(hint);
  if (taken(context.sampleRate)) return context;
  // A studio device at 384 kHz: the browser converts after all.
  void context.close();
  return open({ sampleRate: ENGINE_RATE, ...hint });
}

/** Frames that the context renders at a time. */
export function quantumOf(context: BaseAudioContext): number {
  return (context as { renderQuantumSize?: number }).renderQuantumSize ?? USUAL_QUANTUM;
}

function taken(rate: number): boolean {
  return Number.isInteger(rate) && rate >= MIN_RATE && rate <= MAX_RATE;
}

function open(options: AudioContextOptions & QuantumOptions): AudioContext {
  // latencyHint 0, not 'interactive': Chromium then takes the smallest buffer the device has.
  return new AudioContext({ latencyHint: 0, ...options });
}
