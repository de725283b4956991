import { LIMITS, type EchoOffer } from 'tutti/protocol';
import { z } from 'zod';

const LINES = 100;

const offer = z.object({
  sdp: z.string().min(1).max(LIMITS.echoBytes),
}) satisfies z.ZodType<EchoOffer>;

/**
 * The session description of an offer of data channels and nothing else, without its candidates;
 * null for anything else. Candidates would have us send to addresses that somebody made up: we
 * answer to wherever packets of theirs, with the right password, come from.
 */
export function readEchoOffer(body: unknown): string | null {
  const parsed = offer.safeParse(body);
  if (!parsed.success) return null;
  const lines = parsed.data.sdp.split(/\r?\n/).filter((line) => line !== '');
  // Printable ASCII, as browsers write it.
  if (lines.length > LINES || !lines.every((line) => /^[a-z]=[\x20-\x7e]*$/.test(line)))
    return null;
  const media = lines.filter((line) => line.startsWith('m='));
  const data = /^m=application \d{1,5} UDP\/DTLS\/SCTP webrtc-datachannel$/;
  if (lines[0] !== 'v=0' || media.length !== 1 || !data.test(media[0]!)) return null;
  const kept = lines.filter(
    (line) => !/^a=(candidate|end-of-candidates|remote-candidates)/.test(line),
  );
  return `${kept.join('\r\n')}\r\n`;
}
