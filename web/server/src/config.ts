import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createSecureContext } from 'node:tls';
import { fileURLToPath } from 'node:url';
import proxyaddr from 'proxy-addr';
import type { IceConfig } from './ice.js';
import { missingPages } from './pages.js';

/**
 * Every variable that the server reads and its default; '' is "not set". CONFIGURATION.md explains
 * them, and a test sees to it that it has exactly these.
 */
export const VARIABLES = {
  PORT: '8000',
  HOST: '',
  PUBLIC_URL: '',
  TLS_CERT: '',
  TLS_KEY: '',
  TRUST_PROXY: '',
  ALLOWED_ORIGINS: '',
  FRAME_ANCESTORS: "'none'",
  PAGES_DIR: '../app/dist',
  ROOM_SECRET: '',
  GRACE_SECONDS: '30',
  ROOM_TTL_SECONDS: '1800',
  MAX_ROOMS: '10000',
  ROOMS_PER_MINUTE: '30',
  SOCKETS_PER_ADDRESS: '256',
  ECHOES: '8',
  ECHOES_PER_ADDRESS: '4',
  ECHO_UDP_PORTS: '',
  STUN_URLS: '',
  TURN_URLS: '',
  TURN_USERNAME: '',
  TURN_PASSWORD: '',
  TURN_SECRET: '',
  TURN_TTL_SECONDS: '43200',
  LOG_LEVEL: 'info',
} as const;

export type Variable = keyof typeof VARIABLES;

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export interface Config {
  port: number;
  /** null: every address of this machine. */
  host: string | null;
  /** An origin, without a slash at the end. */
  publicUrl: string | null;
  tls: { cert: Buffer; key: Buffer } | null;
  /** Is the `hop`th machine before us (0 is the nearest) one whose X-Forwarded-* we believe? */
  trustProxy: (address: string, hop: number) => boolean;
  allowedOrigins: string[];
  frameAncestors: string[];
  pagesDir: string;
  roomSecret: Buffer;
  graceMs: number;
  roomTtlMs: number;
  maxRooms: number;
  roomsPerMinute: number;
  socketsPerAddress: number;
  /** At a time, in all; 0: none. */
  echoes: number;
  echoesPerAddress: number;
  /** null: any. */
  echoUdpPorts: { min: number; max: number } | null;
  ice: IceConfig;
  logLevel: (typeof LOG_LEVELS)[number];
}

/** Everything that is wrong, each with what to do about it. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** The folder that this file's relative paths start from: web/server. */
const HERE = fileURLToPath(new URL('..', import.meta.url));

/** Reads the environment; throws a `ConfigError` with all problems at once. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const read = new Reader(environment);

  const tls = readTls(read);
  const config: Config = {
    port: read.whole('PORT', 0, 65535),
    // Without a certificate only this machine's own browsers could use a microphone anyway.
    host: read.text('HOST') || (tls === null ? 'localhost' : null),
    publicUrl: read.origin('PUBLIC_URL'),
    tls,
    trustProxy: readTrust(read),
    allowedOrigins: read.list('ALLOWED_ORIGINS', asOrigin, 'https://school.example'),
    frameAncestors: readFrameAncestors(read),
    pagesDir: readPagesDir(read),
    roomSecret: readSecret(read),
    graceMs: 1000 * read.whole('GRACE_SECONDS', 0, 3600),
    roomTtlMs: 1000 * read.whole('ROOM_TTL_SECONDS', 1, 14 * 24 * 3600),
    maxRooms: read.whole('MAX_ROOMS', 1, 1_000_000),
    roomsPerMinute: read.whole('ROOMS_PER_MINUTE', 1, 100_000),
    socketsPerAddress: read.whole('SOCKETS_PER_ADDRESS', 1, 100_000),
    echoes: read.whole('ECHOES', 0, 1_000),
    echoesPerAddress: read.whole('ECHOES_PER_ADDRESS', 1, 1_000),
    echoUdpPorts: readPorts(read),
    ice: readIce(read),
    logLevel: read.oneOf('LOG_LEVEL', LOG_LEVELS),
  };

  if (read.problems.length > 0) throw new ConfigError(read.problems);
  return config;
}

/** Reads single variables. What is wrong is noted, and something harmless returned, to go on. */
class Reader {
  readonly problems: string[] = [];
  readonly #environment: Record<string, string | undefined>;

  constructor(environment: Record<string, string | undefined>) {
    this.#environment = environment;
  }

  /** Empty counts as not set: that is how compose files leave something out. */
  text(name: Variable): string {
    return this.#environment[name]?.trim() || VARIABLES[name];
  }

  whole(name: Variable, least: number, most: number): number {
    const text = this.text(name);
    const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
    if (value >= least && value <= most) return value;
    this.wrong(
      name,
      `give a whole number from ${least} to ${most}, for example ${name}=${VARIABLES[name]}`,
    );
    return least;
  }

  origin(name: Variable): string | null {
    const text = this.text(name);
    if (text === '') return null;
    const origin = asOrigin(text);
    if (origin === null) {
      this.wrong(
        name,
        `give the address that people open, without a path, for example ${name}=https://tutti.example`,
      );
    }
    return origin;
  }

  oneOf<const Choice extends string>(name: Variable, choices: readonly Choice[]): Choice {
    const text = this.text(name);
    const choice = choices.find((one) => one === text);
    if (choice === undefined) this.wrong(name, `give one of ${choices.join(', ')}`);
    return choice ?? choices[0]!;
  }

  /** Separated by commas or spaces. `parse` answers null for what is not right. */
  list(name: Variable, parse: (item: string) => string | null, example: string): string[] {
    const items = this.text(name)
      .split(/[\s,]+/)
      .filter((item) => item !== '');
    return items.flatMap((item) => {
      const parsed = parse(item);
      if (parsed !== null) return [parsed];
      this.problems.push(`${name} contains "${item}": separate with commas, each like ${example}`);
      return [];
    });
  }

  wrong(name: Variable, advice: string): void {
    this.problems.push(`${name} is "${this.text(name)}": ${advice}`);
  }
}

function asOrigin(text: string): string | null {
  try {
    const url = new URL(text);
    const web = url.protocol === 'https:' || url.protocol === 'http:';
    const bare = url.href === `${url.origin}/`;
    return web && bare ? url.origin : null;
  } catch {
    return null;
  }
}

function readTls(read: Reader): Config['tls'] {
  const file = (name: 'TLS_CERT' | 'TLS_KEY'): Buffer | null => {
    const path = read.text(name);
    if (path === '') return null;
    try {
      return readFileSync(path);
    } catch (error) {
      read.wrong(
        name,
        `the file cannot be read (${reason(error)}); give the path of a PEM file that this user may read`,
      );
      return null;
    }
  };
  const cert = file('TLS_CERT');
  const key = file('TLS_KEY');
  const given = [read.text('TLS_CERT'), read.text('TLS_KEY')].filter((path) => path !== '').length;
  if (given === 1) {
    read.problems.push(
      'Only one of TLS_CERT and TLS_KEY is set: give both for https, or neither for http on localhost',
    );
  }
  if (cert === null || key === null) return null;
  try {
    createSecureContext({ cert, key });
    return { cert, key };
  } catch (error) {
    read.problems.push(
      `TLS_CERT and TLS_KEY cannot be used (${reason(error)}): give a certificate chain and its own private key, both PEM`,
    );
    return null;
  }
}

function readTrust(read: Reader): Config['trustProxy'] {
  const text = read.text('TRUST_PROXY');
  if (text === '') return () => false;
  if (/^[1-9]\d?$/.test(text)) {
    const hops = Number(text);
    return (_address, hop) => hop < hops;
  }
  try {
    return proxyaddr.compile(text.split(/[\s,]+/).filter((item) => item !== ''));
  } catch {
    // "true" would let everybody write their own address.
    read.wrong(
      'TRUST_PROXY',
      'give the number of proxies before this server (1), or their addresses (loopback, 10.0.0.0/8); leave it empty without a proxy',
    );
    return () => false;
  }
}

function readFrameAncestors(read: Reader): string[] {
  const keyword = (item: string): string | null =>
    /^'?(none|self)'?$/.test(item) ? `'${item.replaceAll("'", '')}'` : null;
  const list = read.list(
    'FRAME_ANCESTORS',
    (item) => keyword(item) ?? asOrigin(item),
    "https://school.example or 'self' or 'none'",
  );
  if (list.includes("'none'") && list.length > 1) {
    read.wrong('FRAME_ANCESTORS', "'none' must stand alone");
  }
  return list.length > 0 ? list : ["'none'"];
}

function readPagesDir(read: Reader): string {
  const directory = resolve(HERE, read.text('PAGES_DIR'));
  const missing = missingPages(directory);
  if (missing.length > 0) {
    read.problems.push(
      `The built pages are missing (no ${missing.join(', ')} in ${directory}): run scripts/start, which builds them, or set PAGES_DIR to where they are`,
    );
  }
  return directory;
}

function readSecret(read: Reader): Buffer {
  const text = read.text('ROOM_SECRET');
  if (text === '') return randomBytes(32);
  if (text.length < 32) {
    // Not through `wrong`, which would print the secret.
    read.problems.push(
      'ROOM_SECRET is too short: give at least 32 random characters, for example from: openssl rand -base64 32',
    );
  }
  return Buffer.from(text);
}

function readPorts(read: Reader): Config['echoUdpPorts'] {
  const text = read.text('ECHO_UDP_PORTS');
  if (text === '') return null;
  const [, min, max] = (/^(\d{1,5})-(\d{1,5})$/.exec(text) ?? []).map(Number);
  if (min !== undefined && max !== undefined && min >= 1024 && min <= max && max <= 65535) {
    return { min, max };
  }
  read.wrong('ECHO_UDP_PORTS', 'give two ports from 1024 to 65535, for example 40000-40100');
  return null;
}

function readIce(read: Reader): IceConfig {
  const url = (pattern: RegExp) => (item: string) => (pattern.test(item) ? item : null);
  const stunUrls = read.list('STUN_URLS', url(/^stuns?:[^\s?/@]+$/), 'stun:stun.example.org:3478');
  const turnUrls = read.list(
    'TURN_URLS',
    url(/^turns?:[^\s?/@]+(\?transport=(udp|tcp))?$/),
    'turn:turn.example.org:3478?transport=udp',
  );

  const username = read.text('TURN_USERNAME');
  const password = read.text('TURN_PASSWORD');
  const secret = read.text('TURN_SECRET');
  const ttlSeconds = read.whole('TURN_TTL_SECONDS', 60, 7 * 24 * 3600);
  const pair = username !== '' && password !== '';
  const anything = username + password + secret !== '';

  let turnAuth: IceConfig['turnAuth'] = null;
  if (secret !== '' && username + password === '') {
    turnAuth = { kind: 'secret', secret, ttlSeconds };
  } else if (pair && secret === '') {
    turnAuth = { kind: 'password', username, password };
  } else if (anything || read.text('TURN_URLS') !== '') {
    read.problems.push(
      "A TURN server needs either TURN_SECRET (coturn's static-auth-secret) or both TURN_USERNAME and TURN_PASSWORD: set one of the two",
    );
  }
  if (anything && read.text('TURN_URLS') === '') {
    read.problems.push(
      'There are TURN credentials but no TURN_URLS: set it, for example TURN_URLS=turn:turn.example.org:3478',
    );
  }
  return { stunUrls, turnUrls, turnAuth };
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
