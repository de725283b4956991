/** AudioContext.playbackStats: Chrome 146 and later. Not in TypeScript's types yet. */
export interface PlaybackStats {
  underrunDuration: number;
  underrunEvents: number;
  totalDuration: number;
  averageLatency: number;
  minimumLatency: number;
  maximumLatency: number;
}

/** null where the browser does not tell. */
export function playbackStats(context: AudioContext): PlaybackStats | null {
  return (context as { playbackStats?: PlaybackStats }).playbackStats ?? null;
}

export const underruns = (context: AudioContext): number | null =>
  playbackStats(context)?.underrunEvents ?? null;
