import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { filesIn, stem } from './folder.ts';
import { InputError } from './input-error.ts';
import { inOrder } from './in-order.ts';
import { table } from './table.ts';
import { parsePackets } from './tutti-sim.ts';
import { formatWav, parseWav } from './wav.ts';

test('folders without what is wanted say so', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-bench-test-'));
  t.after(() => rmSync(folder, { recursive: true }));
  assert.throws(() => filesIn(join(folder, 'nowhere'), '.csv'), /there is no such folder/);
  assert.throws(() => filesIn(folder, '.csv'), /no \.csv file/);
  for (const name of ['b.csv', 'a.csv', 'a.txt']) writeFileSync(join(folder, name), '');
  assert.deepEqual(filesIn(folder, '.csv').map(stem), ['a', 'b']);
  assert.throws(() => filesIn(join(folder, 'a.csv'), '.csv'), /ENOTDIR/);
  assert.throws(() => filesIn(folder, '.csv', (name) => name.includes('p128')), InputError);
});

describe('WAV files', () => {
  test('of two channels come back as they were', () => {
    const channels = [Float64Array.of(0, 0.5, -1), Float64Array.of(0.25, -0.25, 32767 / 32768)];
    assert.deepEqual(parseWav(formatWav({ rate: 48_000, channels }), 'x'), {
      rate: 48_000,
      channels,
    });
  });

  test('are found behind other chunks, and in other formats', () => {
    const wav = formatWav({ rate: 44_100, channels: [Float64Array.of(0.5)] });
    const extra = Buffer.from('LIST\x03\0\0\0abc\0', 'latin1');
    const behind = Buffer.concat([wav.subarray(0, 12), extra, wav.subarray(12)]);
    assert.deepEqual(parseWav(behind, 'x').channels, [Float64Array.of(0.5)]);

    const float = Buffer.concat([wav.subarray(0, 44), Buffer.alloc(4)]);
    float.writeUInt16LE(3, 20);
    float.writeUInt16LE(32, 34);
    float.writeUInt32LE(4, 40);
    float.writeFloatLE(-0.75, 44);
    assert.deepEqual(parseWav(float, 'x').channels, [Float64Array.of(-0.75)]);
  });

  test('that are none, cut short, or of a strange format are refused', () => {
    const wav = formatWav({ rate: 48_000, channels: [Float64Array.of(0)] });
    assert.throws(() => parseWav(Buffer.from('ID3'), 'x.wav'), /x\.wav is not a WAV file/);
    assert.throws(() => parseWav(wav.subarray(0, 36), 'x.wav'), /cut short/);
    wav.writeUInt16LE(7, 20);
    assert.throws(() => parseWav(wav, 'x.wav'), /format 7 of 16 bits/);
  });
});

test("tutti-sim's packets: what is empty was lost", () => {
  const [played, lost] = parsePackets(
    'seq,send_ms,arrival_ms,playout_ms,state\n0,0,10,12.5,played\n1,2.6667,,15.2,lost\n',
  );
  assert.deepEqual(played, { seq: 0, arrivalMs: 10, playoutMs: 12.5, state: 'played' });
  assert.deepEqual(lost, { seq: 1, arrivalMs: NaN, playoutMs: 15.2, state: 'lost' });
  assert.throws(() => parsePackets('seq,other\n'), /another header/);
});

test('tables are Markdown', () => {
  assert.equal(
    table(
      ['who', 'cost'],
      [
        ['Anna', '1.5'],
        ['B', '12.0'],
      ],
    ),
    '| who  | cost |\n| ---- | ---: |\n| Anna |  1.5 |\n| B    | 12.0 |',
  );
});

test('work on many, a few at a time, keeps their order', async () => {
  let running = 0;
  let most = 0;
  const results = await inOrder([30, 1, 20, 2, 10], 2, async (ms) => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, ms));
    running--;
    return ms * 2;
  });
  assert.deepEqual(results, [60, 2, 40, 4, 20]);
  assert.equal(most, 2);
});
