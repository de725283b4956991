/**
 * The way from the engine's output to the loudspeaker, in ms, where it is safe to ask.
 *
 * Firefox on Linux may hang the whole tab: AudioContext.outputLatency asks the sound server from
 * the main thread while holding the audio graph's lock; when the server's thread is just calling
 * the graph, each waits for the other for ever (seen in Firefox 153 ESR with PulseAudio, in about
 * every third page that asked while the sound started). getOutputTimestamp() asks it too.
 */
export const mayAskOutput = (): boolean => !/Linux.*Firefox\//.test(navigator.userAgent);

/** null where it is not safe to ask, or the browser does not know. */
export function outputLatencyMs(context: AudioContext): number | null {
  if (!mayAskOutput()) return null;
  const seconds = context.outputLatency as number | undefined;
  return seconds === undefined ? null : seconds * 1000;
}
