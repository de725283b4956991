import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { report, timesOf } from './kernels.ts';
import { kernelCosts } from './kernels/cost.ts';

describe("kernels' costs", () => {
  test("are read from Google Benchmark's batches, not from its means", () => {
    const batch = (name: string, ns: number, type = 'iteration') => ({
      run_name: name,
      run_type: type,
      cpu_time: ns,
      time_unit: 'ns',
    });
    const benchmarks = [
      batch('a', 1500),
      batch('a', 1000),
      batch('a', 1250, 'aggregate'),
      batch('b', 7),
    ];
    assert.deepEqual(
      timesOf(JSON.stringify({ benchmarks })),
      new Map([
        ['a', [1.5, 1]],
        ['b', [0.007]],
      ]),
    );
  });

  test('compare the least of all rounds', () => {
    const costs = kernelCosts([
      { native: new Map([['a', [4, 2]]]), wasm: new Map([['a', [9, 5]]]) },
      { native: new Map([['a', [3]]]), wasm: new Map([['a', [3]]]) },
    ]);
    assert.deepEqual(costs, [
      { name: 'a', native: { least: 2, median: 3 }, wasm: { least: 3, median: 5 }, ratio: 1.5 },
    ]);
    assert.match(report(costs), /\| a +\| +2\.00 \| +3\.00 \| +3\.00 \| +5\.00 \| +1\.50 \|/);
  });

  test('are refused when the two builds know different kernels', () => {
    const round = { native: new Map([['a', [1]]]), wasm: new Map([['b', [1]]]) };
    assert.throws(() => kernelCosts([round]), /wasm has no kernel a/);
  });
});
