/**
 * A network between the peers that can be broken, or can stutter: every UDP address that a page is
 * told of is replaced by one of ours, which forwards both ways until it is told not to.
 */
import { createSocket, type Socket } from 'node:dgram';
import { fileURLToPath } from 'node:url';
import type { BrowserContext } from 'playwright-core';

const THROUGH_PROXY = fileURLToPath(new URL('in-page/through-proxy.js', import.meta.url));

export class UdpProxy {
  /** Nothing gets through while set. */
  broken = false;
  /** What waits for the end of a stutter, in order; null: nothing has to wait. */
  private waiting: (() => void)[] | null = null;
  private stutters: NodeJS.Timeout | undefined;
  private readonly doors = new Map<string, Promise<number>>();
  private readonly sockets = new Set<Socket>();

  /**
   * From now on, every so often nothing gets through for a while; then all of it does, in order, as
   * on a busy radio network. (Single packets held back would not be late but lost: SCTP gives up a
   * packet that three later ones have overtaken.)
   */
  stutter(everyMs: number, forMs: number): void {
    clearInterval(this.stutters);
    this.stutters = setInterval(() => {
      this.waiting ??= [];
      setTimeout(() => {
        this.flow();
      }, forMs);
    }, everyMs);
  }

  private flow(): void {
    const waited = this.waiting ?? [];
    this.waiting = null;
    for (const send of waited) send();
  }

  private pass(send: () => void): void {
    if (this.broken) return;
    if (this.waiting === null) send();
    else this.waiting.push(send);
  }

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
            this.pass(() => {
              front.send(answer, from.port, from.address);
            });
          });
          return socket;
        });
        backs.set(from.port, back);
      }
      void back.then((socket) => {
        this.pass(() => {
          socket.send(bytes, port, host);
        });
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
    clearInterval(this.stutters);
    this.waiting = []; // of a stutter that is not over
    for (const socket of this.sockets) socket.close();
  }
}
