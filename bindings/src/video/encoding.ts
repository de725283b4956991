/** How a picture is made to fit into its share of the line. */
import type { Picture } from './messages.js';

/** For all the peers together, kbit/s: with more than four of them, each gets less. */
const MOST_IN_ALL = 1200;
const MOST_A_PEER = 300;

/** From a share of at least `kbps` on. Scores keep their size and become slow, hands the contrary. */
const STEPS: Record<Picture, readonly { kbps: number; fps: number; scale: number }[]> = {
  camera: [
    { kbps: 200, fps: 24, scale: 1 },
    { kbps: 100, fps: 15, scale: 1.5 },
    { kbps: 50, fps: 10, scale: 2 },
  ],
  screen: [
    { kbps: 200, fps: 5, scale: 1 },
    { kbps: 100, fps: 3, scale: 1 },
    { kbps: 40, fps: 1, scale: 1 },
  ],
};

/** kbit/s that one of `peers` may get, before anything goes wrong. */
export const shareOf = (peers: number): number =>
  Math.min(MOST_A_PEER, Math.floor(MOST_IN_ALL / Math.max(1, peers)));

/** kbit/s of `all` for this picture; the score gets most of it, and all when there is little. */
export function partOf(picture: Picture, all: number, shown: Record<Picture, boolean>): number {
  if (!shown[picture]) return 0;
  if (!shown.camera || !shown.screen) return all;
  const camera = all >= 150 ? Math.floor(all / 3) : 0;
  return picture === 'camera' ? camera : all - camera;
}

/** Of an RTCRtpSender. Browsers leave out what they do not know. */
export type Encoding = Pick<
  RTCRtpEncodingParameters,
  'active' | 'maxBitrate' | 'maxFramerate' | 'priority' | 'networkPriority'
> & { scaleResolutionDownBy: number };

export function encodingOf(picture: Picture, kbps: number): Encoding {
  const steps = STEPS[picture];
  const step = steps.find((one) => kbps >= one.kbps);
  const { fps, scale } = step ?? steps.at(-1)!;
  return {
    active: step !== undefined,
    // Never 0, which is no number of bits to some browsers.
    maxBitrate: Math.max(kbps, steps.at(-1)!.kbps) * 1000,
    maxFramerate: fps,
    scaleResolutionDownBy: scale,
    priority: 'very-low',
    networkPriority: 'very-low',
  };
}
