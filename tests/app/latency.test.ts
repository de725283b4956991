import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LatencyBudget } from 'tutti';
import { latencyView } from '../../web/app/src/logic/latency.js';
import { en } from '../../web/app/src/words/en.js';
import { it } from '../../web/app/src/words/it.js';
import { plain } from './support/peer-stats.js';

function budget(...ms: (number | null)[]): LatencyBudget {
  const [microphone = null, packet = null, network = null, playout = null, output = null] = ms;
  return {
    parts: [
      { name: 'microphone', ms: microphone, provenance: 'reported' },
      { name: 'packet', ms: packet, provenance: 'measured' },
      { name: 'network', ms: network, provenance: 'estimated' },
      { name: 'playout', ms: playout, provenance: 'measured' },
      { name: 'output', ms: output, provenance: 'reported' },
    ],
    totalMs: ms.reduce<number>((sum, one) => sum + (one ?? 0), 0),
    atLeast: ms.includes(null),
  };
}

test('every part with its time, its metres of air, and how it is known', () => {
  const { rows, total } = latencyView(budget(10, 2.667, 8, 12.4, 23), 100, en);
  assert.deepEqual(
    rows.map(({ label, ms, air, known }) => plain([label, ms, air, known].join(' | '))),
    [
      'microphone | 10.0 ms | 3.4 m | reported by the browser',
      'packing | 2.7 ms | 0.9 m | measured',
      'network | 8.0 ms | 2.8 m | estimated',
      'waiting to be played | 12.4 ms | 4.2 m | measured',
      'loudspeaker | 23.0 ms | 7.9 m | reported by the browser',
    ],
  );
  assert.equal(plain(total), '56.1 ms, like 19.2 m of air');
});

test('in Italian, and at least, when a part is not known', () => {
  const { rows, total } = latencyView(budget(null, 2.667, 8, 12.4, 23), 100, it);
  const { label, ms, air, known, percent } = rows[0]!;
  assert.deepEqual([label, ms, air, known, percent], ['microfono', '–', '–', 'non si sa', 0]);
  assert.equal(plain(total), 'almeno 46,1 ms, come 15,8 m d’aria');
});

test('the parts lie one after another along the bar', () => {
  const { rows } = latencyView(budget(10, null, 20, 30, 40), 200, en);
  assert.deepEqual(
    rows.map(({ from, percent }) => [from, percent]),
    [
      [0, 5],
      [5, 0],
      [5, 10],
      [15, 15],
      [30, 20],
    ],
  );
});

test('what is shown adds up to the last digit', () => {
  const value = (text: string): number =>
    Math.round(10 * Number(text.replaceAll('\u00a0', ' ').split(' ')[0]));
  let uneven = 0;
  for (let round = 0; round < 2000; round++) {
    const ms = [1, 2, 3, 4, 5].map((n) => ((round * n * 37.77) % 61) + 0.013 * n);
    const { rows, total } = latencyView(budget(...ms), 100, en);
    const [, all, air] = /([\d.]+)\sms, like ([\d.]+)\sm/.exec(total)!;
    const sum = (of: 'ms' | 'air'): number => rows.reduce((so, row) => so + value(row[of]), 0);
    assert.equal(sum('ms'), value(all!), total);
    assert.equal(sum('air'), value(air!), total);
    rows.forEach((row, i) => {
      assert.ok(Math.abs(value(row.ms) - 10 * ms[i]!) < 1.001, `${row.ms} for ${ms[i]}`);
    });
    if (ms.reduce((so, one) => so + Math.round(10 * one), 0) !== value(all!)) uneven++;
  }
  assert.ok(uneven > 100, 'rounded each for itself they would not');
});
