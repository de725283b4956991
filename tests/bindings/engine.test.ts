/** The engine in WebAssembly, through the wrapper that the audio worklet uses. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { Kind, type PipeParts } from '../../bindings/src/pipe/pipe.js';
import { makePipe, networkEnd, workletEnd } from '../../bindings/src/pipe/make.js';
import { Engine, type EngineOptions } from '../../bindings/src/worklet/engine.js';
import { Random } from '../../bindings/src/bench/random.js';

const wasm = await readFile(new URL('../../build/wasm/bin/tutti.wasm', import.meta.url));

const USUAL: EngineOptions = {
  sampleRate: 48_000,
  maxFrames: 128,
  maxPeers: 4,
  packetFrames: 128,
  bits: 16,
};
const EPOCH_US = 1.7e15;
const engineOf = (options: Partial<EngineOptions> = {}): Engine =>
  new Engine(wasm, { ...USUAL, ...options });

/** Different in every frame, and exact in 16 bits, and below the limiter's knee. */
const left = (n: number): number => (((n * 7919) & 0x7fff) - 16_384) / 32_768;
const right = (n: number): number => (((n * 104_729) & 0x7fff) - 16_384) / 32_768;

/** One musician's engine, playing on. */
class Musician {
  captured = 0;
  readonly heard: [number[], number[]] = [[], []];

  constructor(readonly engine: Engine) {}

  /** Plays one quantum and returns its packets. */
  play(frames: number, channels = 2): Uint8Array<ArrayBuffer>[] {
    const { engine } = this;
    for (let i = 0; i < frames; i++) {
      engine.input[0]![i] = left(this.captured + i);
      engine.input[1]![i] = right(this.captured + i);
    }
    this.captured += frames;
    return Array.from({ length: engine.capture(channels, frames) }, (_, i) => {
      const at = engine.packetAddress(i);
      return new Uint8Array(engine.memory.slice(at, at + engine.packetBytes(i)));
    });
  }
  receive(peer: number, packet: Uint8Array, timeUs = EPOCH_US): void {
    const { engine } = this;
    new Uint8Array(engine.memory).set(packet, engine.address);
    engine.time[0] = timeUs;
    engine.take(Kind.Datagram, peer, packet.length);
  }
  render(frames: number): void {
    this.engine.render(frames);
    for (const [c, heard] of this.heard.entries()) {
      heard.push(...this.engine.output[c]!.subarray(0, frames));
    }
  }
  report(peer: number): Record<string, number> {
    const report = this.engine.peerReport(peer);
    assert.ok(report, 'no such peer');
    return report;
  }
}

/** The delay in frames at which the end of what was heard is what was played, bit for bit. */
function exactDelay(musician: Musician, checked: number): number | null {
  const [l, r] = musician.heard;
  const begin = l.length - checked;
  for (let delay = 0; delay < 20_000; delay++) {
    let same = 0;
    while (
      same < checked &&
      l[begin + same] === left(begin + same - delay) &&
      r[begin + same] === right(begin + same - delay)
    ) {
      same++;
    }
    if (same === checked) return delay;
  }
  return null;
}

function playTo(peer: number, engine: Engine, delayMs = 10): Musician {
  engine.set('inputChannels', 0, 2);
  engine.addPeer(peer);
  engine.set('peerDelayMode', peer, 2);
  engine.set('peerDelayMs', peer, delayMs);
  return new Musician(engine);
}

describe('from the microphone to the loudspeakers', () => {
  for (const [frames, packetFrames, delayMs] of [
    [128, 128, 10],
    [64, 128, 10],
    [441, 128, 10],
    [128, 64, 10],
    [2048, 1024, 50],
  ] as const) {
    test(`sound passes bit for bit: quanta of ${frames}, packets of ${packetFrames}`, () => {
      const musician = playTo(2, engineOf({ maxFrames: 2048, packetFrames }), delayMs);
      while (musician.captured < 24_000) {
        for (const packet of musician.play(frames)) musician.receive(2, packet);
        musician.render(frames);
      }
      const delay = exactDelay(musician, 9600);
      assert.ok(delay !== null, 'not what was played');
      // Counted from the packet that came earliest: of several in a quantum, the last.
      assert.ok(Math.abs(delay - delayMs * 48) <= frames, String(delay));
      const report = musician.report(2);
      assert.equal(report['playing'], 1);
      assert.equal(report['lost'], 0);
      assert.equal(report['discontinuities'], 0);
      assert.equal(report['ratio'], 1);
      assert.ok(Math.abs(report['playoutDelayMs']! - delayMs) < 0.1, 'another delay');
    });
  }

  for (const make of ['port', 'ring'] as const) {
    test(`and so it does through the pipe: ${make}`, async () => {
      const engine = engineOf();
      const musician = playTo(1, engine);
      const parts: { worklet: PipeParts; network: PipeParts } = makePipe(make);
      const worklet = workletEnd(parts.worklet, engine);
      const network = networkEnd(parts.network);
      // The far end is oneself.
      network.onrecord = (_kind, _peer, _time, bytes) => {
        network.send(Kind.Datagram, 1, EPOCH_US, bytes);
      };
      for (let quantum = 0; quantum < 200; quantum++) {
        const packets = musician.play(128).length;
        for (let i = 0; i < packets; i++) {
          worklet.send(Kind.Datagram, 0, 0, engine.packetAddress(i), engine.packetBytes(i));
        }
        // Until it has come back: the network here has no jitter.
        while (musician.report(1)['received']! <= quantum) {
          await new Promise((resolve) => setImmediate(resolve));
          worklet.drain();
        }
        musician.render(128);
      }
      network.close();
      if (parts.worklet.make === 'port') parts.worklet.port.close();
      assert.notEqual(exactDelay(musician, 4800), null);
    });
  }

  test('a lost packet is concealed and counted', () => {
    const musician = playTo(0, engineOf());
    for (let quantum = 0; quantum < 200; quantum++) {
      for (const packet of musician.play(128)) {
        if (quantum % 50 !== 40) musician.receive(0, packet);
      }
      musician.render(128);
    }
    assert.equal(musician.report(0)['lost'], 4);
    assert.equal(musician.report(0)['concealedFrames']! >= 4 * 128, true);
    assert.equal(
      musician.heard.flat().every((x) => Math.abs(x) <= 1),
      true,
    );
  });

  test('one channel is sent as one', () => {
    const musician = new Musician(engineOf());
    assert.equal(musician.play(128)[0]!.length, 16 + 256);
    musician.engine.set('inputChannels', 0, 2);
    assert.equal(musician.play(128)[0]!.length, 16 + 512);
    assert.equal(musician.engine.packetBytes(1), 0);
    assert.equal(musician.engine.packetBytes(99), 0);
  });

  test('packets carry the time that the network told', () => {
    const { engine } = new Musician(engineOf());
    engine.time[0] = EPOCH_US;
    engine.take(Kind.Clock, 0, 0);
    engine.capture(1, 128);
    const sent = new DataView(engine.memory).getBigUint64(engine.packetAddress(0), true);
    assert.equal(Math.abs(Number(sent) - EPOCH_US) <= 1, true);
  });
});

describe('at another rate than 48 kHz', () => {
  for (const [sampleRate, frames] of [
    [44_100, 128],
    [96_000, 128],
    [16_000, 441],
  ] as const) {
    test(`a tone stays a tone at ${sampleRate} Hz`, () => {
      const engine = engineOf({ sampleRate, maxFrames: 2048 });
      const musician = playTo(1, engine, 60);
      const step = (2 * Math.PI * 1000) / sampleRate;
      const heard: number[] = [];
      let played = 0;
      let sent = 0;
      while (played < sampleRate) {
        for (let i = 0; i < frames; i++) {
          engine.input[0]![i] = 0.5 * Math.sin(step * (played + i));
        }
        played += frames;
        const packets = engine.capture(1, frames);
        sent += packets;
        for (let i = 0; i < packets; i++) {
          const at = engine.packetAddress(i);
          const bytes = engine.memory.slice(at, at + engine.packetBytes(i));
          musician.receive(1, new Uint8Array(bytes));
        }
        engine.render(frames);
        heard.push(...engine.output[0]!.subarray(0, frames));
      }
      // Packets are of 48 kHz, whatever the context's rate.
      assert.ok(Math.abs(sent - (48_000 * played) / sampleRate / 128) < 2, String(sent));
      // Of a whole number of periods, the share of the power that is the tone's.
      const x = heard.slice(-sampleRate / 2);
      let re = 0;
      let im = 0;
      let power = 0;
      for (const [i, v] of x.entries()) {
        re += v * Math.cos(step * i);
        im += v * Math.sin(step * i);
        power += v * v;
      }
      const share = (2 * (re * re + im * im)) / (x.length * power);
      assert.ok(1 - share < 1e-7, `${share} of it`);
      assert.ok(Math.abs(Math.sqrt((2 * power) / x.length) - 0.5) < 0.001, 'another level');
      assert.equal(engine.engineReport()['frames'], played);
      assert.equal(musician.report(1)['lost'], 0);
      assert.equal(musician.report(1)['discontinuities'], 0);
    });
  }
});

describe('peers', () => {
  test('come and go by their number', () => {
    const engine = engineOf();
    assert.equal(engine.addPeer(3), true);
    assert.equal(engine.addPeer(3), false);
    assert.equal(engine.addPeer(4), false);
    assert.equal(engine.addPeer(0xffffffff), false);
    assert.equal(engine.addPeer(-1), false);
    assert.equal(engine.removePeer(2), false);
    assert.equal(engine.removePeer(3), true);
    assert.equal(engine.removePeer(3), false);
    assert.equal(engine.peerReport(3), null);
    assert.equal(engine.addPeer(3), true);
  });

  test('of another one nothing is left', () => {
    const musician = playTo(0, engineOf());
    for (let quantum = 0; quantum < 100; quantum++) {
      for (const packet of musician.play(128)) musician.receive(0, packet);
      musician.render(128);
    }
    assert.equal(musician.report(0)['received']! > 90, true);
    musician.engine.removePeer(0);
    musician.engine.addPeer(0);
    const report = musician.report(0);
    for (const field of ['received', 'lost', 'late', 'playing', 'peak', 'rms', 'malformed']) {
      assert.equal(report[field], 0, field);
    }
    musician.heard[0].length = 0;
    musician.render(128);
    assert.equal(
      musician.heard[0].every((x) => x === 0),
      true,
    );
  });

  test('whatever they send, nothing throws and nothing is too loud', () => {
    const musician = new Musician(engineOf());
    const { engine } = musician;
    const random = new Random(5);
    for (let peer = 0; peer < 4; peer++) engine.addPeer(peer);
    let good = musician.play(128)[0]!;
    for (let quantum = 0; quantum < 2000; quantum++) {
      if (random.next() < 0.9) good = musician.play(128)[0]!;
      for (let i = random.below(4); i > 0; i--) {
        const packet = random.next() < 0.7 ? good.slice() : random.bytes(random.below(1200));
        if (random.next() < 0.3) packet[random.below(16)] = random.below(256);
        musician.receive(random.below(6), packet, EPOCH_US + random.below(1e9));
      }
      engine.time[0] = random.next() * 1e300;
      engine.take(random.below(5) as Kind, random.below(6), random.below(1 << 30));
      engine.render(128);
      for (const channel of engine.output) {
        assert.equal(
          channel.every((x) => Math.abs(x) < 1),
          true,
        );
      }
    }
    const malformed = [0, 1, 2, 3].map((peer) => musician.report(peer)['malformed']!);
    assert.equal(
      malformed.every((count) => count > 0),
      true,
    );
  });
});

describe('parameters', () => {
  const NAMES = ['inputChannels', 'mute', 'masterGainDb'];
  const PEER_NAMES = ['peerGainDb', 'peerPan', 'peerMute', 'peerSolo', 'peerDelayMode'];
  PEER_NAMES.push('peerDelayMs', 'peerLateCost');

  test('have the names that the session uses', () => {
    const engine = engineOf();
    engine.addPeer(1);
    for (const name of NAMES) assert.equal(engine.set(name, 99, 0), true, name);
    for (const name of PEER_NAMES) {
      assert.equal(engine.set(name, 1, 0), true, name);
      assert.equal(engine.set(name, 2, 0), false, name);
      assert.equal(engine.set(name, 0xffffffff, 0), false, name);
    }
  });

  test('that are not there change nothing', () => {
    const engine = engineOf();
    engine.addPeer(1);
    for (const name of ['', 'peer', 'Mute', 'mute ', 'peerGain', '0', 'toString', '__proto__']) {
      assert.equal(engine.set(name, 1, 1), false, name);
    }
  });

  test('take any number', () => {
    const musician = playTo(0, engineOf());
    for (const value of [NaN, Infinity, -Infinity, 1e300, -1e300]) {
      for (const name of [...NAMES, ...PEER_NAMES]) {
        assert.equal(musician.engine.set(name, 0, value), true);
        for (const packet of musician.play(128)) musician.receive(0, packet);
        musician.render(128);
      }
    }
    assert.equal(
      musician.heard.flat().every((x) => Math.abs(x) < 1),
      true,
    );
  });

  test('are heard: a muted microphone is silent', () => {
    const musician = playTo(0, engineOf());
    musician.engine.set('mute', 0, 1);
    for (let quantum = 0; quantum < 100; quantum++) {
      for (const packet of musician.play(128)) musician.receive(0, packet);
      musician.render(128);
    }
    assert.equal(
      musician.heard[0].slice(-4800).every((x) => x === 0),
      true,
    );
  });
});

describe('reports', () => {
  test('have the fields that the session shows', () => {
    const engine = engineOf();
    engine.addPeer(0);
    assert.deepEqual(Object.keys(engine.peerReport(0)!), [
      ...['received', 'lost', 'late', 'duplicate', 'reordered', 'recovered', 'malformed'],
      ...['concealedFrames', 'discontinuities', 'restarts', 'playing', 'playoutDelayMs'],
      ...['targetDelayMs', 'captureToPlayoutMs', 'roundTripMs', 'ratio', 'peak', 'rms'],
      ...['jitterMs', 'driftPpm', 'bits'],
    ]);
    assert.deepEqual(Object.keys(engine.engineReport()), [
      ...['frames', 'inputPeak', 'inputRms', 'outputPeak', 'outputRms', 'limiting'],
    ]);
  });

  test('count frames and measure levels', () => {
    const engine = engineOf();
    assert.deepEqual(engine.engineReport(), {
      ...{ frames: 0, inputPeak: 0, inputRms: 0, outputPeak: 0, outputRms: 0, limiting: 0 },
    });
    engine.input[0]!.fill(0.5);
    for (let i = 0; i < 10; i++) {
      engine.capture(1, 128);
      engine.render(128);
    }
    const report = engine.engineReport();
    assert.equal(report['frames'], 1280);
    assert.equal(report['inputPeak'], 0.5);
    assert.equal(report['outputPeak'], 0);
  });

  test('know the round trip and the age of the sound once clocks were compared', () => {
    const musician = playTo(0, engineOf());
    const { engine } = musician;
    assert.equal(Number.isNaN(musician.report(0)['roundTripMs']), true);
    const timeUs = (): number => EPOCH_US + (musician.captured * 1e6) / 48_000;
    for (let quantum = 0; quantum < 100; quantum++) {
      engine.time[0] = timeUs();
      engine.take(Kind.Clock, 0, 0);
      for (const packet of musician.play(128)) musician.receive(0, packet, timeUs());
      musician.render(128);
    }
    assert.equal(Number.isNaN(musician.report(0)['captureToPlayoutMs']), true);
    // Their clock is ours: the peer is oneself. 4 ms there, 1 ms to answer, 4 ms back.
    const now = timeUs();
    new DataView(engine.memory).setFloat64(engine.address, now - 9000, true);
    new DataView(engine.memory).setFloat64(engine.address + 8, now - 5000, true);
    new DataView(engine.memory).setFloat64(engine.address + 16, now - 4000, true);
    engine.time[0] = now;
    engine.take(Kind.Exchange, 0, 24);
    const report = musician.report(0);
    assert.equal(Math.abs(report['roundTripMs']! - 8) < 0.01, true);
    // The delay kept, and the quantum in which a packet is made.
    const age = report['captureToPlayoutMs']!;
    assert.ok(age > 10 && age < 10 + 2 * 2.67, String(age));
  });
});

describe('construction', () => {
  test('refuses what the engine cannot be', () => {
    for (const wrong of [
      { sampleRate: 0 },
      { sampleRate: 7_999 },
      { sampleRate: 192_001 },
      { maxFrames: 0 },
      { maxFrames: 4096 },
      { maxPeers: 0 },
      { maxPeers: 65 },
      { packetFrames: 8 },
      { packetFrames: 2048 },
      { bits: 12 },
    ]) {
      assert.throws(() => engineOf(wrong), RangeError, JSON.stringify(wrong));
    }
    assert.throws(
      () => new Engine(new Uint8Array([0, 97, 115, 109]), USUAL),
      WebAssembly.CompileError,
    );
  });

  test('gives every engine its own state', () => {
    const [a, b] = [engineOf(), engineOf()];
    a.addPeer(0);
    a.render(128);
    assert.equal(b.peerReport(0), null);
    assert.equal(b.engineReport()['frames'], 0);
  });

  test('fits its memory with all peers, and never grows it', () => {
    const engine = engineOf({ maxPeers: 64, maxFrames: 2048, packetFrames: 1024, bits: 32 });
    const { memory } = engine;
    const musician = new Musician(engine);
    for (let peer = 0; peer < 64; peer++) assert.equal(engine.addPeer(peer), true);
    for (let quantum = 0; quantum < 20; quantum++) {
      for (const packet of musician.play(2048)) {
        for (let peer = 0; peer < 64; peer++) musician.receive(peer, packet);
      }
      engine.render(2048);
    }
    assert.equal(engine.memory, memory);
    assert.equal(memory.byteLength > 0, true);
    assert.equal(engine.capacity >= 33_000, true);
    assert.equal(engine.address % 8, 0);
    assert.equal(musician.report(63)['playing'], 1);
  });

  // Tables, and the longer quanta of slower contexts.
  for (const sampleRate of [8000, 11_025, 44_100, 44_101, 192_000]) {
    test(`fits its memory with all peers at ${sampleRate} Hz`, () => {
      const engine = engineOf({ sampleRate, maxPeers: 64, maxFrames: 2048 });
      for (let peer = 0; peer < 64; peer++) assert.equal(engine.addPeer(peer), true);
      engine.capture(2, 2048);
      engine.render(2048);
      assert.equal(engine.engineReport()['frames'], 2048);
    });
  }

  test('answers to more frames than agreed with what was agreed', () => {
    const engine = engineOf({ maxFrames: 128 });
    engine.render(4096);
    assert.equal(engine.engineReport()['frames'], 128);
    assert.equal(engine.capture(2, 1 << 20) <= 1, true);
  });
});
