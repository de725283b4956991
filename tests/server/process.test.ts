/** The real process: what it prints, how it ends. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { build } from 'esbuild';
import { builtPages, Client } from './harness.js';

const ROOT = join(import.meta.dirname, '../..');
// Inside web/server, where its dependencies are found; dist/ is not in git.
const MAIN = join(ROOT, `web/server/dist/process-test-${process.pid}.mjs`);
const PAGES_DIR = builtPages();

before(async () => {
  await build({
    entryPoints: [join(ROOT, 'web/server/src/main.ts')],
    outfile: MAIN,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
  });
});
after(() => rmSync(MAIN, { force: true }));

interface Run {
  process: ChildProcess;
  stdout: () => string;
  stderr: () => string;
  /** The address that the first line says. */
  ready: Promise<string>;
  exit: Promise<{ code: number | null; signal: string | null }>;
}

function run(t: { after(action: () => void): void }, environment: Record<string, string>): Run {
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env['PATH'], PAGES_DIR, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.after(() => void child.kill('SIGKILL'));
  let stdout = '';
  let stderr = '';
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      const line = /^listening on (http:\/\/localhost:\d+)\n/.exec(stdout);
      if (line) resolve(line[1]!);
    });
    child.on('close', () => reject(new Error(`not ready: ${stdout}${stderr}`)));
  });
  ready.catch(() => {});
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  // "close" comes after all output.
  const exit = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as string | null,
  }));
  return { process: child, stdout: () => stdout, stderr: () => stderr, ready, exit };
}

function logged(stderr: string): { level: string; msg: string }[] {
  return stderr
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { level: string; msg: string });
}

describe('the process', { concurrency: true }, () => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    test(`${signal}: pages are told, connections end, exit code 0`, async (t) => {
      const server = run(t, { PORT: '0' });
      const url = await server.ready;
      const room = (await (await fetch(`${url}/api/rooms`, { method: 'POST' })).json()) as {
        id: string;
      };
      const anna = new Client(url);
      await anna.join({ room: room.id, name: 'Anna Secretname' });
      // A connection kept alive must not keep the process alive.
      const agent = new Agent({ keepAlive: true });
      await new Promise((resolve) => {
        get(`${url}/healthz`, { agent }, (response) => response.resume().on('end', resolve));
      });

      server.process.kill(signal);
      assert.deepEqual(await anna.next(), ['closing']);
      // A reason on which socket.io reconnects by itself.
      assert.equal(await anna.disconnected(), 'transport close');
      assert.deepEqual(await server.exit, { code: 0, signal: null });
      agent.destroy();

      assert.equal(server.stdout(), `listening on ${url}\n`);
      const lines = logged(server.stderr());
      assert.ok(lines.some((line) => line.level === 'info' && line.msg === 'joined'));
      assert.doesNotMatch(server.stderr(), /Secretname/);
      assert.ok(!server.stderr().includes(room.id), 'the log has the key to a room');
    });
  }

  test('problems of the configuration: all of them, on stderr, exit code 1', async (t) => {
    const server = run(t, { PORT: 'abc', PAGES_DIR: '/nowhere', TURN_URLS: 'turn:x' });
    assert.deepEqual(await server.exit, { code: 1, signal: null });
    assert.equal(server.stdout(), '');
    const lines = logged(server.stderr());
    assert.deepEqual(
      lines.map((line) => line.level),
      ['fatal', 'fatal', 'fatal'],
    );
    assert.match(server.stderr(), /scripts\/start/);
  });

  test('a port that is taken', async (t) => {
    const other = createServer().listen(0, '127.0.0.1');
    t.after(() => void other.close());
    await once(other, 'listening');
    const port = String((other.address() as AddressInfo).port);
    const server = run(t, { PORT: port });
    assert.deepEqual(await server.exit, { code: 1, signal: null });
    const [line] = logged(server.stderr());
    assert.match(line!.msg, new RegExp(`Port ${port} is taken.*set PORT`));
  });
});
