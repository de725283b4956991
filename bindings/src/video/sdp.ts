/** Session descriptions as every browser takes them. */

const ABOUT_CODEC = /^a=(?:rtcp-fb|fmtp|rtpmap):(\d+)[ \r]/;

/**
 * Firefox goes on telling of codecs that were not preferred and that its `m=` line does not have;
 * Chromium refuses such a description. Without these lines, it says the same.
 */
export function withoutStrayCodecs(sdp: string): string {
  let offered: readonly string[] = [];
  return sdp
    .split('\n')
    .filter((line) => {
      if (line.startsWith('m=')) offered = line.trim().split(' ').slice(3);
      const codec = ABOUT_CODEC.exec(line)?.[1];
      return codec === undefined || offered.includes(codec);
    })
    .join('\n');
}
