/** The environment: defaults, all problems at once, and the table that describes it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ConfigError, readConfig, VARIABLES } from '../../web/server/src/config.js';
import { builtPages, type Environment } from './harness.js';
import { makeCertificate } from './certificate.js';

const CERTIFICATE = makeCertificate();
const TLS = {
  TLS_CERT: CERTIFICATE.cert,
  TLS_KEY: CERTIFICATE.key,
};
const PAGES_DIR = builtPages();

function problems(environment: Environment): readonly string[] {
  try {
    readConfig({ PAGES_DIR, ...environment });
    return [];
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    return error.problems;
  }
}

test('defaults', () => {
  const config = readConfig({ PAGES_DIR });
  assert.equal(config.port, 8000);
  assert.equal(config.host, 'localhost');
  assert.equal(config.tls, null);
  assert.equal(config.publicUrl, null);
  assert.equal(config.trustProxy('127.0.0.1', 0), false);
  assert.deepEqual(config.allowedOrigins, []);
  assert.deepEqual(config.frameAncestors, ["'none'"]);
  assert.equal(config.graceMs, 30_000);
  assert.equal(config.roomTtlMs, 1_800_000);
  assert.deepEqual(config.ice, { stunUrls: [], turnUrls: [], turnAuth: null });
  assert.equal(config.roomSecret.length, 32);
  assert.notDeepEqual(config.roomSecret, readConfig({ PAGES_DIR }).roomSecret);
});

test('empty is not set', () => {
  const empty = Object.fromEntries(Object.keys(VARIABLES).map((name) => [name, ' ']));
  const { port, host } = readConfig({ ...empty, PAGES_DIR });
  assert.deepEqual({ port, host }, { port: 8000, host: 'localhost' });
});

test('with a certificate every address is listened on', () => {
  assert.equal(readConfig({ PAGES_DIR, ...TLS }).host, null);
  assert.equal(readConfig({ PAGES_DIR, ...TLS, HOST: '127.0.0.1' }).host, '127.0.0.1');
});

test('trusted proxies', () => {
  const hops = readConfig({ PAGES_DIR, TRUST_PROXY: '2' }).trustProxy;
  assert.deepEqual(
    [0, 1, 2].map((hop) => hops('203.0.113.1', hop)),
    [true, true, false],
  );
  const list = readConfig({ PAGES_DIR, TRUST_PROXY: 'loopback, 10.0.0.0/8' }).trustProxy;
  assert.equal(list('10.1.2.3', 0), true);
  assert.equal(list('127.0.0.1', 0), true);
  assert.equal(list('203.0.113.1', 0), false);
});

const WRONG: [name: string, environment: Environment, says: RegExp][] = [
  ['a port that is none', { PORT: 'abc' }, /^PORT is "abc": give a whole number from 0 to 65535/],
  ['a port too high', { PORT: '65536' }, /^PORT/],
  ['a fraction', { GRACE_SECONDS: '1.5' }, /^GRACE_SECONDS/],
  ['a negative number', { MAX_ROOMS: '-1' }, /^MAX_ROOMS/],
  ['a number with a unit', { ROOM_TTL_SECONDS: '30m' }, /^ROOM_TTL_SECONDS/],
  ['no rooms', { ROOMS_PER_MINUTE: '0' }, /^ROOMS_PER_MINUTE/],
  ['no sockets', { SOCKETS_PER_ADDRESS: '0' }, /^SOCKETS_PER_ADDRESS/],
  ['an address with a path', { PUBLIC_URL: 'https://x.example/tutti' }, /^PUBLIC_URL .*path/],
  ['an address without a scheme', { PUBLIC_URL: 'x.example' }, /^PUBLIC_URL .*https:\/\//],
  ['an address of another kind', { PUBLIC_URL: 'ftp://x.example' }, /^PUBLIC_URL/],
  ['an address with a password', { PUBLIC_URL: 'https://a:b@x.example' }, /^PUBLIC_URL/],
  ['any origin', { ALLOWED_ORIGINS: '*' }, /^ALLOWED_ORIGINS contains "\*"/],
  ['trusting everybody', { TRUST_PROXY: 'true' }, /^TRUST_PROXY .*number of proxies/],
  ['a policy in a policy', { FRAME_ANCESTORS: '*;script-src' }, /^FRAME_ANCESTORS contains/],
  ['none and some', { FRAME_ANCESTORS: "'none' 'self'" }, /^FRAME_ANCESTORS .*alone/],
  [
    'no pages',
    { PAGES_DIR: '/nowhere' },
    /index\.html, bench\.html, room\.html in \/nowhere.*scripts\/start/,
  ],
  ['a short secret', { ROOM_SECRET: 'hush' }, /^ROOM_SECRET is too short.*openssl rand/],
  ['a certificate alone', { TLS_CERT: TLS.TLS_CERT }, /^Only one of TLS_CERT and TLS_KEY/],
  ['a missing file', { ...TLS, TLS_KEY: '/nowhere.pem' }, /^TLS_KEY is "\/nowhere.pem".*ENOENT/],
  ['no certificate', { ...TLS, TLS_CERT: import.meta.filename }, /^TLS_CERT and TLS_KEY cannot/],
  ['STUN that is none', { STUN_URLS: 'stun.example' }, /^STUN_URLS contains.*stun:/],
  [
    'TURN with odd parameters',
    { TURN_URLS: 'turn:x?transport=tls', TURN_SECRET: 'x' },
    /^TURN_URLS contains/,
  ],
  ['TURN without credentials', { TURN_URLS: 'turn:x' }, /TURN_SECRET .*or both TURN_USERNAME/],
  ['half a login', { TURN_URLS: 'turn:x', TURN_USERNAME: 'x' }, /TURN_USERNAME and TURN_PASSWORD/],
  [
    'two ways at once',
    { TURN_URLS: 'turn:x', TURN_SECRET: 'x', TURN_USERNAME: 'x', TURN_PASSWORD: 'x' },
    /^A TURN server needs either/,
  ],
  ['credentials without a server', { TURN_SECRET: 'x' }, /^There are TURN credentials but no/],
  ['an unknown level', { LOG_LEVEL: 'loud' }, /^LOG_LEVEL is "loud": give one of .*info/],
];

for (const [name, environment, says] of WRONG) {
  test(`wrong: ${name}`, () => {
    const found = problems(environment);
    assert.equal(found.length, 1, found.join('\n'));
    assert.match(found[0]!, says);
  });
}

test('all problems at once', () => {
  const found = problems({ PORT: 'x', PUBLIC_URL: 'x', ROOM_SECRET: 'x', STUN_URLS: 'x,y' });
  assert.equal(found.length, 5);
});

test('secrets are not repeated in what is said', () => {
  const secrets = { ROOM_SECRET: 'HUSH', TURN_PASSWORD: 'HUSH', TURN_SECRET: 'HUSH' };
  assert.doesNotMatch(problems(secrets).join('\n'), /HUSH/);
});

test('CONFIGURATION.md lists exactly the variables that are read, with their defaults', () => {
  const path = join(import.meta.dirname, '../../web/server/CONFIGURATION.md');
  const rows = readFileSync(path, 'utf8').matchAll(/^\| `(\w+)` *\| *(.*?) *\| *(.*?) *\|$/gm);
  const documented: Record<string, string> = {};
  for (const [, name, value, meaning] of rows) {
    assert.ok(meaning, name);
    documented[name!] = /^`(.*)`$/.exec(value!)?.[1] ?? '';
  }
  assert.deepEqual(documented, { ...VARIABLES });

  // The list is also what the code reads, neither more nor less.
  const read = new Set<string>();
  const environment = new Proxy<Record<string, string>>(
    { PAGES_DIR },
    { get: (target, name: string) => (read.add(name), target[name]) },
  );
  readConfig(environment);
  assert.deepEqual([...read].sort(), Object.keys(VARIABLES).sort());
});
