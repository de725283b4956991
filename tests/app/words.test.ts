import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PeerStats, SessionStats } from 'tutti';
import { pageRows, peerRows } from '../../web/app/src/logic/numbers.js';
import { en } from '../../web/app/src/words/en.js';
import { it } from '../../web/app/src/words/it.js';
import { pickLanguage } from '../../web/app/src/words/language.js';

/** Every text of a language, with functions called on something that fits. */
function texts(words: unknown, path = ''): [string, string][] {
  if (typeof words === 'string') return [[path, words]];
  if (typeof words === 'function') {
    const says = words as (...given: unknown[]) => unknown;
    if (path.endsWith('.resting')) {
      const kinds = [
        'well',
        'alone',
        'no-microphone',
        'rejoining',
        'unreachable',
        'lost',
        'waiting',
      ];
      return kinds.flatMap((kind) => texts(says({ kind, name: 'Maria' }), `${path}.${kind}`));
    }
    if (path.endsWith('.news')) {
      const kinds = ['came', 'left', 'lost', 'back', 'unreachable'];
      return kinds.flatMap((kind) => texts(says({ kind, name: 'Maria' }), `${path}.${kind}`));
    }
    if (path.endsWith('.processing')) return texts(says(['echoCancellation']), path);
    return texts(says(...Array<string>(says.length).fill('Maria')), path);
  }
  if (typeof words !== 'object' || words === null) return [[path, String(words)]];
  return Object.entries(words).flatMap(([key, value]) => texts(value, `${path}.${key}`));
}

test('every text says something, without exclamation marks or leftovers', () => {
  for (const words of [en, it]) {
    for (const [path, text] of texts(words)) {
      assert.ok(text.length > 0, `${words.language}${path} is empty`);
      assert.doesNotMatch(text, /!|undefined|\[object/, `${words.language}${path}: ${text}`);
      assert.doesNotMatch(text, /'/, `${words.language}${path} has a typewriter's apostrophe`);
    }
  }
});

test('Italian is Italian', () => {
  const english = new Map(texts(en));
  const same = texts(it)
    .filter(([path, text]) => english.get(path) === text && text.length > 5)
    .map(([path]) => path);
  assert.deepEqual(same, ['.loudspeaker.volume', '.musician.volume']);
});

test('the best language that we have', () => {
  assert.equal(pickLanguage(['it-CH', 'de']), 'it');
  assert.equal(pickLanguage(['de-AT', 'it', 'en']), 'it');
  assert.equal(pickLanguage(['de', 'fr']), 'en');
  assert.equal(pickLanguage([]), 'en');
});

test('the numbers of a session, in words', () => {
  const stats: SessionStats = {
    transport: 'worker/ring',
    context: { sampleRate: 44100, baseLatencyMs: 2.667, outputLatencyMs: 18.2 },
    microphone: { latencyMs: 12.34, excessMs: null, heals: 2 },
    engine: { quantumUsP50: null, quantumUsP99: 210, overruns: 0 },
    peers: [
      {
        id: 'm',
        name: 'Maria',
        codec: 'pcm16',
        rttMs: null,
        playoutDelayMs: 9.42,
        targetDelayMs: 12.04,
        jitterMs: null,
        captureToPlayoutMs: 23.7,
        driftPpm: -12.3,
        received: 990,
        lost: 10,
        late: 5,
        dropped: 0,
        concealedFrames: 1280,
        concealedShare: 0.0123,
        discontinuities: 0,
      } as Partial<PeerStats> as PeerStats, // fields are added as the engine grows
    ],
  };
  const plain = (text: string): string => text.replaceAll('\u00a0', ' ');
  const page = new Map(pageRows(stats, en).map(({ label, value }) => [label, plain(value)]));
  assert.equal(page.get(en.numbers.transport), 'beside the page (worker), shared memory');
  assert.equal(page.get(en.numbers.engine), 'not measured');
  assert.equal(page.get(en.numbers.engineWorst), '210 µs');
  const peers = new Map(
    peerRows(stats, it).map(({ label, values }) => [label, values.map((value) => plain(value))]),
  );
  assert.deepEqual(peers.get(it.numbers.playoutDelay), ['9,4 ms']);
  assert.deepEqual(peers.get(it.numbers.targetDelay), ['12,0 ms']);
  assert.deepEqual(peers.get(it.numbers.jitter), ['–']);
  assert.deepEqual(peers.get(it.numbers.concealedShare), ['1,2 %']);
  assert.deepEqual(peers.get(it.numbers.rtt), ['–']);
  assert.deepEqual(peers.get(it.numbers.lost), ['10 (1,0 %)']);
  assert.deepEqual(peers.get(it.numbers.concealed), ['27 ms'], 'at 48 kHz, whatever the device');
  assert.deepEqual(peers.get(it.numbers.drift), ['\u221212,3 ppm']);
});
