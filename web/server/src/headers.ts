import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { Config } from './config.js';
import type { Origins } from './origins.js';

/** What our pages use, and of the rest what no script that sneaks in should get. */
const PERMISSIONS = [
  'microphone=(self)',
  'camera=(self)',
  'display-capture=(self)',
  'autoplay=(self)',
  'screen-wake-lock=(self)',
  'clipboard-write=(self)',
  'fullscreen=(self)',
  'geolocation=()',
  'payment=()',
  'usb=()',
  'serial=()',
  'hid=()',
  'accelerometer=()',
  'gyroscope=()',
  'magnetometer=()',
].join(', ');

/** The headers of every answer. */
export function headers(config: Config, origins: Origins): RequestHandler[] {
  const framed = !config.frameAncestors.includes("'none'");

  const policies = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        // WebAssembly may be compiled; strings may not become scripts.
        scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
        workerSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: [
          "'self'",
          // Safari before 15.4 does not count ws: to our own host as 'self'.
          (request) => origins.public(request)?.replace(/^http/, 'ws') ?? "'self'",
        ],
        mediaSrc: ["'self'", 'blob:'],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: config.frameAncestors,
      },
    },
    // Together these two make a page `crossOriginIsolated`, which SharedArrayBuffer needs. Not only
    // on pages: the script of a worker must carry the embedder policy too.
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: { policy: 'require-corp' },
    // An isolated page of another site can only frame us if we say that it may load us.
    crossOriginResourcePolicy: { policy: framed ? 'cross-origin' : 'same-origin' },
    // For browsers without frame-ancestors; it cannot express a list of sites.
    xFrameOptions: framed ? false : { action: 'deny' },
    strictTransportSecurity: false,
    // A room's address is its key.
    referrerPolicy: { policy: 'no-referrer' },
  });

  return [
    policies,
    (request, response, next) => {
      response.set('Permissions-Policy', PERMISSIONS);
      // With our own certificate the host that was asked for counts; behind a proxy, the public one.
      const origin = config.tls === null ? origins.public(request) : origins.own(request);
      if (origin?.startsWith('https:') && !isLocalhost(origin)) {
        // Not for subdomains: they may belong to somebody else.
        response.set('Strict-Transport-Security', 'max-age=31536000');
      }
      next();
    },
  ];
}

/** Where https is being tried out, and http must go on working for every other program. */
function isLocalhost(origin: string): boolean {
  const { hostname } = new URL(origin);
  return hostname === 'localhost' || hostname.endsWith('.localhost');
}
