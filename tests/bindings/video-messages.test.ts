/** What peers say of pictures: anything may come. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseControl } from '../../bindings/src/network/control.js';
import { isVideoOnly, LONGEST_SDP } from '../../bindings/src/video/messages.js';

const parsed = (message: unknown) => parseControl(JSON.stringify(message));
const VIDEO = 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:0\r\n';
const OFFER = { type: 'video-offer', attempt: 1, sdp: VIDEO };
const CANDIDATE = {
  type: 'video-candidate',
  attempt: 1,
  of: 'watcher',
  candidate: 'candidate:1 1 udp 1 192.0.2.1 9 typ host',
  sdpMid: '0',
  sdpMLineIndex: 0,
};
const STATE = { type: 'video-state', camera: true, screen: false, resting: false };

test('what peers say is understood, and what else is in it left out', () => {
  const cases = [
    OFFER,
    { ...OFFER, type: 'video-answer', attempt: 0 },
    CANDIDATE,
    { ...CANDIDATE, of: 'shower', candidate: '', sdpMid: null, sdpMLineIndex: null },
    STATE,
    { type: 'video-cap', kbps: 0 },
    { type: 'video-cap', kbps: 150 },
  ];
  for (const message of cases) assert.deepEqual(parsed({ ...message, more: 1 }), message);
});

test('what does not have the form is ignored', () => {
  const wrong: unknown[] = [
    { ...OFFER, attempt: -1 },
    { ...OFFER, attempt: 0.5 },
    { ...OFFER, sdp: '' },
    { ...OFFER, sdp: 5 },
    { ...OFFER, sdp: VIDEO.padEnd(LONGEST_SDP + 1) },
    { ...CANDIDATE, of: 'both' },
    { ...CANDIDATE, candidate: 'x'.repeat(1025) },
    { ...CANDIDATE, candidate: null },
    { ...CANDIDATE, sdpMid: 0 },
    { ...CANDIDATE, sdpMid: 'x'.repeat(33) },
    { ...CANDIDATE, sdpMLineIndex: 2 },
    { ...CANDIDATE, sdpMLineIndex: undefined },
    { ...STATE, camera: 1 },
    { ...STATE, screen: null },
    { ...STATE, resting: 'no' },
    { type: 'video-cap', kbps: -1 },
    { type: 'video-cap', kbps: 1e9 },
    { type: 'video-cap' },
    { type: 'video' },
  ];
  for (const message of wrong) assert.equal(parsed(message), null, JSON.stringify(message));
});

test('a description may have two pictures and nothing else', () => {
  const audio = 'm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n';
  const data = 'm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n';
  const video = 'm=video 9 UDP/TLS/RTP/SAVPF 96\r\n';
  assert.ok(isVideoOnly(`v=0\r\n${video}`));
  assert.ok(isVideoOnly(`v=0\r\n${video}${video}`));
  for (const media of ['', audio, data, video + audio, audio + video, video + data]) {
    assert.equal(isVideoOnly(`v=0\r\n${media}`), false, media);
  }
  assert.equal(isVideoOnly(`v=0\r\n${video}${video}${video}`), false);
  assert.equal(isVideoOnly('v=0\r\nm=videoaudio 9\r\n'), false);
});
