import { createServer, type AddressInfo, type Server } from 'node:net';

/**
 * Starts to listen and answers the port. `host` null is every address; "localhost" is both loopback
 * addresses, because a browser may try either, and finds another program there if we take only one.
 */
export async function listen(main: Server, port: number, host: string | null): Promise<Listening> {
  const alone = async (where: string | null): Promise<Listening> => {
    await bind(main, port, where);
    return { port: portOf(main), stop: () => {} };
  };
  if (host !== 'localhost') return alone(host);

  for (let attempt = 1; ; attempt++) {
    // Hands its connections to the main server, which is how node wants this to be done.
    const second = createServer((connection) => main.emit('connection', connection));
    try {
      await bind(second, port, '::1');
    } catch (error) {
      // This machine has no IPv6.
      if (isCode(error, 'EADDRNOTAVAIL', 'EAFNOSUPPORT')) return alone('127.0.0.1');
      throw error;
    }
    try {
      await bind(main, portOf(second), '127.0.0.1');
      return { port: portOf(main), stop: () => second.close() };
    } catch (error) {
      second.close();
      // With port 0 the system chose for one address a port that is taken on the other; it may
      // choose again.
      if (!isCode(error, 'EADDRINUSE') || port !== 0 || attempt === 5) throw error;
    }
  }
}

export interface Listening {
  port: number;
  /** Stops what `listen` opened besides the main server. */
  stop(): void;
}

function bind(server: Server, port: number, host: string | null): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, ...(host === null ? {} : { host }) }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function isCode(error: unknown, ...codes: string[]): boolean {
  return codes.includes((error as NodeJS.ErrnoException).code ?? '');
}
