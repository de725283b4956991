/**
 * A network between the peers that can be broken: every UDP address that a page is told of is
 * replaced by one of ours, which forwards both ways until it is told not to.
 */
import { createSocket, type Socket } from 'node:dgram';
import type { BrowserContext } from 'playwright-core';

export class UdpProxy {
  /** Nothing gets through while set. */
  broken = false;
  private readonly doors = new Map<string, Promise<number>>();
  private readonly sockets = new Set<Socket>();

  /** The port of ours that leads to this address. */
  private door(host: string, port: number): Promise<number> {
    const key = `${host} ${String(port)}`;
    let door = this.doors.get(key);
    if (door === undefined) {
      door = this.open(host, port);
      this.doors.set(key, door);
    }
    return door;
  }

  private async open(host: string, port: number): Promise<number> {
    const front = await this.bind();
    // One way back for each who comes in by this door.
    const backs = new Map<number, Promise<Socket>>();
    front.on('message', (bytes, from) => {
      let back = backs.get(from.port);
      if (back === undefined) {
        back = this.bind().then((socket) => {
          socket.on('message', (answer) => {
            if (!this.broken) front.send(answer, from.port, from.address);
          });
          return socket;
        });
        backs.set(from.port, back);
      }
      void back.then((socket) => {
        if (!this.broken) socket.send(bytes, port, host);
      });
    });
    return front.address().port;
  }

  private async bind(): Promise<Socket> {
    const socket = createSocket('udp4');
    this.sockets.add(socket);
    await new Promise<void>((resolve) => {
      socket.bind(0, '127.0.0.1', resolve);
    });
    return socket;
  }

  /** candidate:F C udp PRIORITY HOST PORT typ host ... */
  async rewrite(candidate: string): Promise<string> {
    const parts = candidate.split(' ');
    const [, , transport, , host, port] = parts;
    if (transport?.toLowerCase() !== 'udp' || host === undefined || !/^[\d.]+$/.test(host)) {
      return ''; // no other way leads anywhere
    }
    parts[4] = '127.0.0.1';
    parts[5] = String(await this.door(host, Number(port)));
    return parts.join(' ');
  }

  /** Everything that this person's pages send to others goes through here. */
  async between(context: BrowserContext): Promise<void> {
    await context.exposeFunction('throughProxy', (candidate: string) => this.rewrite(candidate));
    await context.addInitScript(() => {
      const through = (candidate: string): Promise<string> =>
        (
          window as unknown as { throughProxy: (candidate: string) => Promise<string> }
        ).throughProxy(candidate);
      const pc = RTCPeerConnection.prototype;
      const add = pc.addIceCandidate;
      pc.addIceCandidate = async function (init?: RTCIceCandidateInit | null) {
        const candidate = await through(init?.candidate ?? '');
        if (candidate !== '') await Reflect.apply(add, this, [{ ...init, candidate }]);
      };
      const set = pc.setRemoteDescription;
      pc.setRemoteDescription = async function (description: RTCSessionDescriptionInit) {
        const lines = (description.sdp ?? '').split('\r\n');
        const kept: string[] = [];
        for (const line of lines) {
          if (!line.startsWith('a=candidate:')) {
            kept.push(line);
            continue;
          }
          const candidate = await through(line.slice(2));
          if (candidate !== '') kept.push(`a=${candidate}`);
        }
        const sdp = kept.join('\r\n');
        await Reflect.apply(set, this, [{ type: description.type, sdp }]);
      };
    });
  }

  close(): void {
    for (const socket of this.sockets) socket.close();
  }
}
