/** Pages, headers, the interface for making rooms, origins, https. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { get, request, type IncomingHttpHeaders } from 'node:http';
import { get as getHttps } from 'node:https';
import { connect, createServer, type Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import { test } from 'node:test';
import { io } from 'socket.io-client';
import { listen } from '../../web/server/src/listen.js';
import { start } from './harness.js';
import { makeCertificate } from './certificate.js';

const { cert: CERT, key: KEY } = makeCertificate();

/** Like fetch, but with any Host and Origin. */
function ask(
  url: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {},
): Promise<{ status: number; headers: IncomingHttpHeaders; body: string }> {
  return new Promise((resolve, reject) => {
    request(url, { method, headers, agent: false }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    })
      .on('error', reject)
      .end();
  });
}

function directives(csp: unknown): Record<string, string> {
  assert.equal(typeof csp, 'string');
  return Object.fromEntries(
    (csp as string).split(';').map((directive) => {
      const [name, ...values] = directive.trim().split(' ');
      return [name, values.join(' ')];
    }),
  ) as Record<string, string>;
}

test('pages', async (t) => {
  const { url, newRoom } = await start(t);
  const room = await newRoom();
  const lobby = await ask(`${url}/`);
  assert.equal(lobby.status, 200);
  assert.match(lobby.body, /lobby/);
  assert.match(lobby.headers['content-type'] ?? '', /^text\/html/);
  assert.equal(lobby.headers['cache-control'], 'no-cache');
  assert.equal(lobby.headers['x-robots-tag'], undefined);

  for (const path of ['/bench', '/bench?run=loopback,quantum&seconds=30']) {
    const bench = await ask(url + path);
    assert.equal(bench.status, 200, path);
    assert.match(bench.body, /bench/);
    assert.equal(bench.headers['cache-control'], 'no-cache');
    assert.equal(bench.headers['cross-origin-embedder-policy'], 'require-corp');
  }

  for (const path of [`/r/${room.id}`, `/r/${room.id}?name=Anna&join`, '/r/gone']) {
    const page = await ask(url + path);
    assert.equal(page.status, 200, path);
    assert.match(page.body, /room/);
    assert.equal(page.headers['cache-control'], 'no-cache');
    assert.equal(page.headers['x-robots-tag'], 'noindex');
  }
  // Asked again, an unchanged page is not sent again.
  const again = await ask(`${url}/`, { headers: { 'if-none-match': lobby.headers.etag ?? '' } });
  assert.equal(again.status, 304);
  const head = await ask(`${url}/`, { method: 'HEAD' });
  assert.equal(head.status, 200);
});

test('what is not there is a plain 404, also with odd paths', async (t) => {
  const { url } = await start(t);
  const paths = [
    '/nowhere',
    '/r',
    '/r/a/b',
    '/room.html',
    '/bench.html',
    '/index.html',
    '/assets',
    '/assets/',
    '/assets/none.js',
    '/assets/../index.html',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/..%2f..%2fetc%2fpasswd',
    '/.env',
    '/%',
    '/r/%',
    '/%00',
  ];
  for (const path of paths) {
    const page = await new Promise<number>((resolve, reject) => {
      const { port } = new URL(url);
      // fetch would tidy these paths up.
      get({ port, path, agent: false }, (response) => {
        response.resume();
        assert.match(response.headers['content-type'] ?? '', /html/, path);
        assert.ok(response.headers['content-security-policy'], path);
        resolve(response.statusCode ?? 0);
      }).on('error', reject);
    });
    assert.equal(page, 404, path);
  }
  assert.equal((await ask(`${url}/`, { method: 'POST' })).status, 404);
});

test('hashed assets are cached for good, other files are asked for again', async (t) => {
  const { url } = await start(t);
  const script = await ask(`${url}/assets/room-B2x9.js`);
  assert.equal(script.status, 200);
  assert.equal(script.headers['cache-control'], 'public, max-age=31536000, immutable');
  assert.match(script.headers['content-type'] ?? '', /^text\/javascript/);
  // A worker needs the embedder policy on its own script.
  assert.equal(script.headers['cross-origin-embedder-policy'], 'require-corp');
  const wasm = await ask(`${url}/assets/engine-C3y8.wasm`);
  assert.equal(wasm.headers['content-type'], 'application/wasm');
  const icon = await ask(`${url}/favicon.svg`);
  assert.equal(icon.headers['cache-control'], 'no-cache');
  assert.match(icon.headers['content-type'] ?? '', /svg/);
});

test('files travel compressed to whoever understands it', async (t) => {
  const { url } = await start(t);
  const packed = await ask(`${url}/assets/large-D4z7.wasm`, {
    headers: { 'accept-encoding': 'gzip' },
  });
  assert.equal(packed.headers['content-encoding'], 'gzip');
  assert.match(packed.headers.vary ?? '', /accept-encoding/i);
  assert.ok(packed.body.length < 1000);
  const plain = await ask(`${url}/assets/large-D4z7.wasm`);
  assert.equal(plain.headers['content-encoding'], undefined);
  assert.equal(plain.body.length, 10_004);
});

test('security headers on everything', async (t) => {
  const { url } = await start(t);
  const { host } = new URL(url);
  for (const path of ['/', '/r/x', '/nowhere', '/api/rooms/x', '/healthz', '/favicon.svg']) {
    const { headers } = await ask(url + path);
    assert.deepEqual(
      directives(headers['content-security-policy']),
      {
        'default-src': "'none'",
        'script-src': "'self' 'wasm-unsafe-eval'",
        'worker-src': "'self'",
        'style-src': "'self'",
        'img-src': "'self' data:",
        'font-src': "'self'",
        'connect-src': `'self' ws://${host}`,
        'media-src': "'self' blob:",
        'manifest-src': "'self'",
        'base-uri': "'none'",
        'form-action': "'self'",
        'frame-ancestors': "'none'",
      },
      path,
    );
    assert.equal(headers['cross-origin-opener-policy'], 'same-origin');
    assert.equal(headers['cross-origin-embedder-policy'], 'require-corp');
    assert.equal(headers['cross-origin-resource-policy'], 'same-origin');
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['x-frame-options'], 'DENY');
    assert.equal(headers['referrer-policy'], 'no-referrer');
    assert.match(headers['permissions-policy'] as string, /microphone=\(self\)/);
    assert.match(headers['permissions-policy'] as string, /camera=\(self\)/);
    assert.match(headers['permissions-policy'] as string, /display-capture=\(self\)/);
    assert.equal(headers['strict-transport-security'], undefined);
    assert.equal(headers['x-powered-by'], undefined);
  }
});

test('a forged Host cannot write into the policy or into links', async (t) => {
  const { url } = await start(t);
  for (const host of ['x; script-src *', 'a b', 'x/../y', 'user@x']) {
    const page = await ask(url, { headers: { host } });
    const { 'script-src': script, 'connect-src': connections } = directives(
      page.headers['content-security-policy'] ??
        "script-src 'self' 'wasm-unsafe-eval'; connect-src",
    );
    assert.equal(script, "'self' 'wasm-unsafe-eval'", host);
    assert.doesNotMatch(connections ?? '', /ws:/, host);
    const created = await ask(`${url}/api/rooms`, { method: 'POST', headers: { host } });
    assert.equal(created.status, 400, host);
  }
});

test('health', async (t) => {
  const { url, newRoom, member } = await start(t);
  await member((await newRoom()).id, 'Anna');
  const health = await ask(`${url}/healthz`);
  assert.equal(health.status, 200);
  assert.equal(health.headers['cache-control'], 'no-store');
  assert.deepEqual(JSON.parse(health.body), { status: 'ok', rooms: 1, members: 1 });
});

test('asking after a room', async (t) => {
  const { url, newRoom, member } = await start(t);
  const { id } = await newRoom();
  assert.deepEqual(JSON.parse((await ask(`${url}/api/rooms/${id}`)).body), {
    id,
    members: 0,
    full: false,
  });
  await member(id, 'Anna');
  const room = await ask(`${url}/api/rooms/${id}`);
  assert.equal(room.headers['cache-control'], 'no-store');
  assert.deepEqual(JSON.parse(room.body), { id, members: 1, full: false });

  for (const unknown of ['A'.repeat(22), 'x', '__proto__', '%00']) {
    const answer = await ask(`${url}/api/rooms/${unknown}`);
    assert.equal(answer.status, 404);
    const { error } = JSON.parse(answer.body) as { error: { code: string; message: string } };
    assert.equal(error.code, 'room-unknown');
    assert.ok(error.message);
  }
  // Under /api errors are JSON, whatever is asked.
  for (const [path, status] of [
    ['/api/rooms/%', 400],
    ['/api/rooms', 404],
    ['/api/x', 404],
  ] as const) {
    const answer = await ask(url + path);
    assert.equal(answer.status, status, path);
    assert.ok((JSON.parse(answer.body) as { error: { code: string } }).error.code, path);
  }
});

test('the link of a room: from the request, never from headers that anybody can write', async (t) => {
  const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'tutti.example' };
  const link = async (url: string, headers: Record<string, string>): Promise<string> => {
    const answer = await ask(`${url}/api/rooms`, { method: 'POST', headers });
    assert.equal(answer.status, 201);
    const { id, url: link } = JSON.parse(answer.body) as { id: string; url: string };
    assert.equal(answer.headers.location, link);
    return link.replace(id, 'ID');
  };
  const plain = await start(t);
  assert.equal(await link(plain.url, {}), `${plain.url}/r/ID`);
  assert.equal(await link(plain.url, forwarded), `${plain.url}/r/ID`);
  assert.equal(await link(plain.url, { host: 'other.example:81' }), 'http://other.example:81/r/ID');

  const proxied = await start(t, { TRUST_PROXY: 'loopback' });
  assert.equal(await link(proxied.url, forwarded), 'https://tutti.example/r/ID');
  const distant = await start(t, { TRUST_PROXY: '10.0.0.0/8' });
  assert.equal(await link(distant.url, forwarded), `${distant.url}/r/ID`);

  const configured = await start(t, { PUBLIC_URL: 'https://rooms.example/' });
  assert.equal(await link(configured.url, forwarded), 'https://rooms.example/r/ID');
});

test('only pages of our own origin and of ALLOWED_ORIGINS get a connection', async (t) => {
  const admitted = async (
    running: Awaited<ReturnType<typeof start>>,
    origin: string,
    headers: Record<string, string> = {},
  ): Promise<boolean> => running.client({ origin, headers }).connected();

  const plain = await start(t);
  const { port } = new URL(plain.url);
  assert.equal(await admitted(plain, plain.url), true);
  assert.equal(await plain.client().connected(), true, 'a program that is not a browser');
  assert.equal(await admitted(plain, `https://localhost:${port}`), false, 'another scheme');
  assert.equal(await admitted(plain, 'http://localhost:1'), false, 'another port');
  assert.equal(await admitted(plain, 'https://evil.example'), false);
  assert.equal(await admitted(plain, 'null'), false);
  assert.equal(
    await admitted(plain, 'https://evil.example', {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
    }),
    false,
    'headers that anybody can write',
  );
  const [line] = await plain.log.until('Refused a connection from a page of another site.', 5);
  assert.equal(line?.['expected'], plain.url);

  const open = await start(t, {
    ALLOWED_ORIGINS: 'https://school.example, https://other.example:8443',
    PUBLIC_URL: 'https://rooms.example',
  });
  assert.equal(await admitted(open, 'https://school.example'), true);
  assert.equal(await admitted(open, 'https://other.example:8443'), true);
  assert.equal(await admitted(open, 'https://rooms.example'), true);
  assert.equal(await admitted(open, 'https://school.example.evil.example'), false);

  const proxied = await start(t, { TRUST_PROXY: '1' });
  const headers = { 'x-forwarded-host': 'tutti.example', 'x-forwarded-proto': 'https' };
  assert.equal(await admitted(proxied, 'https://tutti.example', headers), true);
  assert.equal(await admitted(proxied, 'https://evil.example', headers), false);
});

test('other sites cannot make rooms, allowed ones can', async (t) => {
  const { url } = await start(t, { ALLOWED_ORIGINS: 'https://school.example' });
  const create = (origin: string, method = 'POST') =>
    ask(`${url}/api/rooms`, { method, headers: { origin } });
  assert.equal((await create(url)).status, 201);

  const refused = await create('https://evil.example');
  assert.equal(refused.status, 403);
  assert.equal(refused.headers['access-control-allow-origin'], undefined);
  assert.equal((await create('https://evil.example', 'OPTIONS')).status, 403);

  const allowed = await create('https://school.example');
  assert.equal(allowed.status, 201);
  assert.equal(allowed.headers['access-control-allow-origin'], 'https://school.example');
  assert.match(allowed.headers.vary ?? '', /Origin/);
  const preflight = await create('https://school.example', 'OPTIONS');
  assert.equal(preflight.status, 204);
  assert.match(preflight.headers['access-control-allow-methods'] ?? '', /POST/);
});

test('who may put us into a frame', async (t) => {
  const { url } = await start(t, { FRAME_ANCESTORS: 'self https://school.example' });
  const { headers } = await ask(url);
  const policy = directives(headers['content-security-policy']);
  assert.equal(policy['frame-ancestors'], "'self' https://school.example");
  assert.equal(headers['x-frame-options'], undefined);
  assert.equal(headers['cross-origin-resource-policy'], 'cross-origin');
});

test('https, with its headers', async (t) => {
  const { server } = await start(t, { TLS_CERT: CERT, TLS_KEY: KEY });
  assert.match(server.url, /^https:\/\/localhost:\d+$/);
  const ca = readFileSync(CERT);
  const page = (host: string): Promise<IncomingHttpHeaders> =>
    new Promise((resolve, reject) => {
      getHttps(
        server.url,
        { ca, servername: 'localhost', headers: { host }, agent: false },
        (response) => {
          response.resume();
          assert.equal(response.statusCode, 200);
          resolve(response.headers);
        },
      ).on('error', reject);
    });
  const headers = await page('tutti.example');
  assert.equal(headers['strict-transport-security'], 'max-age=31536000');
  const policy = directives(headers['content-security-policy']);
  assert.equal(policy['connect-src'], "'self' wss://tutti.example");
  // On localhost it would break every other program's http there.
  assert.equal((await page('localhost:8000'))['strict-transport-security'], undefined);

  const socket = io(`${server.url}/room`, {
    transports: ['websocket'],
    ca: ca.toString(),
    forceNew: true,
    reconnection: false,
    extraHeaders: { origin: server.url },
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  socket.disconnect();
});

test('behind a proxy that does https', async (t) => {
  const { url } = await start(t, { PUBLIC_URL: 'https://rooms.example' });
  const { headers } = await ask(url);
  assert.equal(headers['strict-transport-security'], 'max-age=31536000');
  const policy = directives(headers['content-security-policy']);
  assert.equal(policy['connect-src'], "'self' wss://rooms.example");
});

test('localhost is both loopback addresses, and no other', async (t) => {
  const { url } = await start(t);
  const port = Number(new URL(url).port);
  assert.equal(await reachable('127.0.0.1', port), true);
  assert.equal(await reachable('127.0.0.2', port), false);
  assert.equal(await reachable('::1', port), hasIPv6());
});

test('a port that is free on one loopback address only: another is chosen, if it may be', async (t) => {
  if (!hasIPv6()) return t.skip('no IPv6 here');
  const taken = (): Server => {
    const main = createServer();
    t.after(() => void main.close());
    const fail = (): Server => {
      const error = Object.assign(new Error('taken'), { code: 'EADDRINUSE' });
      process.nextTick(() => main.emit('error', error));
      return main;
    };
    t.mock.method(main, 'listen', fail, { times: 1 });
    return main;
  };
  const { port, stop } = await listen(taken(), 0, 'localhost');
  assert.equal(await reachable('127.0.0.1', port), true);
  assert.equal(await reachable('::1', port), true);
  stop();
  await assert.rejects(listen(taken(), port, 'localhost'), { code: 'EADDRINUSE' });
  assert.equal(await reachable('::1', port), false);
});

function reachable(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

function hasIPv6(): boolean {
  const addresses = Object.values(networkInterfaces()).flatMap((some) => some ?? []);
  return addresses.some(({ address }) => address === '::1');
}

test('signalling is WebSocket only, in its own namespace', async (t) => {
  const { url } = await start(t);
  const polling = await ask(`${url}/socket.io/?EIO=4&transport=polling`);
  assert.equal(polling.status, 400);
  assert.notEqual((await ask(`${url}/socket.io/socket.io.js`)).status, 200);
  for (const namespace of ['/', '/other']) {
    const socket = io(url + namespace, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect_error', () => resolve());
      socket.once('connect', () => reject(new Error(`${namespace} let us in`)));
    });
    socket.disconnect();
  }
});
