import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutStrayCodecs } from '../../bindings/src/video/sdp.js';

const lines = (...all: string[]): string => all.map((line) => `${line}\r\n`).join('');

test('what is said of codecs that are not offered is left out, for each picture by itself', () => {
  const as = lines(
    'v=0',
    's=-',
    'm=video 9 UDP/TLS/RTP/SAVPF 120 124',
    'a=fmtp:124 apt=120',
    'a=rtcp-fb:120 nack',
    'a=rtcp-fb:121 nack pli',
    'a=rtcp-fb:12 nack',
    'a=rtpmap:120 VP8/90000',
    'm=video 0 UDP/TLS/RTP/SAVPF 121',
    'a=rtcp-fb:120 nack',
    'a=rtcp-fb:121 nack pli',
    'a=mid:1',
  );
  const wanted = lines(
    'v=0',
    's=-',
    'm=video 9 UDP/TLS/RTP/SAVPF 120 124',
    'a=fmtp:124 apt=120',
    'a=rtcp-fb:120 nack',
    'a=rtpmap:120 VP8/90000',
    'm=video 0 UDP/TLS/RTP/SAVPF 121',
    'a=rtcp-fb:121 nack pli',
    'a=mid:1',
  );
  assert.equal(withoutStrayCodecs(as), wanted);
  assert.equal(withoutStrayCodecs(wanted), wanted);
});
