import type { IncomingMessage } from 'node:http';
import { ipKeyGenerator } from 'express-rate-limit';
import proxyaddr from 'proxy-addr';
import type { Config } from './config.js';

/**
 * Where a request comes from and which address it was made to. X-Forwarded-* is what anybody may
 * write into a request: it counts only when it was written by a proxy that TRUST_PROXY names.
 */
export class Origins {
  readonly #config: Pick<Config, 'publicUrl' | 'allowedOrigins' | 'trustProxy' | 'tls'>;

  constructor(config: Pick<Config, 'publicUrl' | 'allowedOrigins' | 'trustProxy' | 'tls'>) {
    this.#config = config;
  }

  /** The address of the client, to count by. */
  address(request: IncomingMessage): string {
    // Without a remote address the connection is already gone, and it does not matter.
    if (request.socket.remoteAddress === undefined) return 'gone';
    // One household has a whole IPv6 network, and would otherwise have as many counts.
    return ipKeyGenerator(proxyaddr(request, this.#config.trustProxy));
  }

  /** The origin under which this request reached us (`https://host:port`), null when unreadable. */
  own(request: IncomingMessage): string | null {
    const proxied = this.#config.trustProxy(request.socket.remoteAddress ?? '', 0);
    const forwarded = (name: string): string | undefined => {
      const value = proxied ? request.headers[name] : undefined;
      return (Array.isArray(value) ? value[0] : value)?.split(',')[0]?.trim();
    };
    const scheme = forwarded('x-forwarded-proto') ?? (this.#config.tls === null ? 'http' : 'https');
    const host = forwarded('x-forwarded-host') ?? request.headers.host;
    // Only what an origin consists of: the host ends up in links and in the content policy.
    if (host === undefined || !/^[A-Za-z0-9._-]+(:\d+)?$|^\[[0-9A-Fa-f:.]+\](:\d+)?$/.test(host)) {
      return null;
    }
    if (scheme !== 'http' && scheme !== 'https') return null;
    try {
      return new URL(`${scheme}://${host}`).origin;
    } catch {
      return null;
    }
  }

  /** The origin that people should see in links. */
  public(request: IncomingMessage): string | null {
    return this.#config.publicUrl ?? this.own(request);
  }

  /**
   * May the page that made this request talk to us? A browser always says where a page is from when
   * it opens a WebSocket or sends a POST; without Origin it is another program, which could say
   * anything, and which has no visitor whose rights it could abuse.
   */
  accepts(request: IncomingMessage): boolean {
    const origin = request.headers.origin;
    if (origin === undefined) return true;
    if (origin === this.own(request) || origin === this.#config.publicUrl) return true;
    return this.isAllowed(origin);
  }

  /** One of the other sites in ALLOWED_ORIGINS. */
  isAllowed(origin: string): boolean {
    return this.#config.allowedOrigins.includes(origin);
  }
}
