/** What the main thread and the network thread say to each other. No packet is among it. */
import type { ChatControl } from '../chat/messages.js';
import type { PipeParts } from '../pipe/pipe.js';
import type { VideoControl } from '../video/messages.js';

/** On a peer's control channel, as JSON. Unknown types are ignored: newer peers may say more. */
export type Control = StateControl | ChatControl | VideoControl;

export interface StateControl {
  type: 'state';
  muted: boolean;
  /** From the air to the sender's worklet, ms, 0 to MOST_MICROPHONE_MS; left out when not known. */
  microphoneMs?: number;
  /** Of sound in one packet, ms, 0 to MOST_PACKET_MS. */
  packetMs?: number;
}

/** On the same channel: to hear oneself through a peer, see loopback.ts. */
export interface Loopback {
  type: 'loopback';
  /**
   * 'ask': send me back what I send you. 'end': no longer. 'on': that is what I do. 'off': I do not,
   * or not any more.
   */
  what: 'ask' | 'end' | 'on' | 'off';
}

/** Of a Control's times. */
export const MOST_MICROPHONE_MS = 1000;
export const MOST_PACKET_MS = 100;

export type ToNetwork =
  | { type: 'pipe'; parts: PipeParts }
  | { type: 'add-peer'; peer: number; audio: RTCDataChannel; control: RTCDataChannel }
  | { type: 'remove-peer'; peer: number }
  | { type: 'control'; peer: number; message: Control }
  /** Ask a peer to send back what we send, or end that. */
  | { type: 'loopback'; peer: number; on: boolean }
  /** Answered by a report. */
  | { type: 'report' };

/** What happened to our packets to one peer. */
export interface Outgoing {
  sent: number;
  /** Not sent, because the channel's queue was full. */
  dropped: number;
}

export type FromNetwork =
  /** Both channels are open: sound flows. */
  | { type: 'open'; peer: number }
  /** A channel closed without being asked to: the connection has to be made anew. */
  | { type: 'closed'; peer: number }
  | { type: 'control'; peer: number; message: Control }
  /** `side`: 'ours' is heard here through the peer, 'theirs' is heard there through us. */
  | { type: 'loopback'; peer: number; side: 'ours' | 'theirs'; on: boolean }
  | { type: 'report'; outgoing: Map<number, Outgoing> };
