/** The AudioContext: the smallest buffers there are, at a rate that the engine takes. */

/** Hz, as the engine has them (engine/rate/converter.h). */
const MIN_RATE = 8_000;
const MAX_RATE = 192_000;
/** The engine's own rate: it converts nothing. */
const ENGINE_RATE = 48_000;

/**
 * At `sampleRate`, or the device's own: the browser's conversion between the two would take longer
 * than the engine's between the device's and 48 kHz. Throws a RangeError for a rate that the
 * engine does not take.
 */
export function openContext(sampleRate?: number): AudioContext {
  if (sampleRate !== undefined) {
    if (!taken(sampleRate)) {
      throw new RangeError(
        `sampleRate must be a whole number of Hz from ${MIN_RATE} to ${MAX_RATE}, not ${sampleRate}`,
      );
    }
    return open({ sampleRate });
  }
  const context = open({});
  if (taken(context.sampleRate)) return context;
  // A studio device at 384 kHz: the browser converts after all.
  void context.close();
  return open({ sampleRate: ENGINE_RATE });
}

function taken(rate: number): boolean {
  return Number.isInteger(rate) && rate >= MIN_RATE && rate <= MAX_RATE;
}

function open(options: AudioContextOptions): AudioContext {
  // latencyHint 0, not 'interactive': Chromium then takes the smallest buffer the device has.
  return new AudioContext({ latencyHint: 0, ...options });
}
