/** The packets that we send. Their frames are the wire's and the engine's, at 48 kHz. */
const FRAMES_PER_MS = 48;
/** Where nothing calls for fewer. */
const MOST_FRAMES = 128;
const LEAST_FRAMES = 60;

/**
 * How many frames go into a packet where so many are rendered at a time: the largest number up to
 * 128 that fills whole packets, so that none waits for the next quantum to be filled. Where only
 * tiny packets would do that, 128 after all.
 */
export function packetFramesFor(quantumFrames: number): number {
  for (let frames = Math.min(MOST_FRAMES, quantumFrames); frames >= LEAST_FRAMES; frames--) {
    if (quantumFrames % frames === 0) return frames;
  }
  return MOST_FRAMES;
}

export const packetMs = (frames: number): number => frames / FRAMES_PER_MS;
/** Of a musician who does not say: today's browsers render 128 frames at a time. */
export const USUAL_PACKET_MS = packetMs(MOST_FRAMES);
