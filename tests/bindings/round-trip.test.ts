/** Sweeps through made-up rooms: the round trip is found where it is, and nowhere else. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { estimateRoundTrip, type Estimate } from '../../bindings/src/round-trip/estimate.js';
import { FourierTransform } from '../../bindings/src/round-trip/fft.js';
import { makeSweeps, soundOf, type Sweeps } from '../../bindings/src/round-trip/sweeps.js';
import { Random } from '../../bindings/src/bench/random.js';
import * as room from './support/synthetic-room.js';

const LEVEL_DBFS = -12;
/** Of the microphone: a tenth of what was played. */
const GAIN = 0.1;
/** RMS of a sweep as it is heard. */
const HEARD = GAIN * 10 ** (LEVEL_DBFS / 20) * Math.SQRT1_2;

class Studio {
  readonly sweeps: Sweeps;
  readonly sound: Float32Array;
  readonly random = new Random(11);
  constructor(readonly rate = 48_000) {
    this.sweeps = makeSweeps(rate, LEVEL_DBFS);
    this.sound = soundOf(this.sweeps);
  }
  get frames(): number {
    return this.sweeps.frames;
  }
  frame(ms: number): number {
    return Math.round((ms / 1000) * this.rate);
  }
  /** What is heard 85.3 ms later. */
  get delay(): number {
    return this.frame(85.3);
  }
  record(made: Partial<room.Room> = {}, sound = this.sound): Float32Array {
    return room.through(sound, { delay: this.delay, gain: GAIN, ...made });
  }
  estimate(recording: Float32Array, processing = false): Estimate {
    return estimateRoundTrip(recording, this.sweeps, processing);
  }
  /** With this besides, no louder than a microphone can tell. */
  amid(noise: Float32Array): Estimate {
    const recording = this.record();
    room.add(recording, noise);
    return this.estimate(room.clipped(recording, 1));
  }
}

const studio = new Studio();

/** To the frame, unless told otherwise. */
function assertFound(estimate: Estimate, delay = studio.delay, tolerance = 0): void {
  const { verdict, roundTripFrames, roundTripMs, sampleRate, spreadMs, confidence } = estimate;
  assert.equal(verdict, 'good', JSON.stringify(estimate));
  assert.ok(Math.abs(roundTripFrames! - delay) <= tolerance, JSON.stringify(estimate));
  assert.equal(roundTripMs, (roundTripFrames! / sampleRate) * 1000);
  assert.ok(spreadMs! >= 0 && spreadMs! <= 0.1);
  assert.ok(confidence >= 0.75 && confidence <= 1);
}

function assertNotHeard(estimate: Estimate): void {
  const { verdict, roundTripFrames, roundTripMs, spreadMs, snrDb, agreeing, confidence } = estimate;
  assert.deepEqual(
    { verdict, roundTripFrames, roundTripMs, spreadMs, snrDb, agreeing, confidence },
    {
      verdict: 'not-heard',
      roundTripFrames: null,
      roundTripMs: null,
      spreadMs: null,
      snrDb: null,
      agreeing: 0,
      confidence: 0,
    },
  );
}

describe('the sweeps', () => {
  test('last five seconds, at the level that is asked for, and begin and end softly', () => {
    for (const rate of [8000, 44_100, 48_000, 96_000, 192_000]) {
      const sweeps = makeSweeps(rate, -20);
      const sound = soundOf(sweeps);
      assert.ok(sound.length > 4 * rate && sound.length < 6 * rate);
      const peak = sound.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
      assert.ok(peak < 0.1 + 1e-7 && peak > 0.099, String(peak));
      const softly = (x: number | undefined): boolean => Math.abs(x!) < 1e-4;
      assert.ok(softly(sweeps.upwards[0]) && softly(sweeps.upwards.at(-1)));
    }
  });

  test('of one direction are more than the range apart, and never equally far', () => {
    const { sweeps, range, upwards } = studio.sweeps;
    for (const direction of [true, false]) {
      const starts = sweeps.filter((sweep) => sweep.upwards === direction).map((s) => s.start);
      starts.slice(1).forEach((start, i) => assert.ok(start - starts[i]! > range));
    }
    const apart = new Set<number>();
    sweeps.slice(1).forEach(({ start }, i) => {
      assert.ok(start >= sweeps[i]!.start + upwards.length);
      for (const earlier of sweeps.slice(0, i + 1)) apart.add(start - earlier.start);
    });
    assert.equal(apart.size, (sweeps.length * (sweeps.length - 1)) / 2);
    assert.equal(studio.frames, sweeps.at(-1)!.start + upwards.length + range);
  });
});

test('the Fourier transform is what its definition says, and its inverse undoes it', () => {
  const size = 64;
  const random = new Random(2);
  const given = Array.from({ length: size }, () => [random.next(), random.next()] as const);
  const re = Float64Array.from(given, ([x]) => x);
  const im = Float64Array.from(given, ([, y]) => y);
  const transform = new FourierTransform(size);
  transform.forward(re, im);
  for (let k = 0; k < size; k++) {
    let x = 0;
    let y = 0;
    given.forEach(([a, b], n) => {
      const angle = (-2 * Math.PI * k * n) / size;
      x += a * Math.cos(angle) - b * Math.sin(angle);
      y += a * Math.sin(angle) + b * Math.cos(angle);
    });
    assert.ok(Math.hypot(re[k]! - x, im[k]! - y) < 1e-12);
  }
  transform.inverse(re, im);
  given.forEach(([a, b], n) => {
    assert.ok(Math.hypot(re[n]! / size - a, im[n]! / size - b) < 1e-14);
  });
  assert.throws(() => new FourierTransform(48), RangeError);
});

describe('a quiet room', () => {
  for (const rate of [44_100, 48_000, 96_000]) {
    test(`at ${rate} Hz, any round trip from 0 to 1,000 ms is found to the frame`, () => {
      const there = new Studio(rate);
      for (const ms of [0, 0.1, 7.7, 85.3, 499.9, 640, 1000]) {
        const estimate = there.estimate(there.record({ delay: there.frame(ms) }));
        assertFound(estimate, there.frame(ms));
        const { sampleRate, spreadMs, repetitions, agreeing, confidence, advice } = estimate;
        assert.deepEqual(
          { sampleRate, spreadMs, repetitions, agreeing, confidence, advice },
          {
            sampleRate: rate,
            spreadMs: 0,
            repetitions: 5,
            agreeing: 5,
            confidence: 1,
            advice: null,
          },
        );
        assert.deepEqual(estimate.eachMs, Array(5).fill(estimate.roundTripMs));
        assert.ok(Math.abs(estimate.peakDbfs! - (LEVEL_DBFS - 20)) < 0.01);
      }
    });
  }

  test('a longer one is not taken for a short one', () => {
    const there = new Studio(16_000);
    for (let ms = 1005; ms < 4500; ms += 85) {
      assertNotHeard(there.estimate(there.record({ delay: there.frame(ms) })));
    }
  });

  test('an inverted polarity changes nothing', () => {
    assertFound(studio.estimate(studio.record({ gain: -GAIN })));
  });

  test('a laptop without basses and trebles is heard, within 0.1 ms', () => {
    const recording = room.laptop(studio.record(), studio.rate);
    assertFound(studio.estimate(recording), studio.delay, 5);
  });

  test('one sweep that is destroyed is left out', () => {
    studio.sweeps.sweeps.forEach(({ start }, i) => {
      const recording = studio.record();
      const at = start + studio.delay;
      recording.fill(0, at, at + studio.sweeps.upwards.length);
      const estimate = studio.estimate(recording);
      assertFound(estimate);
      assert.equal(estimate.agreeing, 4);
      assert.ok(Math.abs(estimate.confidence - 0.8) < 1e-9);
      assert.equal(estimate.eachMs[i], null);
    });
  });

  test('two that are destroyed make it uncertain, three not heard', () => {
    const recording = studio.record();
    const [, second, , fourth, fifth] = studio.sweeps.sweeps;
    const destroy = (sweep: typeof second): void => {
      const at = sweep!.start + studio.delay;
      recording.fill(0, at, at + studio.sweeps.upwards.length);
    };
    destroy(second);
    destroy(fourth);
    const estimate = studio.estimate(recording);
    assert.equal(estimate.verdict, 'uncertain');
    assert.equal(estimate.roundTripFrames, studio.delay);
    destroy(fifth);
    assertNotHeard(studio.estimate(recording));
  });

  test('a recording that breaks off counts as silent from there', () => {
    const estimate = studio.estimate(studio.record().subarray(0, 2.5 * studio.rate));
    assert.equal(estimate.roundTripFrames, studio.delay);
    assertNotHeard(studio.estimate(new Float32Array(0)));
  });
});

describe('reflections', () => {
  test('a stronger one up to 15 ms later is not taken for the direct sound', () => {
    const there = new Studio(24_000);
    for (const ms of [1, 2, 3.5, 5, 8, 15]) {
      for (const gain of [0.9, -0.9, 1.5, -2, 3]) {
        const reflections = [{ after: there.frame(ms), gain: gain * GAIN }];
        assertFound(there.estimate(there.record({ reflections })), there.delay);
      }
    }
  });

  test('a hall in which 25 times the direct power comes later', () => {
    const there = new Studio(16_000);
    const tail = room.whiteNoise(there.rate, there.random);
    const decay = tail.map((x, i) => x * 10 ** ((-3 * i) / (1.5 * there.rate)));
    decay.fill(0, 0, there.frame(2));
    const power = decay.reduce((sum, x) => sum + x * x, 0);
    const loudness = GAIN * Math.sqrt(25 / power);
    const reflections = Array.from(decay, (x, after) => ({ after, gain: loudness * x }));
    assertFound(there.estimate(there.record({ reflections })), there.delay);
  });
});

describe('loudspeakers and microphones at their limits', () => {
  test('distortion is not taken for an arrival', () => {
    for (const drive of [0.1, 0.5, 1]) {
      const sound = room.distorted(studio.sound, drive);
      assertFound(studio.estimate(studio.record({}, sound)));
      const through = room.laptop(sound, studio.rate);
      assertFound(studio.estimate(studio.record({}, through)), studio.delay, 5);
    }
  });

  test('clipping is told, and the round trip is found all the same', () => {
    for (const over of [1.2, 4, 20]) {
      const loud = studio.record({ gain: over * 10 ** (-LEVEL_DBFS / 20) });
      const estimate = studio.estimate(room.clipped(loud, 1));
      assertFound(estimate);
      assert.equal(estimate.advice, 'too-loud');
      assert.equal(estimate.peakDbfs, 0);
    }
  });

  test('70 dB weaker than it was played, rounded to 16 bits', () => {
    const recording = studio.record({ gain: 10 ** (-70 / 20) });
    for (let i = 0; i < recording.length; i++) {
      const dither = studio.random.next() - studio.random.next();
      recording[i] = Math.round(recording[i]! * 32768 + dither) / 32768;
    }
    const estimate = studio.estimate(recording);
    assert.equal(estimate.roundTripFrames, studio.delay, JSON.stringify(estimate));
  });

  test('speech processing that is on is told', () => {
    const estimate = studio.estimate(studio.record(), true);
    assertFound(estimate);
    assert.equal(estimate.advice, 'processing-on');
  });
});

describe('noise in the room', () => {
  for (const snrDb of [10, 0, -6, -12]) {
    test(`white and brown noise, ${snrDb} dB of signal to noise`, () => {
      const level = HEARD * 10 ** (-snrDb / 20);
      for (const noise of [room.whiteNoise, room.brownNoise]) {
        const estimate = studio.amid(room.scale(noise(studio.frames, studio.random), level));
        assertFound(estimate, studio.delay, 1);
      }
    });
  }

  test('claps and keys as loud as can be', () => {
    for (const count of [5, 30, 100]) {
      assertFound(
        studio.amid(room.clicks(studio.frames, studio.rate, count, studio.random)),
        studio.delay,
        1,
      );
    }
  });

  test('somebody who talks as loudly as the sweeps, and four times as loudly', () => {
    for (const louder of [1, 4]) {
      const talk = room.speech(studio.frames, studio.rate, studio.random);
      assertFound(studio.amid(room.atRms(talk, louder * HEARD)), studio.delay, 1);
    }
  });

  test('a chord that is held 36 dB louder than the sweeps', () => {
    const chord = room.chord(studio.frames, studio.rate, studio.random);
    const recording = studio.record();
    room.add(recording, room.atRms(chord, 64 * HEARD));
    assertFound(studio.estimate(room.scale(recording, 0.1)), studio.delay, 1);
  });

  test('far too much of it is not heard, and the noise is to blame', () => {
    const noise = room.scale(room.whiteNoise(studio.frames, studio.random), 40 * HEARD);
    const recording = studio.record();
    room.add(recording, noise);
    const estimate = studio.estimate(room.scale(recording, 0.2));
    assertNotHeard(estimate);
    assert.equal(estimate.advice, 'noisy');
  });

  test('a soft room in which nothing is heard blames the loudspeaker', () => {
    const noise = room.whiteNoise(studio.frames, studio.random);
    const estimate = studio.estimate(room.scale(noise, 0.0005));
    assertNotHeard(estimate);
    assert.equal(estimate.advice, 'too-quiet');
  });

  test('a round trip that moves is told', () => {
    const recording = studio.record();
    const moved = studio.record({ delay: studio.delay + studio.frame(6) });
    const [, , third, , fifth] = studio.sweeps.sweeps;
    recording.set(moved.subarray(third!.start), third!.start);
    const more = studio.record({ delay: studio.delay + studio.frame(13) });
    const twice = recording.slice();
    twice.set(more.subarray(fifth!.start), fifth!.start);

    const estimate = studio.estimate(recording);
    assert.equal(estimate.verdict, 'uncertain');
    assert.equal(estimate.advice, 'unsteady');
    assert.equal(estimate.roundTripFrames, studio.delay + studio.frame(6));
    const unsteady = studio.estimate(twice);
    assertNotHeard(unsteady);
    assert.equal(unsteady.advice, 'unsteady');
    assert.ok(unsteady.eachMs.every((ms) => ms !== null));
  });
});

describe('where no sweep arrives', () => {
  test('zeros are told from a quiet room', () => {
    const estimate = studio.estimate(new Float32Array(studio.frames));
    assertNotHeard(estimate);
    assert.deepEqual(estimate.eachMs, [null, null, null, null, null]);
    assert.equal(estimate.peakDbfs, null);
    assert.equal(estimate.advice, 'silent');
    assert.deepEqual(JSON.parse(JSON.stringify(estimate)), estimate);
  });

  const others: [string, (there: Studio, random: Random) => Float32Array][] = [
    ['white noise', ({ frames }, random) => room.whiteNoise(frames, random)],
    ['brown noise', ({ frames }, random) => room.brownNoise(frames, random)],
    ['clicks', ({ frames, rate }, r) => room.clicks(frames, rate, 1 + r.below(30), r)],
    ['speech', ({ frames, rate }, random) => room.speech(frames, rate, random)],
    ['chords', ({ frames, rate }, random) => room.chord(frames, rate, random)],
    [
      'metronomes',
      ({ frames, rate }, random) => {
        const perMinute = 40 + random.below(200);
        return room.metronome(frames, rate, Math.round((60 * rate) / perMinute), random);
      },
    ],
  ];
  for (const [what, make] of others) {
    test(`${what} alone are never taken for one`, () => {
      const slow = new Studio(8000);
      const rooms = [...Array<Studio>(30).fill(slow), studio];
      rooms.forEach((there, seed) => {
        const recording = room.scale(make(there, new Random(seed)), 0.1);
        assertNotHeard(there.estimate(recording));
      });
    });
  }
});
