/** Reads the control channel. A peer is as hostile as any network: everything is checked. */
import { parseChat } from '../chat/messages.js';
import { parseVideo } from '../video/messages.js';
import { MOST_MICROPHONE_MS, MOST_PACKET_MS, type Control, type Loopback } from './messages.js';

/** Characters of one control message, */
const LONGEST = 4096;
/** and of one for the chat or for pictures, every character of which may have been escaped. */
const LONGEST_TALK = 40_000;

export type Heard =
  | Control
  | Loopback
  /** "It is t0 here (us)." */
  | { type: 'ping'; t0: number }
  /** "You said t0; I heard it at t1 and answer at t2." */
  | { type: 'pong'; t0: number; t1: number; t2: number };

const LOOPBACK: readonly unknown[] = ['ask', 'end', 'on', 'off'] satisfies Loopback['what'][];

const isTime = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0;

/** A number that may as well be missing is left out when it cannot be. */
const isMs = (value: unknown, most: number): value is number => isTime(value) && value <= most;

/** null for anything that is not one of the above. */
export function parseControl(data: unknown): Heard | null {
  if (typeof data !== 'string' || data.length > LONGEST_TALK) return null;
  let message: unknown;
  try {
    message = JSON.parse(data);
  } catch {
    return null;
  }
  if (typeof message !== 'object' || message === null) return null;
  const fields = message as Record<string, unknown>;
  const talk = parseChat(fields) ?? parseVideo(fields);
  if (talk !== null) return talk;
  if (data.length > LONGEST) return null;
  const { type, muted, microphoneMs, packetMs, what, t0, t1, t2 } = fields;
  switch (type) {
    case 'state':
      if (typeof muted !== 'boolean') return null;
      return {
        type,
        muted,
        ...(isMs(microphoneMs, MOST_MICROPHONE_MS) && { microphoneMs }),
        ...(isMs(packetMs, MOST_PACKET_MS) && { packetMs }),
      };
    case 'loopback':
      return LOOPBACK.includes(what) ? { type, what: what as Loopback['what'] } : null;
    case 'ping':
      return isTime(t0) ? { type, t0 } : null;
    case 'pong':
      return isTime(t0) && isTime(t1) && isTime(t2) ? { type, t0, t1, t2 } : null;
    default:
      return null;
  }
}
