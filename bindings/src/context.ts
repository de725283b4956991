/** The AudioContext: the smallest buffers there are, at a rate that the engine takes. */

/** Hz, as the engine has them (engine/rate/converter.h). */
const MIN_RATE = 8_000;
const MAX_RATE = 192_000;
/** The engine's own rate: it converts nothing. */
const ENGINE_RATE = 48_000;
/** Frames of a render quantum where the browser leaves no choice. */
const USUAL_QUANTUM = 128;
const SMALL_QUANTUM = 64;

/** Not in TypeScript's own types yet: Web Audio API 1.1, "renderSizeHint". */
interface QuantumOptions {
  renderSizeHint?: number;
}

export interface ContextWishes {
  /** Hz; default: the device's own. */
  sampleRate?: number | undefined;
  /** Frames, a hint; default: what suits the device, see openContext(). */
  quantumFrames?: number | undefined;
}

/**
 * At `sampleRate`, or the device's own: the browser's conversion between the two would take longer
 * than the engine's between the device's and 48 kHz. Throws a RangeError for a rate that the
 * engine does not take.
 *
 * Quanta of 64 frames, and so packets of 64, are taken where the browser offers them and the device
 * asks for fewer than 128 at a time. Where it asks for as many or more, two small quanta are
 * rendered one right after the other: twice the packets, and nothing is heard any sooner
 * (measured by measureLoopback(), which takes both).
 */
export function openContext({ sampleRate, quantumFrames }: ContextWishes = {}): AudioContext {
  if (sampleRate !== undefined && !taken(sampleRate)) {
    throw new RangeError(
      `sampleRate must be a whole number of Hz from ${MIN_RATE} to ${MAX_RATE}, not ${sampleRate}`,
    );
  }
  if (quantumFrames !== undefined || !quantumCanBeChosen()) {
    return openAt(sampleRate, quantumFrames);
  }
  const small = openAt(sampleRate, SMALL_QUANTUM);
  if (small.baseLatency * small.sampleRate < USUAL_QUANTUM - 0.5) return small;
  void small.close();
  return openAt(sampleRate, undefined);
}

/** Whether the browser takes a wish for another quantum than the usual. */
export const quantumCanBeChosen = (): boolean => 'renderQuantumSize' in BaseAudioContext.prototype;

/** Frames that the context renders at a time. */
export function quantumOf(context: BaseAudioContext): number {
  return (context as { renderQuantumSize?: number }).renderQuantumSize ?? USUAL_QUANTUM;
}

function openAt(sampleRate: number | undefined, quantumFrames: number | undefined): AudioContext {
  const hint: QuantumOptions = quantumFrames === undefined ? {} : { renderSizeHint: quantumFrames };
  if (sampleRate !== undefined) return open({ sampleRate, ...hint });
  const context = open(hint);
  if (taken(context.sampleRate)) return context;
  // A studio device at 384 kHz: the browser converts after all.
  void context.close();
  return open({ sampleRate: ENGINE_RATE, ...hint });
}

function taken(rate: number): boolean {
  return Number.isInteger(rate) && rate >= MIN_RATE && rate <= MAX_RATE;
}

function open(options: AudioContextOptions & QuantumOptions): AudioContext {
  // latencyHint 0, not 'interactive': Chromium then takes the smallest buffer the device has.
  return new AudioContext({ latencyHint: 0, ...options });
}
