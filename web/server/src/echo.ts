import { LIMITS } from 'tutti/protocol';
import type { Logger } from 'pino';
import type { Clock } from './clock.js';
import type { Config } from './config.js';
import { OpenConnections, TokenBucket, type Rate } from './limits.js';
import { loadWrtc, type Wrtc } from './wrtc.js';

/** Who has not opened the channels by then never will. */
const OPEN_MS = 15_000;
/** For the answer; what ICE has not found by then is left out. */
const GATHER_MS = 3_000;
/** More than twice what a musician sends: packets of 64 frames, stereo, 24 bits. */
const DATAGRAMS: Rate = { burst: 500, perSecond: 2_000 };
const BYTES: Rate = { burst: 512 * 1024, perSecond: 1024 * 1024 };
/** Beyond that the way back is full, and old sound is worthless. */
const MOST_BUFFERED_BYTES = 16 * 1024;

export type EchoReply =
  | { kind: 'answer'; sdp: string }
  /** No WebRTC on this machine, or turned off. */
  | { kind: 'unavailable' }
  | { kind: 'too-many' }
  | { kind: 'invalid' };

type Connection = InstanceType<Wrtc['RTCPeerConnection']>;
type Channel = ReturnType<Connection['createDataChannel']>;

export interface EchoesOptions {
  config: Pick<Config, 'echoes' | 'echoesPerAddress' | 'echoUdpPorts' | 'ice'>;
  clock: Clock;
  log: Logger;
  load?: typeof loadWrtc;
}

/** Peers that send back what they receive, for musicians who want to hear the whole way. */
export class Echoes {
  readonly #options: EchoesOptions;
  readonly #open = new Set<() => void>();
  readonly #byAddress: OpenConnections;

  constructor(options: EchoesOptions) {
    this.#options = options;
    this.#byAddress = new OpenConnections(options.config.echoesPerAddress);
  }

  get size(): number {
    return this.#open.size;
  }

  /** `offer` as readEchoOffer() gives it. Ends by itself after a minute, or when the page goes. */
  async answer(offer: string, address: string): Promise<EchoReply> {
    const { config, clock, log, load = loadWrtc } = this.#options;
    if (config.echoes === 0) return { kind: 'unavailable' };
    const wrtc = await load((error) => {
      log.warn({ err: error }, 'Nobody can hear themselves here: WebRTC does not load.');
    });
    if (wrtc === null) return { kind: 'unavailable' };
    if (this.#open.size >= config.echoes || !this.#byAddress.admits(address)) {
      return { kind: 'too-many' };
    }

    const pc = new wrtc.RTCPeerConnection({
      iceServers: config.ice.stunUrls.length > 0 ? [{ urls: config.ice.stunUrls }] : [],
      ...(config.echoUdpPorts && { portRange: config.echoUdpPorts }),
    });
    const ended = this.#watch(pc, address);
    try {
      for (const channel of openChannels(pc)) sendBack(channel, clock, ended);
      await pc.setRemoteDescription({ type: 'offer', sdp: offer });
      await pc.setLocalDescription(await pc.createAnswer());
      await gathered(pc, clock);
      const sdp = pc.localDescription?.sdp;
      if (sdp === undefined) throw new Error('no answer');
      return { kind: 'answer', sdp };
    } catch (error) {
      log.debug({ err: error }, 'An offer could not be answered.');
      ended();
      return { kind: 'invalid' };
    }
  }

  /** The server goes down. */
  close(): void {
    for (const end of [...this.#open]) end();
  }

  /** Counts a connection until the returned function is called, or its time is over. */
  #watch(pc: Connection, address: string): () => void {
    const { clock, log } = this.#options;
    const end = (): void => {
      if (!this.#open.delete(end)) return;
      this.#byAddress.closed(address);
      tooLong();
      neverOpen();
      pc.onconnectionstatechange = null;
      pc.close();
      log.debug('echo closed');
    };
    this.#open.add(end);
    this.#byAddress.opened(address);
    const tooLong = clock.after(1000 * LIMITS.echoSeconds, end);
    const neverOpen = clock.after(OPEN_MS, () => {
      if (pc.connectionState !== 'connected') end();
    });
    pc.onconnectionstatechange = () => {
      if (['disconnected', 'failed', 'closed'].includes(pc.connectionState)) end();
    };
    return end;
  }
}

/** As the pages make them, see session/channels.ts of the library. */
function openChannels(pc: Connection): Channel[] {
  return [
    pc.createDataChannel('audio', { negotiated: true, id: 0, ordered: false, maxRetransmits: 0 }),
    pc.createDataChannel('control', { negotiated: true, id: 1 }),
  ];
}

function sendBack(channel: Channel, clock: Clock, ended: () => void): void {
  const datagrams = new TokenBucket(DATAGRAMS, clock);
  const bytes = new TokenBucket(BYTES, clock);
  channel.binaryType = 'arraybuffer';
  channel.onmessage = ({ data }: { data: string | ArrayBuffer }) => {
    const size = typeof data === 'string' ? Buffer.byteLength(data) : data.byteLength;
    if (!datagrams.take() || !bytes.take(size)) return;
    if (channel.readyState !== 'open' || channel.bufferedAmount > MOST_BUFFERED_BYTES) return;
    try {
      channel.send(data as string);
    } catch {
      // It closed between the look at its state and the call: `onclose` comes.
    }
  };
  channel.onclose = ended;
}

function gathered(pc: Connection, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      late();
      resolve();
    };
    const late = clock.after(GATHER_MS, resolve);
    pc.onicegatheringstatechange = () => {
      if (pc.iceGatheringState === 'complete') done();
    };
    if (pc.iceGatheringState === 'complete') done();
  });
}
