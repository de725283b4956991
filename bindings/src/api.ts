/**
 * The face of the library: types only. `Tutti` (one AudioContext, one worklet) and `Session` (one
 * room) implement these. Everything here runs on the main thread; no sample passes through it.
 */

/** Which channels of the input device are sent. */
export type InputChannels = '1' | '2' | 'stereo' | 'mono-mix';

export interface MicrophoneChoice {
  /** undefined: the browser's default device. */
  deviceId?: string;
  channels: InputChannels;
}

/** What the browser really gave, which may differ from what was asked. */
export interface Microphone {
  deviceId: string;
  label: string;
  /** Channels that the device delivers (1 or 2). */
  channelCount: number;
  /** Speech processing that the browser keeps on although it was asked not to. */
  processing: ('echoCancellation' | 'noiseSuppression' | 'autoGainControl' | 'voiceIsolation')[];
  /** Capture latency as the browser reported it at the start, or null; see microphoneLatencyMs. */
  latencyMs: number | null;
  /** Hz that the device delivers; null where the browser does not say. */
  sampleRate: number | null;
  /** The same for all parts of one piece of hardware; '' where the browser does not say. */
  groupId: string;
}

/** Where one hears. */
export interface Output {
  /** '': the browser's own choice. */
  deviceId: string;
}

/** Linear amplitudes, 1 = full scale; peak falls back slowly (meter ballistics are the engine's). */
export interface Level {
  peak: number;
  rms: number;
}

/** How finely sound is sent: in 16 or in 24 bits. Either is sent uncompressed. */
export type Quality = 'standard' | 'full';

/** The worker path keeps audio off the main thread; the main path is the fallback. */
export type NetworkPath = 'worker' | 'main';
export type PipeMake = 'ring' | 'port';

export type ErrorCode =
  | 'insecure-origin' // the page is not on https or localhost: no microphone, no worklet
  | 'browser-too-old' // `detail` names what is missing
  | 'context-blocked' // the browser wants a click before it plays
  | 'engine-failed' // the worklet or the WebAssembly could not start; `detail` says why
  | 'microphone-denied'
  | 'microphone-dismissed'
  | 'microphone-missing'
  | 'microphone-busy' // taken by another program
  | 'microphone-failed'
  | 'camera-denied'
  | 'camera-dismissed'
  | 'camera-missing'
  | 'camera-busy' // taken by another program
  | 'camera-failed'
  | 'screen-dismissed' // nothing was chosen, or the system forbids it
  | 'screen-unsupported' // this browser cannot share a window: those of phones cannot
  | 'screen-failed'
  | 'name-invalid'
  | 'room-unknown' // gone, or the link is wrong
  | 'room-full'
  | 'server-unreachable'
  | 'peer-unreachable' // no direct way to that musician's network and no TURN server
  | 'rate-limited'
  | 'signalling-failed'
  | 'output-missing' // the loudspeaker or headphones are gone
  | 'output-failed' // the browser does not play there, or does not let a page choose
  | 'echo-unavailable' // this server sends nobody their sound back
  | 'echo-unreachable'; // it would, but no sound gets through to it

/** The class lives in errors.ts; a page shows words by `code`, never the message. */
export interface TuttiErrorShape extends Error {
  readonly code: ErrorCode;
  readonly detail: string;
}

export interface TuttiOptions {
  /** Folder of tutti-worklet.js, tutti-worker.js and tutti.wasm, ends in a slash; default: beside the script. */
  assets?: string;
  /** Force a make (tests, benches); default: ring when crossOriginIsolated, else port. */
  pipe?: PipeMake;
  /** Force the fallback; default: worker wherever a data channel can be transferred. */
  path?: NetworkPath;
  /**
   * Force the context's rate (tests, benches): whole Hz, 8,000 to 192,000. Default: the device's
   * own. Only at 48,000 do samples pass bit for bit; any other is converted by the engine.
   */
  sampleRate?: number;
  /**
   * Frames that the context renders at a time, where the browser offers a choice (64 to 2,048,
   * powers of two); a hint. Packets become as short, see packetFramesFor() in context.ts.
   */
  quantumFrames?: number;
  /**
   * A context that the page has already: several engines in one share its clock. It is not closed
   * by close(); `sampleRate` and `quantumFrames` are then its own.
   */
  context?: AudioContext;
}

export interface TuttiEvents {
  /** About 25 times a second while running. Read `inputLevel`, `outputLevel`, `peer.level`. */
  levels: CustomEvent<void>;
  /**
   * The context was suspended, interrupted or resumed, or what it plays to failed or came back: read
   * `running` and `outputGone`.
   */
  running: CustomEvent<void>;
  /**
   * The input device vanished, came back, is another one, or is held by the system: read
   * `microphone` (null when gone) and `microphoneHeld`.
   */
  microphone: CustomEvent<void>;
  /** The chosen output device changed, vanished or came back: read `output`, `outputMissing`. */
  output: CustomEvent<void>;
  /** Own mute changed: read `muted`. */
  muted: CustomEvent<void>;
  /** The microphone's sound had piled up in the browser, and was taken anew: see microphoneHeals. */
  healed: CustomEvent<void>;
}

/** One AudioContext with the engine in its worklet, and the network worker. */
export interface TuttiFace {
  readonly context: AudioContext;
  /** The engine as a node: connect any source to send it, its output goes to the loudspeakers. */
  readonly node: AudioWorkletNode;
  readonly path: NetworkPath;
  readonly pipe: PipeMake;
  readonly running: boolean;
  /**
   * The output device failed or vanished: nothing is heard. Tutti's own context goes on by itself
   * when a device is there again.
   */
  readonly outputGone: boolean;
  /** Call from a click. Rejects with `context-blocked`. */
  resume(): Promise<void>;

  /**
   * null when there is none, or it has vanished. A chosen device is taken back by itself when it is
   * there again; the browser's own choice is followed when that changes.
   */
  readonly microphone: Microphone | null;
  /** The system keeps its sound back (a call, a switch on the device): silence is sent. */
  readonly microphoneHeld: boolean;
  /** Opens or changes the device. Rejects with a microphone-* code; the old one then stays. */
  openMicrophone(choice: MicrophoneChoice): Promise<Microphone>;
  setInputChannels(channels: InputChannels): void;
  /** What is sent, from the next packet on; 'standard' at first. Changes without a click. */
  quality: Quality;
  closeMicrophone(): void;
  /**
   * From the air to the worklet, ms: what the browser reports, and in Chromium the sound that has
   * piled up before the audio graph. null without a microphone, or where nothing is reported.
   */
  readonly microphoneLatencyMs: number | null;
  /**
   * Of that, what has piled up since the microphone was last connected to the graph: after a stall
   * of the audio thread, or because the microphone's clock is faster. null where it is not known
   * (outside Chromium). What is more than about a capture buffer is healed within seconds, by
   * connecting the microphone anew; old and new sound are faded over in 10 ms.
   */
  readonly microphoneExcessMs: number | null;
  /** Times that this was done. */
  readonly microphoneHeals: number;
  /**
   * Does the same at once, in any browser: for somebody who hears that their microphone has become
   * late. Resolves when it is done; at once without a microphone. Rejects with microphone-failed.
   */
  recalibrateMicrophone(): Promise<void>;
  /** Input devices; labels are empty until permission is given. */
  microphones(): Promise<MediaDeviceInfo[]>;

  /** Whether the browser lets a page choose where it plays. */
  readonly outputChoosable: boolean;
  readonly output: Output;
  /**
   * The chosen device has vanished: the sound goes to the browser's own choice, and back as soon as
   * the device is there again.
   */
  readonly outputMissing: boolean;
  /**
   * Plays there from now on; '' is the browser's own choice. Takes effect while playing. Rejects
   * with `output-missing` (it is then waited for, see outputMissing) or `output-failed` (the old one
   * stays).
   */
  setOutput(deviceId: string): Promise<void>;
  /** Output devices; labels are empty until the microphone is allowed. */
  outputs(): Promise<MediaDeviceInfo[]>;

  /** Own mute: what is sent fades to silence within 10 ms. */
  muted: boolean;
  /** Master volume in dB, -60 (silence) to +12. */
  gainDb: number;
  readonly inputLevel: Level;
  readonly outputLevel: Level;
  /** The soft limiter is working at this moment. */
  readonly limiting: boolean;

  addEventListener<K extends keyof TuttiEvents>(type: K, f: (e: TuttiEvents[K]) => void): void;
  removeEventListener<K extends keyof TuttiEvents>(type: K, f: (e: TuttiEvents[K]) => void): void;
  close(): Promise<void>;
}

/**
 * Playout delay of one stream: following the network, or fixed by a person; held is fixed and not
 * adjusted afterwards, so that samples pass bit for bit (tests, benches), until nothing comes in
 * time any more: then it is set once more. 0 to 250 ms.
 */
export type DelayChoice =
  { mode: 'auto' } | { mode: 'fixed'; ms: number } | { mode: 'held'; ms: number };

/** 'waiting': connecting for the first time. 'lost': was connected, is being mended. */
export type PeerState = 'waiting' | 'connected' | 'lost' | 'unreachable';

/**
 * How a figure is known: measured here, as the browser reports it (nobody can look behind that), or
 * estimated from something else.
 */
export type Provenance = 'measured' | 'reported' | 'estimated';

export interface LatencyPart {
  /**
   * In the order in which sound passes: the far microphone and its browser; until a packet is full;
   * one way through the network; until it is mixed; this browser and its loudspeaker.
   */
  readonly name: 'microphone' | 'packet' | 'network' | 'playout' | 'output';
  /** null where it is not known. */
  readonly ms: number | null;
  /** Of `ms`, or of what it would be. */
  readonly provenance: Provenance;
}

/** From a far microphone to the loudspeaker here; see session/latency-budget.ts. */
export interface LatencyBudget {
  /** All five, in order. */
  readonly parts: readonly LatencyPart[];
  /** The sum of the parts that are known, added in order. */
  readonly totalMs: number;
  /** Not all of it is known, so it takes longer than `totalMs`. */
  readonly atLeast: boolean;
}

/** 'asked': not answered yet. 'refused': they hear themselves through us, or their page is an older one. */
export type LoopbackState = 'off' | 'asked' | 'on' | 'refused';

/** One musician as heard here. All settings are local, smooth, and kept while in the room. */
export interface PeerFace {
  readonly id: string;
  readonly name: string;
  readonly state: PeerState;
  /** The musician muted their own microphone. */
  readonly selfMuted: boolean;
  /** -60 (silence) to +12 dB. */
  gainDb: number;
  /** -1 left to +1 right, constant power. */
  pan: number;
  mute: boolean;
  solo: boolean;
  delay: DelayChoice;
  /**
   * What `delay` in mode 'auto' gives for sound without gaps: 0 (quick: packets that come late are
   * concealed) to 1 (safe: nearly all are waited for); clamped, NaN is the default of 0.5. Each 0.1
   * weighs late packets 1.6 times as much. Takes effect at once, while playing.
   */
  caution: number;
  readonly level: Level;
  /** Capture at the far side to this loudspeaker's buffer, ms, or null while unknown. */
  readonly latencyMs: number | null;
  /** All the way, in parts; null while nothing is played. */
  readonly latencyBudget: LatencyBudget | null;
  /** Pictures without sound, for the `srcObject` of a video; null while none is shown. */
  readonly camera: MediaStream | null;
  readonly screen: MediaStream | null;
  /** They show something, but nothing comes at the moment: the sound needs the line. */
  readonly videoResting: boolean;
  /**
   * Hearing oneself through them: their page sends back what ours sends, in place of their own sound,
   * which is not heard here meanwhile. They are told. Ends by itself after 60 s, and with the
   * connection.
   */
  readonly loopback: LoopbackState;
  /** Asks for it, or ends it. What comes back is faded in; it may howl without headphones. */
  setLoopback(on: boolean): void;
  /** From the own microphone to them and back to the own loudspeaker, ms; null while unknown or off. */
  readonly loopbackMs: number | null;
  /** They hear themselves through us, and do not hear us. */
  readonly lendsLoopback: boolean;
}

export interface ChatMessage {
  /** Unlike that of any other message. */
  readonly id: string;
  /** Member id. */
  readonly author: string;
  /** Of the author, when it was said. */
  readonly name: string;
  /** 1 to 2,000 characters as they were typed, with line feeds; hostile, like all that peers say. */
  readonly text: string;
  /** ms since the Unix epoch: by this clock when it came live, by the teller's when told later. */
  readonly at: number;
  readonly own: boolean;
  /**
   * null: the author said it to us. Otherwise the name of who told us what the author, who is not
   * here to say it, had said before.
   */
  readonly toldBy: string | null;
}

/** 'rejoining': the server is out of reach; sound between connected musicians goes on. */
export type SessionState = 'idle' | 'joining' | 'joined' | 'rejoining' | 'left' | 'failed';

export interface SessionOptions {
  room: string;
  name: string;
  /** Origin of the signalling server; default: the page's own. */
  server?: string;
  iceTransportPolicy?: RTCIceTransportPolicy;
}

export interface SessionEvents {
  /** `state`, or `error` when state is 'failed'. */
  state: CustomEvent<void>;
  /** Somebody came, went, was renamed, muted themselves, or changed state. */
  peers: CustomEvent<void>;
  /** Own pictures or those of a peer came, went or rest: read `camera`, `screen`, `peers`. */
  video: CustomEvent<void>;
  /** Something was said: read `messages`. */
  messages: CustomEvent<void>;
}

export interface SessionFace {
  readonly room: string;
  readonly name: string;
  readonly state: SessionState;
  /** Why the session failed. */
  readonly error: TuttiErrorShape | null;
  readonly peers: readonly PeerFace[];
  /**
   * The caution of musicians who come from now on, 0 (quick) to 1 (safe), see PeerFace; setting it
   * also sets that of all who are here. May be set before join().
   */
  caution: number;
  /** Resolves when in the room (others may still be connecting). Rejects with a TuttiError. */
  join(): Promise<void>;
  leave(): Promise<void>;
  rename(name: string): Promise<void>;

  /** What we show, null while we do not. Pictures never touch the sound, and yield to it. */
  readonly camera: MediaStream | null;
  readonly screen: MediaStream | null;
  /** Shows it to all, or another device. Rejects with a camera-* code; what was shown then stays. */
  openCamera(deviceId?: string): Promise<void>;
  closeCamera(): void;
  /** Labels are empty until permission is given. */
  cameras(): Promise<MediaDeviceInfo[]>;
  /** Call from a click: the person chooses a window. Rejects with a screen-* code. */
  shareScreen(): Promise<void>;
  stopScreen(): void;

  /** The chat since the room began, as far as somebody here knows it; the last 500, oldest first. */
  readonly messages: readonly ChatMessage[];
  /**
   * Says it to all who are here and to those who come later; it is in `messages` at once. False when
   * nothing is left of it, when it has more than 2,000 characters, or when many went before it in
   * a short time.
   */
  sendMessage(text: string): boolean;

  stats(): Promise<SessionStats>;
  addEventListener<K extends keyof SessionEvents>(type: K, f: (e: SessionEvents[K]) => void): void;
  removeEventListener<K extends keyof SessionEvents>(
    type: K,
    f: (e: SessionEvents[K]) => void,
  ): void;
}

/** A contract with tools outside: fields are added, never renamed or removed. */
export interface SessionStats {
  /** "<path>/<pipe>", as "worker/ring". */
  transport: `${NetworkPath}/${PipeMake}`;
  /** outputLatencyMs is null where the browser does not tell, or must not be asked. */
  context: { sampleRate: number; baseLatencyMs: number; outputLatencyMs: number | null };
  /** Own: see TuttiFace. */
  microphone: { latencyMs: number | null; excessMs: number | null; heals: number };
  /** null where the browser gives the worklet no clock. */
  engine: { quantumUsP50: number | null; quantumUsP99: number | null; overruns: number };
  peers: PeerStats[];
}

export interface PeerStats {
  id: string;
  name: string;
  /** As it arrives: "pcm16" or "pcm24". */
  codec: string;
  rttMs: number | null;
  /** Counted against the fastest packet of a recent window. */
  playoutDelayMs: number | null;
  /** What playoutDelayMs is steered to: the choice of delay and caution, and the network, decide. */
  targetDelayMs: number | null;
  /** The spread of recent arrivals: all but the slowest 5 % come so soon after the fastest. */
  jitterMs: number | null;
  captureToPlayoutMs: number | null;
  /** From the far microphone to the loudspeaker here, in parts; null while nothing is played. */
  latency: LatencyBudget | null;
  /** How much faster the far clock runs than ours; null while not measured. */
  driftPpm: number | null;
  /** Packets. */
  received: number;
  lost: number;
  /** Of ours to this peer, not sent because the way out was full: old sound is worthless. */
  dropped: number;
  late: number;
  duplicate: number;
  reordered: number;
  /** Packets refused by the parser. */
  malformed: number;
  /** At 48 kHz, whatever the context's rate; of the whole stream. */
  concealedFrames: number;
  /** Of the sound of the last 10 s, 0 to 1; null in the first second. */
  concealedShare: number | null;
  /** Times the playout position jumped. */
  discontinuities: number;
}

/** 'closed': ended here, or by the server after a minute, or lost. */
export type EchoState = 'connecting' | 'open' | 'closed';

export interface EchoEvents {
  closed: CustomEvent<void>;
}

/** Oneself, by way of the server. The class: session/echo.ts. */
export interface EchoFace {
  readonly state: EchoState;
  /** From the own microphone to the server and back to the own loudspeaker; null while not known. */
  readonly latency: LatencyBudget | null;
  close(): void;
  addEventListener<K extends keyof EchoEvents>(type: K, f: (e: EchoEvents[K]) => void): void;
  removeEventListener<K extends keyof EchoEvents>(type: K, f: (e: EchoEvents[K]) => void): void;
}
