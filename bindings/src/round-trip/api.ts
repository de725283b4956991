/**
 * The face of `tutti/round-trip`: types only. The round trip is from the loudspeaker to the
 * microphone of one browser, through the air or a cable, and through all buffers on both ways.
 */
import type { InputChannels } from '../api.js';

export interface RoundTripOptions {
  /** Default: one of its own, closed afterwards. A given one is resumed and stays open. */
  context?: AudioContext;
  /** A microphone that is open already; it stays open. Default: `deviceId`, opened raw. */
  stream?: MediaStream;
  /** undefined: the browser's default device. Not looked at where a stream is given. */
  deviceId?: string;
  /** Which of the device's channels to listen to; 'stereo' is heard as 'mono-mix', the default. */
  channels?: InputChannels;
  /** Peak of what is played, -60 to 0 dBFS; default -12. */
  levelDbfs?: number;
  /** Folder of the library's files, ends in a slash; default: beside the script. */
  assets?: string;
  /** About ten times a second, the share that has been played, 0 to 1; 1 once it is evaluated. */
  onProgress?: (share: number) => void;
  /** Ends the measurement at once; the promise then rejects with the signal's reason. */
  signal?: AbortSignal;
}

/**
 * 'good': a number to rely on. 'uncertain': most of the sweeps agree on it, but not clearly; worth
 * another try. 'not-heard': no majority agrees, and there is no number.
 */
export type RoundTripVerdict = 'good' | 'uncertain' | 'not-heard';

/** The one thing that would help most; may be given with any verdict. */
export type RoundTripAdvice =
  | 'silent' // the microphone gives nothing but zeros: muted, or another device is meant
  | 'processing-on' // the browser keeps speech processing on: it swallows sweeps and takes time
  | 'too-loud' // the microphone clips
  | 'unsteady' // sweeps are heard clearly, but the round trip changed while measuring
  | 'noisy' // the room is louder than the sweeps can bear
  | 'too-quiet'; // the loudspeaker is turned down, far away, or headphones

/** Plain JSON. What was not heard is null. */
export interface RoundTrip {
  /** Hz, of the context. */
  sampleRate: number;
  /** From a frame's departure in the worklet to its arrival there; the median of those that agree. */
  roundTripFrames: number | null;
  roundTripMs: number | null;
  /** The largest less the smallest of the round trips that agree. */
  spreadMs: number | null;
  /** Sweeps that were played. */
  repetitions: number;
  /** Of these, how many agree to 2 ms on the round trip; 0 where no majority does. */
  agreeing: number;
  /** What each sweep says on its own, in their order; null where it was not heard. */
  eachMs: (number | null)[];
  /** Power of the arrival above the mean of the rest of its second; the median of those that agree. */
  snrDb: number | null;
  /** The loudest sample that was recorded; null for nothing but zeros. */
  peakDbfs: number | null;
  /** 0 to 1: agreeing / repetitions * (snrDb - 10) / 10, the latter clamped to 0..1. 'good' from 0.75. */
  confidence: number;
  verdict: RoundTripVerdict;
  advice: RoundTripAdvice | null;
  /** As the context reports it. */
  baseLatencyMs: number;
  /** As the context reports it; null where the browser does not tell, or must not be asked. */
  outputLatencyMs: number | null;
  /** As the microphone reports it; null where it does not. */
  inputLatencyMs: number | null;
}
