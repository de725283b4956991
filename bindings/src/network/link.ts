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
  ontell: (message: PeerNews) => void;
  /** In the same task that made the channels: a later one can no longer transfer them. */
  addPeer(peer: number, audio: RTCDataChannel, control: RTCDataChannel): void;
  removePeer(peer: number): void;
  sendControl(peer: number, message: Control): void;
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

export class WorkerLink implements NetworkLink {
  readonly path = 'worker';
  ontell: (message: PeerNews) => void = () => undefined;
  private readonly worker: Worker;
  private readonly wantReport: ((outgoing: Map<number, Outgoing>) => void)[] = [];

  constructor(url: string, parts: PipeParts, failed: (why: string) => void) {
    this.worker = new Worker(url, { type: 'module', name: 'tutti-network' });
    this.worker.onmessage = ({ data }: MessageEvent<FromNetwork>) => {
      if (data.type === 'report') this.wantReport.shift()?.(data.outgoing);
      else this.ontell(data);
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

export class MainLink implements NetworkLink {
  readonly path = 'main';
  ontell: (message: PeerNews) => void = () => undefined;
  private readonly network: Network;

  constructor(parts: PipeParts) {
    this.network = new Network(networkEnd(parts), (message) => {
      if (message.type !== 'report') this.ontell(message);
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
  report(): Promise<Map<number, Outgoing>> {
    return Promise.resolve(this.network.report());
  }
  close(): void {
    this.network.close();
  }
}
