/** The two data channels between musicians, and between one and the server's echo. */

export interface Channels {
  audio: RTCDataChannel;
  control: RTCDataChannel;
}

/**
 * Negotiated with fixed ids, both ends make them, so both can hand them to their network thread;
 * that must happen in this very task, later a channel can no longer be transferred.
 */
export function openChannels(pc: RTCPeerConnection): Channels {
  const audio = pc.createDataChannel('audio', {
    negotiated: true,
    id: 0,
    ordered: false,
    maxRetransmits: 0,
  });
  return { audio, control: pc.createDataChannel('control', { negotiated: true, id: 1 }) };
}
