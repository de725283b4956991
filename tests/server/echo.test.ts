/** Hearing oneself: what comes back, what is refused, and how it ends. */
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import wrtc from '@roamhq/wrtc';
import { LIMITS, type EchoAnswer } from 'tutti/protocol';
import { pino } from 'pino';
import { readEchoOffer } from '../../web/server/src/echo-offer.js';
import { Echoes } from '../../web/server/src/echo.js';
import { start, TestClock, type Environment, type Running } from './harness.js';

type Connection = InstanceType<typeof wrtc.RTCPeerConnection>;
type Channel = ReturnType<Connection['createDataChannel']>;

/** A page, as far as WebRTC goes. */
class Page {
  readonly pc = new wrtc.RTCPeerConnection();
  readonly audio: Channel = this.pc.createDataChannel('audio', {
    negotiated: true,
    id: 0,
    ordered: false,
    maxRetransmits: 0,
  });
  readonly control: Channel = this.pc.createDataChannel('control', { negotiated: true, id: 1 });
  readonly closed: Promise<void>;

  constructor(t: TestContext) {
    this.audio.binaryType = 'arraybuffer';
    this.closed = new Promise((resolve) => {
      this.audio.onclose = () => resolve();
    });
    t.after(() => this.pc.close());
  }

  async offer(): Promise<string> {
    await this.pc.setLocalDescription(await this.pc.createOffer());
    return this.pc.localDescription!.sdp;
  }

  async take({ sdp }: EchoAnswer): Promise<void> {
    const open = Promise.all(
      [this.audio, this.control].map(
        (channel) => new Promise<void>((resolve) => (channel.onopen = () => resolve())),
      ),
    );
    await this.pc.setRemoteDescription({ type: 'answer', sdp });
    await open;
  }

  next(channel: Channel): Promise<string | ArrayBuffer> {
    return new Promise((resolve) => {
      channel.onmessage = ({ data }: { data: string | ArrayBuffer }) => resolve(data);
    });
  }
}

function post(url: string, body: string, type = 'application/json'): Promise<Response> {
  return fetch(`${url}/api/echo`, { method: 'POST', headers: { 'content-type': type }, body });
}

async function hearOneself(t: TestContext, { url }: Running): Promise<Page> {
  const page = new Page(t);
  const response = await post(url, JSON.stringify({ sdp: await page.offer() }));
  assert.equal(response.status, 200);
  await page.take((await response.json()) as EchoAnswer);
  return page;
}

async function codeOf(response: Response): Promise<string> {
  return ((await response.json()) as { error: { code: string } }).error.code;
}

const begin = (t: TestContext, environment: Environment = {}): Promise<Running> =>
  start(t, environment);

test('whatever is sent comes back as it is, on both channels', async (t) => {
  const page = await hearOneself(t, await begin(t));
  const sound = Uint8Array.from({ length: 272 }, (_, i) => (i * 37) & 0xff);
  const back = page.next(page.audio);
  page.audio.send(sound);
  assert.deepEqual(new Uint8Array((await back) as ArrayBuffer), sound);
  const said = page.next(page.control);
  page.control.send('{"type":"ping","t0":1}');
  assert.equal(await said, '{"type":"ping","t0":1}');
});

test('it ends after a minute', async (t) => {
  const running = await begin(t);
  const page = await hearOneself(t, running);
  running.clock.advance(1000 * LIMITS.echoSeconds - 1);
  const back = page.next(page.audio);
  page.audio.send(new Uint8Array(4));
  await back;
  running.clock.advance(1);
  await page.closed;
  await running.log.until('echo closed');
});

test('it ends when the page goes, and when it never opens, and its place is free again', async (t) => {
  const running = await begin(t, { ECHOES: '2', ECHOES_PER_ADDRESS: '1' });
  const first = await hearOneself(t, running);
  const sdp = await new Page(t).offer();
  const refused = await post(running.url, JSON.stringify({ sdp }));
  assert.equal(refused.status, 503);
  assert.equal(refused.headers.get('retry-after'), String(LIMITS.echoSeconds));
  assert.equal(await codeOf(refused), 'echoes-exhausted');
  first.pc.close();
  await running.log.until('echo closed');

  // Asked for, and never come.
  assert.equal((await post(running.url, JSON.stringify({ sdp }))).status, 200);
  assert.equal((await post(running.url, JSON.stringify({ sdp }))).status, 503);
  running.clock.advance(15_000);
  await running.log.until('echo closed', 2);
  await hearOneself(t, running);
});

test('there is a limit in all, whatever the address', async (t) => {
  const running = await begin(t, { ECHOES: '2', TRUST_PROXY: '1' });
  const sdp = await new Page(t).offer();
  const from = (address: string): Promise<Response> =>
    fetch(`${running.url}/api/echo`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
      body: JSON.stringify({ sdp }),
    });
  assert.equal((await from('203.0.113.1')).status, 200);
  assert.equal((await from('203.0.113.2')).status, 200);
  assert.equal((await from('203.0.113.3')).status, 503);
});

test('one address may ask only so often', async (t) => {
  const running = await begin(t, { ROOMS_PER_MINUTE: '2' });
  for (let n = 0; n < 2; n++) assert.equal((await post(running.url, '{}')).status, 400);
  const third = await post(running.url, '{}');
  assert.equal(third.status, 429);
  assert.equal(await codeOf(third), 'rate-limited');
});

test('when the server goes down, it ends', async (t) => {
  const running = await begin(t);
  const page = await hearOneself(t, running);
  await running.server.close();
  await page.closed;
});

test('a flood is not sent back', async (t) => {
  const page = await hearOneself(t, await begin(t));
  let back = 0;
  const last = new Promise<void>((resolve) => {
    page.control.onmessage = ({ data }: { data: string | ArrayBuffer }) => {
      back++;
      if (data === 'last of the burst') resolve();
    };
  });
  // The clock stands still, so nothing is allowed anew.
  for (let n = 0; n < 499; n++) page.control.send('x');
  page.control.send('last of the burst');
  for (let n = 0; n < 500; n++) page.control.send('beyond');
  await last;
  const other = page.next(page.audio);
  page.audio.send(new Uint8Array([1]));
  await other;
  assert.equal(back, 500);
});

test('switched off, or without WebRTC, the server says so and does all else', async (t) => {
  const running = await begin(t, { ECHOES: '0' });
  const sdp = await new Page(t).offer();
  const off = await post(running.url, JSON.stringify({ sdp }));
  assert.equal(off.status, 501);
  assert.equal(await codeOf(off), 'echo-unavailable');
  await running.newRoom();

  const echoes = new Echoes({
    config: {
      echoes: 8,
      echoesPerAddress: 4,
      echoUdpPorts: null,
      ice: { stunUrls: [], turnUrls: [], turnAuth: null },
    },
    clock: new TestClock(),
    log: pino({ level: 'silent' }),
    load: () => Promise.resolve(null),
  });
  assert.deepEqual(await echoes.answer(readEchoOffer({ sdp })!, 'a'), { kind: 'unavailable' });
  assert.equal(echoes.size, 0);
});

test('only the chosen ports are used', async (t) => {
  const running = await begin(t, { ECHO_UDP_PORTS: '42000-42009' });
  const page = new Page(t);
  const response = await post(running.url, JSON.stringify({ sdp: await page.offer() }));
  const { sdp } = (await response.json()) as EchoAnswer;
  const ports = [...sdp.matchAll(/^a=candidate:\S+ 1 udp \d+ \S+ (\d+)/gm)].map(([, port]) =>
    Number(port),
  );
  assert.ok(ports.length > 0);
  for (const port of ports) assert.ok(port >= 42000 && port <= 42009, String(port));
});

test('candidates of an offer are not believed', async (t) => {
  const offer = await new Page(t).offer();
  const made = `${offer}a=candidate:1 1 udp 2122260223 192.0.2.1 7 typ host\r\na=end-of-candidates\r\n`;
  assert.doesNotMatch(readEchoOffer({ sdp: made })!, /candidate/);
  assert.match(readEchoOffer({ sdp: made })!, /a=ice-pwd:/);
});

test('hostile offers are refused, and the next good one is not', async (t) => {
  const running = await begin(t, { ROOMS_PER_MINUTE: '1000' });
  const good = await new Page(t).offer();
  const audio = 'm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:1\r\na=rtpmap:111 opus/48000/2\r\n';
  const bodies: Record<string, string> = {
    'no body': '',
    'not JSON': 'hello',
    null: 'null',
    'a list': '[]',
    'no sdp': '{}',
    'sdp of another type': '{"sdp":7}',
    'an sdp that is a list': '{"sdp":["v=0"]}',
    'an empty sdp': '{"sdp":""}',
    'not an sdp': '{"sdp":"hello"}',
    'an sdp without media': JSON.stringify({ sdp: 'v=0\r\ns=-\r\n' }),
    'sound as media': JSON.stringify({ sdp: good + audio }),
    'sound only': JSON.stringify({
      sdp: `v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n${audio}`,
    }),
    'data twice': JSON.stringify({ sdp: good + good.slice(good.indexOf('m=')) }),
    'control characters': JSON.stringify({ sdp: `${good}a=x\u0000y\r\n` }),
    'letters beyond ASCII': JSON.stringify({ sdp: `${good}a=ü\r\n` }),
    'very many lines': JSON.stringify({ sdp: good + 'a=x\r\n'.repeat(100) }),
    'no fingerprint': JSON.stringify({ sdp: good.replace(/^a=fingerprint.*\r\n/m, '') }),
    'no password': JSON.stringify({ sdp: good.replace(/^a=ice-pwd.*\r\n/m, '') }),
    'cut in the middle': JSON.stringify({ sdp: good.slice(0, good.indexOf('a=ice-pwd')) }),
  };
  for (const [what, body] of Object.entries(bodies)) {
    const response = await post(running.url, body);
    assert.equal(response.status, 400, what);
    assert.equal(await codeOf(response), 'request-invalid', what);
  }
  const long = JSON.stringify({ sdp: good.padEnd(LIMITS.echoBytes + 1, 'x') });
  assert.equal((await post(running.url, long)).status, 413);
  assert.equal((await post(running.url, JSON.stringify({ sdp: good }), 'text/plain')).status, 400);
  const elsewhere = await fetch(`${running.url}/api/echo`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'https://elsewhere.example' },
    body: JSON.stringify({ sdp: good }),
  });
  assert.equal(elsewhere.status, 403);
  await hearOneself(t, running);
});

test('no offer, however it is made up, brings the server down', async (t) => {
  const running = await begin(t, {
    ROOMS_PER_MINUTE: '1000',
    ECHOES: '1000',
    ECHOES_PER_ADDRESS: '1000',
  });
  const good = await new Page(t).offer();
  let seed = 7;
  const below = (n: number): number => (seed = (seed * 1664525 + 1013904223) >>> 0) % n;
  for (let round = 0; round < 25; round++) {
    const lines = good.split('\r\n');
    const at = 1 + below(lines.length - 1);
    const line = lines[at]!;
    const made = [
      line.slice(0, below(line.length + 1)),
      `${line}${'9'.repeat(below(40))}`,
      line.replace(/\d+/, '4294967296'),
      '',
    ];
    lines[at] = made[below(made.length)]!;
    const { status } = await post(running.url, JSON.stringify({ sdp: lines.join('\r\n') }));
    assert.ok(status === 200 || status === 400, `${status}: ${lines[at]}`);
  }
  await hearOneself(t, running);
});
