/** What peers say to each other about pictures, on their control channel. */

/** What one musician may show at once, in this order in every description. */
export const PICTURES = ['camera', 'screen'] as const;
export type Picture = (typeof PICTURES)[number];

export type VideoControl =
  /** `attempt` tells one connection of the shower from the next. */
  | { type: 'video-offer' | 'video-answer'; attempt: number; sdp: string }
  | {
      type: 'video-candidate';
      attempt: number;
      /** Whose it is: of who shows, or of who watches. */
      of: 'shower' | 'watcher';
      candidate: string;
      sdpMid: string | null;
      sdpMLineIndex: number | null;
    }
  /** What is shown; `resting`: nothing comes at the moment, so that the sound has the line. */
  | { type: 'video-state'; camera: boolean; screen: boolean; resting: boolean }
  /** The watcher hears the shower badly: not more than this, kbit/s. */
  | { type: 'video-cap'; kbps: number };

/** UTF-16 units. Two pictures with every codec a browser has take less. */
export const LONGEST_SDP = 16_000;
const LONGEST_CANDIDATE = 1024;
const MOST_KBPS = 10_000;

const isWhole = (n: unknown, most: number): n is number =>
  typeof n === 'number' && Number.isInteger(n) && n >= 0 && n <= most;

/** Pictures and nothing else, two at most: no sound comes in this way. */
export function isVideoOnly(sdp: string): boolean {
  const media = sdp.match(/^m=\S*/gm) ?? [];
  return (
    media.length >= 1 &&
    media.length <= PICTURES.length &&
    media.every((line) => line === 'm=video')
  );
}

/** null for anything that is not one of the above. */
export function parseVideo(message: Record<string, unknown>): VideoControl | null {
  const { type, attempt, sdp, of, candidate, sdpMid, sdpMLineIndex } = message;
  switch (type) {
    case 'video-offer':
    case 'video-answer':
      if (!isWhole(attempt, Number.MAX_SAFE_INTEGER)) return null;
      if (typeof sdp !== 'string' || sdp.length > LONGEST_SDP || !isVideoOnly(sdp)) return null;
      return { type, attempt, sdp };
    case 'video-candidate':
      if (!isWhole(attempt, Number.MAX_SAFE_INTEGER)) return null;
      if (of !== 'shower' && of !== 'watcher') return null;
      if (typeof candidate !== 'string' || candidate.length > LONGEST_CANDIDATE) return null;
      if (sdpMid !== null && (typeof sdpMid !== 'string' || sdpMid.length > 32)) return null;
      if (sdpMLineIndex !== null && !isWhole(sdpMLineIndex, PICTURES.length - 1)) return null;
      return { type, attempt, of, candidate, sdpMid, sdpMLineIndex };
    case 'video-state': {
      const { camera, screen, resting } = message;
      if (typeof camera !== 'boolean' || typeof screen !== 'boolean') return null;
      if (typeof resting !== 'boolean') return null;
      return { type, camera, screen, resting };
    }
    case 'video-cap':
      return isWhole(message['kbps'], MOST_KBPS) ? { type, kbps: message['kbps'] } : null;
    default:
      return null;
  }
}
