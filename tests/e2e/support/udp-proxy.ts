/**
 * A network between the peers that can be broken: every UDP address that a page is told of is
 * replaced by one of ours, which forwards both ways until it is told not to.
 */
import { createSocket, type Socket } from 'node:dgram';
import { fileURLToPath } from 'node:url';
import type { BrowserContext } from 'playwright-core';

const THROUGH_PROXY = fileURLToPath(new URL('in-page/through-proxy.js', import.meta.url));

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
    await context.addInitScript({ path: THROUGH_PROXY });
  }

  close(): void {
    for (const socket of this.sockets) socket.close();
  }
}
