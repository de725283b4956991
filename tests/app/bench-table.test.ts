/** The results of the benches in tables, facts and sentences. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acousticFacts, acousticSentences } from '../../web/app/src/logic/bench-acoustic.js';
import { browserFacts, contextFacts } from '../../web/app/src/logic/bench-facts.js';
import { countsTable, timesTable } from '../../web/app/src/logic/bench-loopback.js';
import { progressAt, roughTime } from '../../web/app/src/logic/bench-progress.js';
import { quantumTable } from '../../web/app/src/logic/bench-quantum.js';
import type { BenchTable } from '../../web/app/src/logic/bench-table.js';
import { en } from '../../web/app/src/words/en.js';
import { it } from '../../web/app/src/words/it.js';
import { benchResult, cost, loop, roundTrip } from './support/bench-results.js';
import { plain } from './support/peer-stats.js';

/** By the labels of its columns, as "Latency frames p50". */
function row(table: BenchTable, at: number): Record<string, string> {
  const labels = table.groups.flatMap(({ label, unit, columns }) =>
    columns.length === 0 ? [`${label} ${unit}`] : columns.map((name) => `${label} ${unit} ${name}`),
  );
  const { cells } = table.rows[at]!;
  assert.equal(new Set(labels).size, labels.length, 'no two columns are called the same');
  assert.equal(cells.length, labels.length, 'a cell for each column');
  return Object.fromEntries(labels.map((label, i) => [label, plain(cells[i]!)]));
}

function explained(table: BenchTable): void {
  for (const { label, unit } of table.groups) {
    assert.ok(
      table.legend.some(({ term }) => term === `${label}, ${unit}`),
      `${label}, ${unit} has no explanation`,
    );
  }
  assert.ok(table.legend.every(({ text }) => text !== ''));
}

test('how long the loops took', () => {
  const table = timesTable([loop(), loop({ transport: 'main/ring', load: 'garbage' })], en);
  assert.deepEqual(
    table.rows.map(({ heading }) => heading),
    ['worker/ring, idle', 'main/ring, garbage'],
  );
  const first = row(table, 0);
  assert.equal(first['Latency frames p50'], '480');
  assert.equal(first['Latency frames max'], '960');
  assert.equal(first['Latency ms p99'], '14.00');
  assert.equal(first['Hop ms p95'], '1.25');
  assert.equal(first['Interval ms p50'], '2.67');
  assert.equal(first['Smallest delay ms'], '9.25');
  assert.equal(first['Wake-ups ms max'], '4.00');
  explained(table);
});

test('what was not heard is a dash', () => {
  const nothing = loop({
    latencyFrames: null,
    latencyMs: null,
    hopMs: null,
    smallestDelayMs: null,
  });
  const cells = row(timesTable([nothing], en), 0);
  for (const column of [
    'Latency frames p50',
    'Latency ms max',
    'Hop ms p99',
    'Smallest delay ms',
  ]) {
    assert.equal(cells[column], '–', column);
  }
  assert.equal(cells['Interval ms max'], '8.00');
});

test('how many packets and frames', () => {
  const table = countsTable([loop(), loop({ underruns: 0 })], en);
  assert.deepEqual(row(table, 0), {
    'Received packets': '11,250',
    'Lost packets': '3',
    'Late packets': '2',
    'Dropped packets': '1',
    'Concealed frames': '640',
    'Unclear frames': '1,280',
    'Jumps times': '0',
    'Underruns times': '–',
    'Packet frames': '128',
    'Quantum frames': '128',
  });
  assert.equal(row(table, 1)['Underruns times'], '0', 'none is not unknown');
  explained(table);
});

test('what quanta cost', () => {
  const table = quantumTable(
    [
      cost(16, 2, 'concealing', 666.66, 1333.3),
      { ...cost(1, 1, 'playing', 1), us: null, meanShare: null, p99Share: null },
    ],
    en,
  );
  assert.match(plain(table.caption), /128 frames, which lasts 2,667 µs/);
  assert.deepEqual(
    table.rows.map(({ heading }) => heading),
    ['16 × stereo, concealing', '1 × mono, playing'],
  );
  const first = row(table, 0);
  assert.equal(first['Time µs mean'], '666.7');
  assert.equal(first['Time µs p99'], '1,333');
  assert.equal(first['Of the budget % mean'], '25.00');
  assert.equal(first['Of the budget % p99'], '50.00');
  assert.equal(first['Quanta counted'], '1,000');
  assert.equal(row(table, 1)['Of the budget % mean'], '–');
  explained(table);
});

test('in Italian, with its commas', () => {
  assert.equal(row(timesTable([loop()], it), 0)['Latenza ms p99'], '14,00');
  explained(timesTable([loop()], it));
  explained(countsTable([loop()], it));
  explained(quantumTable([cost(1, 1, 'playing', 5)], it));
});

test('the browser and its context', () => {
  const facts = browserFacts(benchResult(), en);
  const value = (label: string): string | undefined =>
    facts.find((fact) => fact.label === label)?.value;
  assert.equal(value('Browser'), 'Some/1.0');
  assert.equal(value('Isolated'), 'yes');
  assert.equal(plain(value('Clock') ?? ''), '5.0 µs');

  const context = {
    ...{ sampleRate: 44_100, quantumFrames: 128, quantumCanBeChosen: false },
    ...{ baseLatencyMs: 2.9, outputLatencyMs: null, playback: null },
  };
  const values = (told: typeof context | Parameters<typeof contextFacts>[0]): string[] =>
    contextFacts(told, en).map((fact) => plain(fact.value));
  assert.deepEqual(values(context), ['44,100 Hz', '128 frames', 'no', '2.90 ms', '–', '–', '–']);
  const playback = {
    ...{ seconds: 3, underrunEvents: 2, underrunMs: 5.8 },
    ...{ averageLatencyMs: 9, minimumLatencyMs: 8, maximumLatencyMs: 12 },
  };
  assert.deepEqual(values({ ...context, outputLatencyMs: 18.25, playback }).slice(4), [
    '18.25 ms',
    '3.0 s, 2 underruns, 5.8 ms',
    '8.00 ms / 9.00 ms / 12.00 ms',
  ]);
});

test('the round trip in words: the number, how sure it is, what would help', () => {
  assert.deepEqual(acousticSentences(roundTrip(), en).map(plain), [
    'The round trip takes 42.3 ms (2,030 frames at 48,000 Hz).',
    en.bench.acoustic.verdict.good,
  ]);
  const nothing = roundTrip({
    ...{ roundTripFrames: null, roundTripMs: null, spreadMs: null, snrDb: null },
    ...{ agreeing: 0, confidence: 0, verdict: 'not-heard', advice: 'too-quiet' },
  });
  assert.deepEqual(acousticSentences(nothing, en), [
    en.bench.acoustic.nothing,
    en.bench.acoustic.verdict['not-heard'],
    en.bench.acoustic.advice['too-quiet'],
  ]);
  assert.deepEqual(
    acousticFacts(roundTrip(), en).map(({ value }) => plain(value)),
    [
      '80 %',
      '4 of 5',
      '42.2 ms / 42.3 ms / – / 42.3 ms / 42.3 ms',
      '0.10 ms',
      '31.0 dB',
      '\u221213.0 dBFS',
      '2.7 ms',
      '–',
      '8.0 ms',
    ],
  );
});

test('between two words of a run the bar goes on, but not beyond the step', () => {
  const step = { seconds: 10, done: 0.25, left: 30 };
  assert.deepEqual(progressAt(step, 0), { done: 0.25, left: 30 });
  assert.deepEqual(progressAt(step, 5), { done: 0.375, left: 25 });
  const late = progressAt(step, 1000);
  assert.ok(late.done < 0.5 && late.done > 0.49);
  assert.ok(late.left > 20 && late.left < 20.5);
});

test('a rough time', () => {
  assert.equal(plain(roughTime(39.2, 'en')), '40 s');
  assert.equal(plain(roughTime(89.5, 'en')), '90 s');
  assert.equal(plain(roughTime(90, 'en')), '2 min');
  assert.equal(plain(roughTime(342, 'it')), '6 min');
});
