import { LIMITS, type ClientToServer, type JoinRequest, type Signal } from 'tutti/protocol';
import { z } from 'zod';

/**
 * What may come from the network, and nothing else. Keys that we do not know are not relayed.
 * A room id, member id or token of the wrong form is not a malformed message, only an unknown one:
 * a link that lost its last letter should be answered with `room-unknown`.
 */
const identifier = z.string().max(256);

const joinRequest = z.object({
  room: identifier,
  name: z.string(),
  resume: identifier.exactOptional(),
}) satisfies z.ZodType<JoinRequest>;

const sdp = z.string().min(1).max(LIMITS.messageBytes);

const signal = z.discriminatedUnion('type', [
  z.object({ type: z.literal('offer'), sdp }),
  z.object({ type: z.literal('answer'), sdp }),
  z.object({
    type: z.literal('candidate'),
    // Empty: the end of candidates.
    candidate: z.string().max(4096),
    sdpMid: z.string().max(256).nullable(),
    sdpMLineIndex: z.int().min(0).max(0xffff).nullable(),
  }),
  z.object({ type: z.literal('restart') }),
]) satisfies z.ZodType<Signal>;

/** The arguments of every request, without the acknowledgement. */
export const REQUESTS = {
  join: z.tuple([joinRequest]),
  leave: z.tuple([]),
  signal: z.tuple([identifier, signal]),
  rename: z.tuple([z.string()]),
} satisfies Record<keyof ClientToServer, z.ZodType>;

// Control characters, line and paragraph separators, halves of surrogate pairs; the characters that
// turn the direction of the text around them; the byte order mark. Joiners stay: emoji and several
// scripts need them.
const FORBIDDEN = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202A-\u202E\u2066-\u2069\uFEFF]/u;
const VISIBLE = /(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{N}\p{P}\p{S}]/u;

/** The name as the others will see it, or null when it cannot be shown. */
export function cleanName(name: string): string | null {
  // Before anything that takes time in proportion to the length; one character can be many units.
  if (name.length > 16 * LIMITS.nameLength) return null;
  const trimmed = name.trim().normalize('NFC');
  if ([...trimmed].length > LIMITS.nameLength) return null;
  if (FORBIDDEN.test(trimmed) || !VISIBLE.test(trimmed)) return null;
  return trimmed;
}
