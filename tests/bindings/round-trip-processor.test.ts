/** The worklet that plays and records, fed by hand, quantum after quantum. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { FromWorklet, ToWorklet } from '../../bindings/src/round-trip/messages.js';

interface Port {
  onmessage: (event: { data: ToWorklet | null }) => void;
  postMessage: (message: FromWorklet) => void;
}
interface Processor {
  port: Port;
  process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean;
}
type Make = new (options: { processorOptions: { channel: number | null } }) => Processor;

const made = new Map<string, Make>();
Object.assign(globalThis, {
  AudioWorkletProcessor: class {
    readonly port = {} as Port;
  },
  registerProcessor: (name: string, processor: Make) => made.set(name, processor),
});
await import('../../bindings/src/round-trip/processor.js');

const FRAMES = 1000;
const SOUND = Float32Array.from({ length: FRAMES }, (_, i) => i + 1);

function start(channel: number | null) {
  const processor = new (made.get('tutti-round-trip')!)({ processorOptions: { channel } });
  const recordings: Float32Array[] = [];
  processor.port.postMessage = ({ recording }) => recordings.push(recording);
  return { processor, recordings };
}

function tell(processor: Processor): void {
  processor.port.onmessage({
    data: { sound: SOUND.slice(), recording: new Float32Array(FRAMES) },
  });
}

describe('the worklet of the round trip', () => {
  for (const quantum of [1, 128, 300, 2048]) {
    test(`records what was played as late as it comes, ${quantum} frames at a time`, () => {
      const { processor, recordings } = start(null);
      // A cable that takes two quanta.
      const cable = [new Float32Array(quantum), new Float32Array(quantum)];
      tell(processor);
      let goesOn = true;
      let rounds = 0;
      while (goesOn) {
        const output = new Float32Array(quantum);
        goesOn = processor.process([[cable.shift()!]], [[output]]);
        cable.push(output);
        rounds++;
      }
      assert.equal(rounds, Math.ceil(FRAMES / quantum));
      const expected = Float32Array.from(SOUND, (_, i) => Math.max(0, i + 1 - 2 * quantum));
      assert.deepEqual(recordings, [expected]);
      // What is left of the last quantum is silent.
      const rest = cable.at(-1)!.subarray(FRAMES - (rounds - 1) * quantum);
      assert.ok(rest.every((x) => x === 0));
    });
  }

  test('plays nothing before it is told to, and nothing once it is told to stop', () => {
    const { processor, recordings } = start(null);
    const output = new Float32Array(128);
    assert.equal(processor.process([[new Float32Array(128)]], [[output]]), true);
    assert.ok(output.every((x) => x === 0));
    tell(processor);
    assert.equal(processor.process([[new Float32Array(128)]], [[output]]), true);
    assert.deepEqual(output, SOUND.subarray(0, 128));
    processor.port.onmessage({ data: null });
    output.fill(0);
    assert.equal(processor.process([[new Float32Array(128)]], [[output]]), false);
    assert.ok(output.every((x) => x === 0));
    assert.deepEqual(recordings, []);
  });

  /** What is recorded of these channels, each the same all the time. */
  function hears(channel: number | null, channels: number[]): number {
    const { processor, recordings } = start(channel);
    tell(processor);
    const input = channels.map((x) => new Float32Array(FRAMES).fill(x));
    processor.process([input], [[new Float32Array(FRAMES)]]);
    const [recording] = recordings;
    assert.ok(recording!.every((x) => x === recording![0]));
    return recording![0]!;
  }

  test('listens to the channel that is asked for, or to all of them', () => {
    assert.equal(hears(0, [0.5, 0.25]), 0.5);
    assert.equal(hears(1, [0.5, 0.25]), 0.25);
    assert.equal(hears(null, [0.5, 0.25]), 0.375);
    assert.equal(hears(null, [0.5]), 0.5);
    assert.equal(hears(1, [0.5]), 0.5);
    assert.equal(hears(null, []), 0);
  });
});
