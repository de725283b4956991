/**
 * What the browser counts of a microphone's sound: MediaStreamTrackAudioStats (W3C Media Capture
 * and Streams Extensions), as far as it is used. Chromium has it; Firefox and Safari do not.
 */
interface AudioStats {
  /** Frames of the track's own rate, handed on to whoever listens to it. */
  deliveredFrames: number;
  /** ms from a frame's capture to its delivery. */
  latency: number;
}

export interface TrackReading {
  /** Sound delivered since the track began. */
  deliveredMs: number;
  /** From the capture of the newest buffer's first frame to its delivery, as the browser has it. */
  latencyMs: number;
}

/**
 * null where the browser does not count. Frames are counted, since `deliveredFramesDuration` is a
 * sum of rounded durations: it loses up to 250 ppm, which is a drift of its own.
 */
export function readTrack(track: MediaStreamTrack): TrackReading | null {
  const { stats } = track as MediaStreamTrack & { stats?: AudioStats };
  const { sampleRate } = track.getSettings();
  if (stats === undefined || sampleRate === undefined || sampleRate <= 0) return null;
  const { deliveredFrames, latency } = stats;
  return { deliveredMs: (deliveredFrames / sampleRate) * 1000, latencyMs: latency };
}
