/**
 * A proxy that writes down whatever a browser asks for, and lets it reach one site alone. A browser
 * sends everything through it, what workers and worklets load too, which its own list of a page's
 * requests leaves out. WebRTC goes its own way.
 */
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

export class ListeningProxy {
  /** Whole addresses; of tunnels, as sockets and https need, only the site. */
  readonly asked: string[] = [];
  readonly #sockets = new Set<Duplex>();

  private constructor(
    private readonly server: Server,
    host: string,
  ) {
    server.on('connection', (socket: Socket) => this.#keep(socket));
    server.on('request', (asked: IncomingMessage, answer) => {
      const address = new URL(asked.url ?? '');
      this.asked.push(address.href);
      if (address.host !== host) return answer.writeHead(502).end();
      const { method, headers } = asked;
      const onward = request(address, { method, headers }, (response) => {
        answer.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(answer);
      });
      onward.on('error', () => answer.destroy());
      return asked.pipe(onward);
    });
    server.on('connect', ({ url }: IncomingMessage, near: Duplex, head: Buffer) => {
      this.asked.push(`tunnel://${url}`);
      if (url !== host) return near.end('HTTP/1.1 502 Refused\r\n\r\n');
      const { hostname, port } = new URL(`tunnel://${host}`);
      const far = connect(Number(port), hostname, () => {
        near.write('HTTP/1.1 200 Open\r\n\r\n');
        far.write(head);
        far.pipe(near).pipe(far);
      });
      this.#keep(far);
      far.on('error', () => near.destroy());
      return near.on('error', () => far.destroy());
    });
  }

  #keep(socket: Duplex): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
  }

  /** `host` as in `URL.host`: the only site that is let through. */
  static async open(host: string): Promise<ListeningProxy> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new ListeningProxy(server, host);
  }

  /** For a browser's context. */
  get settings(): { server: string; bypass: string } {
    const { port } = this.server.address() as AddressInfo;
    // Of itself, Chromium goes to its own machine without a proxy.
    return { server: `http://127.0.0.1:${port}`, bypass: '<-loopback>' };
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
