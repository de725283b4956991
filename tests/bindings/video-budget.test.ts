/** Pictures yield to the sound, and come back slowly. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JUDGE_S, RUNGS, VideoBudget } from '../../bindings/src/video/budget.js';
import { encodingOf, partOf, shareOf } from '../../bindings/src/video/encoding.js';

const PACKETS_A_SECOND = 375;

/** A line with one stream of sound on it, in steps of a judgement. */
class Line {
  readonly budget = new VideoBudget();
  at = 0;
  private packets = 0;
  private troubled = 0;

  /** `share` of the packets suffer, or as many as a function of the pictures' kbit/s says. */
  run(
    seconds: number,
    share: number | ((kbps: number) => number) = 0,
    { shown = true, rttMs = 30 }: { shown?: boolean; rttMs?: number | null } = {},
  ): number[] {
    const rungs: number[] = [];
    for (const end = this.at + seconds; this.at < end;) {
      this.at += JUDGE_S;
      const now = typeof share === 'number' ? share : share(this.budget.kbps);
      this.packets += PACKETS_A_SECOND * JUDGE_S;
      this.troubled += PACKETS_A_SECOND * JUDGE_S * now;
      const { packets, troubled } = this;
      this.budget.observe(this.at, { packets, troubled, rttMs }, shown);
      rungs.push(this.budget.kbps);
    }
    return rungs;
  }
}

test('while all is well, pictures keep all they may have', () => {
  const line = new Line();
  line.run(10, 0, { shown: false });
  assert.deepEqual([...new Set(line.run(600))], [300]);
});

test('when the sound loses packets, pictures go down rung by rung, to nothing', () => {
  const line = new Line();
  line.run(10, 0, { shown: false });
  assert.deepEqual(line.run(8, 0.05), [150, 60, 0, 0]);
});

test('a growing way there and back is trouble too; a long one is not', () => {
  const line = new Line();
  line.run(10, 0, { shown: false, rttMs: 200 });
  assert.deepEqual([...new Set(line.run(60, 0, { rttMs: 215 }))], [300]);
  assert.equal(line.run(2, 0, { rttMs: 350 })[0], 150);
  assert.equal(line.run(2, 0, { rttMs: null })[0], 150, 'what is not known is no trouble');
});

test('they come back one rung after ten calm seconds each', () => {
  const line = new Line();
  line.run(10, 0, { shown: false });
  line.run(6, 0.05);
  const back = line.run(60);
  assert.deepEqual([...new Set(back)], [0, 60, 150, 300]);
  assert.equal(back.filter((kbps) => kbps === 150).length * JUDGE_S, 10);
});

test('where coming back does harm, it is tried more and more seldom', () => {
  const line = new Line();
  line.run(10, 0, { shown: false });
  // The line bears 60, no more.
  const rungs = line.run(1200, (kbps) => (kbps > 60 ? 0.1 : 0));
  const harmful = rungs.map((kbps) => kbps > 60);
  const tries = harmful.filter((harm, i) => harm && !harmful[i - 1]).length;
  assert.ok(tries <= 12, String(tries));
  assert.ok(rungs.filter((kbps) => kbps === 60).length > 0.95 * rungs.length);
});

test('what the sound suffers without pictures is not their fault', () => {
  const line = new Line();
  line.run(60, 0.05, { shown: false });
  assert.deepEqual([...new Set(line.run(60, 0.05))], [300]);
  assert.equal(line.run(2, 0.1)[0], 150, 'but more than that is');
});

test('a network that became bad by itself does not keep them away for ever', () => {
  const line = new Line();
  line.run(10, 0, { shown: false });
  assert.deepEqual(line.run(6, 0.08), [150, 60, 0]);
  assert.equal(line.run(120, 0.08).at(-1), 300);
});

test('silence, a new connection and a glance too early say nothing', () => {
  const budget = new VideoBudget();
  const look = (at: number, packets: number, troubled: number) =>
    budget.observe(at, { packets, troubled, rttMs: null }, true);
  assert.equal(look(0, 1000, 0), false);
  assert.equal(look(JUDGE_S - 0.1, 1100, 100), false, 'too early');
  assert.equal(look(JUDGE_S, 1010, 10), false, 'too few');
  assert.equal(look(2 * JUDGE_S, 500, 0), false, 'a new connection');
  assert.equal(look(3 * JUDGE_S, 1250, 700), true);
  assert.equal(budget.kbps, RUNGS[1]);
});

test('the share of a peer, and of each picture in it', () => {
  assert.deepEqual([0, 1, 4, 5, 15].map(shareOf), [300, 300, 300, 240, 80]);
  const both = { camera: true, screen: true };
  assert.equal(partOf('camera', 300, { camera: true, screen: false }), 300);
  assert.equal(partOf('screen', 300, { camera: true, screen: false }), 0);
  for (const all of [300, 240, 150, 60, 0]) {
    assert.equal(partOf('camera', all, both) + partOf('screen', all, both), all);
    assert.ok(partOf('screen', all, both) >= partOf('camera', all, both));
  }
  assert.equal(partOf('camera', 60, both), 0, 'the score first');
});

test('less of the line: hands become small, a score becomes slow; nothing: both stop', () => {
  const hands = RUNGS.map((kbps) => encodingOf('camera', kbps));
  const score = RUNGS.map((kbps) => encodingOf('screen', kbps));
  assert.deepEqual(
    hands.map(({ active }) => active),
    [true, true, true, false],
  );
  assert.deepEqual(
    score.map(({ active }) => active),
    [true, true, true, false],
  );
  assert.deepEqual([...new Set(score.map((one) => one.scaleResolutionDownBy))], [1]);
  for (let i = 1; i < 3; i++) {
    assert.ok(hands[i]!.scaleResolutionDownBy > hands[i - 1]!.scaleResolutionDownBy);
    assert.ok(hands[i]!.maxFramerate! < hands[i - 1]!.maxFramerate!);
    assert.ok(score[i]!.maxFramerate! < score[i - 1]!.maxFramerate!);
  }
  for (const [i, kbps] of RUNGS.slice(0, 3).entries()) {
    assert.equal(hands[i]!.maxBitrate, kbps * 1000);
    assert.equal(hands[i]!.priority, 'very-low');
  }
});
