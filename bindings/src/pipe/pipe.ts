/**
 * A pipe carries records between the audio worklet and the network thread. It has one interface
 * and two makes: a MessagePort straight between the two (works on any site) and a ring in shared
 * memory (where the page is cross-origin isolated). A record is either of:
 */
export const Kind = {
  /** Bytes of one datagram. To the network: for every peer. To the worklet: from `peer`. */
  Datagram: 0,
  /** Nothing but its time: the network's clock, so that the worklet knows it. */
  Clock: 1,
  /** Three float64: the first three timestamps (us) of an exchange with `peer`; `time` is the 4th. */
  Exchange: 2,
} as const;
export type Kind = (typeof Kind)[keyof typeof Kind];

/** Bytes that a record may carry at most: more than the largest packet (8 x 1,024 x 4 + 16). */
export const RECORD_BYTES = 33_000;

export interface Handler {
  /** `bytes` is only valid during the call. `time`: us since the Unix epoch. */
  (kind: Kind, peer: number, time: number, bytes: Uint8Array): void;
}

/** The network thread's end. */
export interface NetworkEnd {
  /** Called for each record from the worklet, as soon as it is there. */
  onrecord: Handler;
  /** False when the worklet does not keep up and the record was dropped. */
  send(kind: Kind, peer: number, time: number, bytes: Uint8Array): boolean;
  close(): void;
}

/** The worklet's end, beside the engine's memory so that nothing is copied twice. */
export interface WorkletEnd {
  /** Sends the bytes at an address of the engine's memory, which is a multiple of 4. */
  send(kind: Kind, peer: number, time: number, address: number, bytes: number): boolean;
  /** Hands over what has arrived and not been handed over yet; call once a quantum. */
  drain(): void;
}

/**
 * What the worklet's end does with a record: its bytes are put at `address` of the memory and its
 * time into `time`, which lies there too, before `take` is called. (As an argument it would be
 * garbage.)
 */
export interface EngineMemory {
  readonly memory: ArrayBuffer;
  readonly address: number;
  readonly capacity: number;
  readonly time: Float64Array;
  take(kind: Kind, peer: number, bytes: number): void;
}

/** What is passed to the two threads, to make an end of. */
export type PipeParts =
  | { make: 'port'; port: MessagePort }
  | { make: 'ring'; toWorklet: SharedArrayBuffer; toNetwork: SharedArrayBuffer };
