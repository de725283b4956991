import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { burg, extrapolate, jackTripLike } from './concealers/jacktrip.ts';
import { silence } from './concealers/silence.ts';
import { scoreConcealment, scoredSamples } from './concealment-score.ts';
import { PowerSpectrum } from './fft.ts';
import { InputError } from './input-error.ts';
import { GENERATED, gilbert, isolated, parseLosses } from './losses.ts';
import { assertNear, seconds } from './made-up.ts';
import { PACKET_FRAMES, RATE } from './stream.ts';

const sine = (frames: number, hz: number, amplitude = 0.5) =>
  Float64Array.from(
    { length: frames },
    (_, i) => amplitude * Math.sin((2 * Math.PI * hz * i) / RATE),
  );

describe('spectra', () => {
  test('of a sine in the middle of a bin', () => {
    const powers = new PowerSpectrum(512).of(sine(512, (RATE / 512) * 37, 1));
    powers.forEach((power, bin) => assertNear(power, bin === 37 ? 256 ** 2 : 0, 1e-6));
  });
  test('hold the power of the samples, whatever they are (Parseval)', () => {
    const samples = Float64Array.from({ length: 64 }, (_, i) => Math.sin(i * i));
    const powers = new PowerSpectrum(64).of(samples);
    const both = powers.reduce((sum, power, bin) => sum + (bin % 32 === 0 ? 1 : 2) * power, 0);
    assertNear(
      both / 64,
      samples.reduce((sum, x) => sum + x * x, 0),
      1e-9,
    );
  });
  test('want a power of two', () => {
    assert.throws(() => new PowerSpectrum(500), RangeError);
  });
});

describe('scores', () => {
  const reference = sine(PACKET_FRAMES * 100, 750); // two periods a packet

  test('count the lost samples and 256 after each run', () => {
    const mask = scoredSamples([2, 3, 9], 12 * PACKET_FRAMES);
    const packets = Array.from({ length: 12 }, (_, k) => mask[k * PACKET_FRAMES]);
    assert.deepEqual(packets, [0, 0, 1, 1, 1, 1, 0, 0, 0, 1, 1, 1]);
    assert.equal(
      mask.reduce((sum, x) => sum + x, 0),
      7 * PACKET_FRAMES,
    );
  });

  test('silence for one packet of three that count is 4.8 dB', () => {
    const lost = [20, 40, 60, 80];
    const output = silence(reference, new Set(lost));
    assertNear(scoreConcealment([reference], [output], lost).snr, 10 * Math.log10(3));
  });

  test('what is not among the scored does not matter', () => {
    const output = reference.map((x, i) => (i < 30 * PACKET_FRAMES ? 0 : x));
    const { snr, lsd } = scoreConcealment([reference], [output], [40]);
    assert.ok(snr > 150);
    assertNear(lsd, 0);
  });

  test('half as loud is 6 dB in both', () => {
    const noise = reference.map((_, i) => Math.sin(i * i * 0.37) / 2);
    const { snr, lsd } = scoreConcealment([noise], [noise.map((x) => x / 2)], [40]);
    assertNear(snr, 20 * Math.log10(2));
    assertNear(lsd, 20 * Math.log10(2), 0.05);
  });

  test('channels are scored as one', () => {
    const silent = silence(reference, new Set([50]));
    const [one, both] = [
      scoreConcealment([reference, reference], [reference, silent], [50]),
      scoreConcealment([reference, reference], [silent, silent], [50]),
    ];
    assertNear(one.snr - both.snr, 10 * Math.log10(2));
    assertNear(one.lsd, both.lsd / 2);
    assert.throws(() => scoreConcealment([reference], [reference, reference], [50]), RangeError);
  });
});

describe('JackTrip-like', () => {
  test("Burg's method finds a resonance", () => {
    const wave = Float32Array.from(sine(256, 1000, 0.5));
    const a = burg(wave, 2);
    assertNear(a[0]!, 1);
    assertNear(a[1]!, -2 * Math.cos((2 * Math.PI * 1000) / RATE), 2e-3);
    assertNear(a[2]!, 1, 2e-3);
  });

  test('extrapolates by the coefficients', () => {
    // x[n] = 2 x[n - 1] - x[n - 2]: a straight line.
    const line = extrapolate(Float32Array.of(1, 2), Float32Array.of(1, -2, 1), 3);
    assert.deepEqual([...line], [3, 4, 5]);
  });

  test('conceals a sine well, and leaves the rest alone', () => {
    const sound = sine(PACKET_FRAMES * 40, 700);
    const output = jackTripLike(sound, new Set([20]));
    assert.ok(scoreConcealment([sound], [output], [20]).snr > 15);
    output.forEach((x, i) => {
      if (i < 20 * PACKET_FRAMES || i >= 22 * PACKET_FRAMES) assert.equal(x, sound[i]);
    });
  });

  test('bears silence, a loss at the very start, and a clip that ends within a packet', () => {
    const output = jackTripLike(new Float64Array(PACKET_FRAMES * 4 + 50), new Set([0, 1, 4]));
    assert.ok(output.every((x) => x === 0));
  });
});

describe('losses', () => {
  const runsOf = (lost: number[]) => lost.filter((k, i) => i === 0 || lost[i - 1] !== k - 1).length;

  test('come at the rate and in the runs asked for, after 0.3 s', () => {
    const packets = seconds(2000);
    const single = isolated(0.02, 5)(packets);
    assertNear(single.length / packets, 0.02, 0.0005);
    assert.equal(runsOf(single), single.length);
    for (const run of [3, 8]) {
      const bursts = gilbert(0.03, run, 5)(packets);
      assertNear(bursts.length / packets, 0.03, 0.002);
      assertNear(bursts.length / runsOf(bursts), run, run / 15);
    }
    for (const { lost } of GENERATED) {
      const some = lost(3750);
      assert.ok(some[0]! * PACKET_FRAMES >= 0.3 * RATE);
      assert.ok(some.at(-1)! < 3750 - 30);
    }
  });

  test('are the same every time', () => {
    for (const { lost } of GENERATED) assert.deepEqual(lost(3750), lost(3750));
  });

  test('are read from files, in order and once each', () => {
    assert.deepEqual(parseLosses('# packet=128\n7\n3\n\n3\n', 'l.txt'), [3, 7]);
    assert.throws(() => parseLosses('7\n-3\n', 'l.txt'), /^Error: l\.txt, line 2: "-3"/);
    assert.throws(() => parseLosses('x', 'l.txt'), InputError);
  });
});
