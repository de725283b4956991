/**
 * What a page and the signalling server say to each other: the one definition, used by both.
 *
 * Transport: socket.io, namespace "/room", WebSocket only. Every request is answered through its
 * acknowledgement with a `Reply`; the server never answers an error by silence.
 * Limits are part of the protocol, so that a page can refuse before the server does.
 */

export const LIMITS = {
  /** Characters of a musician's name, after trimming; at least one. */
  nameLength: 40,
  /** Bytes of one signalling message, SDP included. */
  messageBytes: 64 * 1024,
  /** Bytes of the body of POST /api/echo. */
  echoBytes: 16 * 1024,
  echoSeconds: 60,
  /** Members of one room; a full room answers `room-full`. Also the engine's number of peers + 1. */
  roomMembers: 16,
} as const;

/** What a room id looks like: 128 random bits in base64url. */
export const ROOM_ID = /^[A-Za-z0-9_-]{22}$/;

export type ErrorCode =
  | 'message-invalid' // not of the form below, or too large
  | 'name-invalid'
  | 'room-unknown' // never made, or expired: "the room is gone"
  | 'room-full'
  | 'not-in-room' // any request before a successful join
  | 'peer-unknown' // the addressee is not in this room
  | 'rate-limited';

export type Reply<T = object> =
  ({ ok: true } & T) | { ok: false; error: { code: ErrorCode; message: string } };

export interface Member {
  id: string;
  name: string;
}

export interface JoinRequest {
  room: string;
  name: string;
  /** The token of an earlier join: the same member comes back after a broken connection. */
  resume?: string;
}

export interface Joined {
  /** This page's own member id. */
  id: string;
  /** Everyone else in the room. Only a new member offers to these; a resumed one reconciles. */
  members: Member[];
  /** True when `resume` was recognised and the member id is the old one. */
  resumed: boolean;
  /** To be sent as `JoinRequest.resume` when the connection to the server was lost. */
  resume: string;
  iceServers: { urls: string[]; username?: string; credential?: string }[];
}

/** What the server relays between two members of one room, without looking into it further. */
export type Signal =
  | { type: 'offer' | 'answer'; sdp: string }
  | { type: 'candidate'; candidate: string; sdpMid: string | null; sdpMLineIndex: number | null }
  /** Asks the offering side for a new offer with an ICE restart. */
  | { type: 'restart' };

export interface ClientToServer {
  join(request: JoinRequest, reply: (r: Reply<Joined>) => void): void;
  leave(reply: (r: Reply) => void): void;
  signal(to: string, signal: Signal, reply: (r: Reply) => void): void;
  rename(name: string, reply: (r: Reply) => void): void;
}

export interface ServerToClient {
  'member-joined': (member: Member) => void;
  /** `lost`: the connection to the server broke and the grace period passed. */
  'member-left': (id: string, why: 'left' | 'lost') => void;
  'member-renamed': (member: Member) => void;
  signal: (from: string, signal: Signal) => void;
  /** The server is going down on purpose; a page reconnects by itself. */
  closing: () => void;
}

/** POST /api/rooms */
export interface RoomCreated {
  id: string;
  /** The whole link to send to the others. */
  url: string;
}

/**
 * POST /api/echo: an offer with two data channels (session/channels.ts), whose candidates are not
 * looked at. 200 with the answer, complete with candidates; 400 for anything else, 429 or 503 when
 * there are too many, 501 where the server has no WebRTC. Everything that comes is sent back as it
 * is, for echoSeconds at most.
 */
export interface EchoOffer {
  sdp: string;
}
export interface EchoAnswer {
  sdp: string;
}
