/** The main thread's handle on the network thread, wherever that runs. */
import type { NetworkPath } from '../api.js';
import { networkEnd, transferables } from '../pipe/make.js';
import type { PipeParts } from '../pipe/pipe.js';
import type { Control, FromNetwork, Outgoing, ToNetwork } from './messages.js';
import { Network } from './network.js';

/** What is told unasked. */
export type PeerNews = Exclude<FromNetwork, { type: 'report' }>;

export interface NetworkLink {
  readonly path: NetworkPath;
  /** Hears what is told unasked, until the returned function is called. */
  listen(listener: (message: PeerNews) => void): () => void;
  /** In the same task that made the channels: a later one can no longer transfer them. */
  addPeer(peer: number, audio: RTCDataChannel, control: RTCDataChannel): void;
  removePeer(peer: number): void;
  sendControl(peer: number, message: Control): void;
  /** Asks the peer to send back what we send, or ends that; see loopback.ts. */
  askLoopback(peer: number, on: boolean): void;
  /** By peer. */
  report(): Promise<Map<number, Outgoing>>;
  close(): void;
}

/** Chrome 130, Firefox 144, Safari 15 and later. */
export function channelsTransfer(): boolean {
  const connection = new RTCPeerConnection();
  try {
    const channel = connection.createDataChannel('probe', { negotiated: true, id: 0 });
    const { port1 } = new MessageChannel();
    port1.postMessage(null, [channel]);
    return true;
  } catch {
    return false;
  } finally {
    connection.close();
  }
}

abstract class Listened {
  private readonly listeners = new Set<(message: PeerNews) => void>();

  listen(listener: (message: PeerNews) => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  protected tell(message: PeerNews): void {
    for (const listener of [...this.listeners]) listener(message);
  }
}

export class WorkerLink extends Listened implements NetworkLink {
  readonly path = 'worker';
  private readonly worker: Worker;
  private readonly wantReport: ((outgoing: Map<number, Outgoing>) => void)[] = [];

  constructor(url: string, parts: PipeParts, failed: (why: string) => void) {
    super();
    this.worker = new Worker(url, { type: 'module', name: 'tutti-network' });
    this.worker.onmessage = ({ data }: MessageEvent<FromNetwork>) => {
      if (data.type === 'report') this.wantReport.shift()?.(data.outgoing);
      else this.tell(data);
    };
    this.worker.onerror = (event) => {
      failed(event.message);
    };
    this.say({ type: 'pipe', parts }, transferables(parts));
  }

  private say(message: ToNetwork, transfer: Transferable[] = []): void {
    this.worker.postMessage(message, transfer);
  }

  addPeer(peer: number, audio: RTCDataChannel, control: RTCDataChannel): void {
    const transfer = [audio, control] as unknown as Transferable[];
    this.say({ type: 'add-peer', peer, audio, control }, transfer);
  }
  removePeer(peer: number): void {
    this.say({ type: 'remove-peer', peer });
  }
  sendControl(peer: number, message: Control): void {
    this.say({ type: 'control', peer, message });
  }
  askLoopback(peer: number, on: boolean): void {
    this.say({ type: 'loopback', peer, on });
  }
  report(): Promise<Map<number, Outgoing>> {
    return new Promise((resolve) => {
      this.wantReport.push(resolve);
      this.say({ type: 'report' });
    });
  }
  close(): void {
    this.worker.terminate();
  }
}

export class MainLink extends Listened implements NetworkLink {
  readonly path = 'main';
  private readonly network: Network;

  constructor(parts: PipeParts) {
    super();
    this.network = new Network(networkEnd(parts), (message) => {
      if (message.type !== 'report') this.tell(message);
    });
  }

  addPeer(peer: number, audio: RTCDataChannel, control: RTCDataChannel): void {
    this.network.addPeer(peer, audio, control);
  }
  removePeer(peer: number): void {
    this.network.removePeer(peer);
  }
  sendControl(peer: number, message: Control): void {
    this.network.sendControl(peer, message);
  }
  askLoopback(peer: number, on: boolean): void {
    this.network.askLoopback(peer, on);
  }
  report(): Promise<Map<number, Outgoing>> {
    return Promise.resolve(this.network.report());
  }
  close(): void {
    this.network.close();
  }
}
