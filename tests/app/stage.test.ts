import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ageMs } from '../../web/app/src/logic/age.js';
import { Breath } from '../../web/app/src/logic/breath.js';
import { panWord, roundPan } from '../../web/app/src/logic/pan.js';
import { Patchiness } from '../../web/app/src/logic/patchiness.js';
import { Readings } from '../../web/app/src/logic/readings.js';
import {
  ARCS,
  BACK_M,
  depth,
  FRONT,
  panAt,
  placeOf,
  REACH,
} from '../../web/app/src/logic/stage-place.js';
import { crowded, spread, type Standing } from '../../web/app/src/logic/stage-spread.js';
import { isSilent, stageState } from '../../web/app/src/logic/stage-state.js';
import { shortWords, spokenWords } from '../../web/app/src/logic/stage-words.js';
import { StageHold } from '../../web/app/src/elements/stage-hold.js';
import { SteadyAge } from '../../web/app/src/logic/steady-age.js';
import { en } from '../../web/app/src/words/en.js';
import { it } from '../../web/app/src/words/it.js';
import { peerStats, plain } from './support/peer-stats.js';

const STAGE = { width: 1200, height: 420 };
const NARROW = { width: 680, height: 360 };
const LARGE = { width: 124, height: 118 };
const SMALL = { width: 92, height: 88 };
const MS_PER_METRE = 1 / 0.343;

const at = (pan: number, metres = 7, held = false): Standing => ({ pan, metres, held });
const near = (a: number, b: number, by = 1e-6): void => {
  assert.ok(Math.abs(a - b) <= by, `${a} is not ${b}`);
};

describe('a place on the stage', () => {
  test('straight ahead in the middle, further away further back', () => {
    const places = ARCS.map((metres) => placeOf(0, metres, STAGE));
    for (const { x } of places) near(x, STAGE.width / 2);
    const heights = places.map(({ y }) => y);
    assert.deepEqual(
      heights,
      [...heights].sort((a, b) => b - a),
    );
    near(placeOf(0, 0, STAGE).y, FRONT * STAGE.height);
  });

  test('nobody stands behind the back wall, or beside the stage', () => {
    assert.equal(depth(BACK_M), 1);
    assert.equal(depth(1000), 1);
    assert.equal(depth(-1), 0);
    for (const pan of [-1, -0.5, 0, 0.5, 1]) {
      for (const metres of [0, 3, 26, 300]) {
        const { x, y } = placeOf(pan, metres, STAGE);
        assert.ok(x >= 0 && x <= STAGE.width && y >= 0 && y <= STAGE.height, `${x}, ${y}`);
      }
    }
  });

  test('all of one distance stand on one ellipse around you', () => {
    for (const pan of [-1, -0.3, 0, 0.6, 1]) {
      const { x, y } = placeOf(pan, 10, STAGE);
      const across = (x / STAGE.width - 0.5) / REACH.x;
      const along = (FRONT - y / STAGE.height) / REACH.y;
      near(Math.hypot(across, along), depth(10));
    }
  });

  test('the pan of a place is that of who stands there', () => {
    for (const pan of [-1, -0.35, 0, 0.2, 1]) {
      near(panAt(placeOf(pan, 6, STAGE).x, 6, STAGE), pan);
    }
    assert.equal(panAt(-500, 6, STAGE), -1);
    assert.equal(panAt(5000, 6, STAGE), 1);
    assert.equal(panAt(STAGE.width / 2, 0, STAGE), 0);
  });
});

describe('keeping apart', () => {
  test('who has room stands where they sound', () => {
    const standing = [at(-0.8), at(0.1, 4), at(0.7, 15)];
    const { places, room } = spread(standing, STAGE, [LARGE, SMALL]);
    assert.equal(room, 0);
    assert.deepEqual(
      places,
      standing.map(({ pan, metres }) => placeOf(pan, metres, STAGE)),
    );
  });

  test('of two in one place the first goes left, and both stay on their arc', () => {
    const { places } = spread([at(0), at(0)], STAGE, [LARGE]);
    assert.ok(!crowded(places, LARGE));
    assert.ok(places[0]!.x < places[1]!.x);
    near(places[0]!.x + places[1]!.x, STAGE.width, 1);
    for (const place of places) near(placeOf(panAt(place.x, 7, STAGE), 7, STAGE).y, place.y);
  });

  test('who is held stays, the others make way', () => {
    const { places } = spread([at(0), at(0.05, 7, true), at(0.1)], STAGE, [LARGE]);
    assert.deepEqual(places[1], placeOf(0.05, 7, STAGE));
    assert.ok(!crowded(places, LARGE));
  });

  test('eight at one place are all to be seen, on a wide stage and on a narrow one', () => {
    for (const stage of [STAGE, NARROW]) {
      const standing = Array.from({ length: 8 }, (_, i) => at(0, 7 + 0.2 * i));
      const { places, room } = spread(standing, stage, [LARGE, SMALL]);
      assert.ok(!crowded(places, [LARGE, SMALL][room]!));
      for (const { x, y } of places) {
        assert.ok(x >= 0 && x <= stage.width && y >= 0 && y <= stage.height);
      }
    }
  });

  test('at the edge of the stage they go inwards', () => {
    const { places } = spread([at(1), at(1), at(1)], STAGE, [LARGE]);
    assert.ok(!crowded(places, LARGE));
    for (const { x } of places) assert.ok(x <= placeOf(1, 7, STAGE).x + 1e-6);
  });

  test('too many for their arc stand in rows, and the one who is held where they are held', () => {
    for (const count of [12, 16, 20, 24]) {
      for (const metres of [4, 7, 24]) {
        const standing = Array.from({ length: count }, () => at(0, metres));
        const { places, room } = spread(standing, STAGE, [LARGE, SMALL]);
        assert.ok(!crowded(places, [LARGE, SMALL][room]!), `${count} at ${metres} m`);
      }
    }
    const standing = Array.from({ length: 24 }, (_, i) => at(0, 7, i === 5));
    const { places, room } = spread(standing, STAGE, [LARGE, SMALL]);
    assert.equal(room, 1);
    assert.deepEqual(places[5], placeOf(0, 7, STAGE));
    assert.ok(!crowded(places, SMALL));
  });

  test('the same places in, the same places out', () => {
    const standing = [at(0), at(0.02, 7.3), at(-0.01, 6.6), at(0.5)];
    assert.deepEqual(spread(standing, STAGE, [LARGE]), spread(standing, STAGE, [LARGE]));
  });

  test('an empty stage', () => {
    assert.deepEqual(spread([], STAGE, [LARGE]), { places: [], room: 0 });
  });
});

describe('the age of a sound', () => {
  test('all the way where it is known, else what is known', () => {
    const budget = { parts: [], totalMs: 31, atLeast: false };
    assert.equal(ageMs(budget, 20), 31);
    assert.equal(ageMs(null, 20), 20);
    assert.equal(ageMs(null, null), null);
  });

  const metres = (...readings: (number | null)[]): number | null => {
    const age = new SteadyAge();
    for (const reading of readings) age.read(reading === null ? null : reading * MS_PER_METRE);
    return age.metres;
  };

  test('stands still while measurements tremble', () => {
    near(metres(7, 7.2, 6.8, 7.3, 6.7, 7.1)!, 7);
  });

  test('goes where the sound has gone', () => {
    near(metres(7, 7, 7, 10, 10)!, 10);
  });

  test('one reading that is far off moves nobody', () => {
    near(metres(7, 7, 7, 40, 7, 7)!, 7);
  });

  test('creeps along in steps rather than never', () => {
    const slowly = Array.from({ length: 40 }, (_, i) => 7 + 0.1 * i);
    near(metres(...slowly)!, 10.8, 0.6);
  });

  test('far away, small differences are smaller', () => {
    near(metres(20, 20, 21, 21, 21)!, 20);
    near(metres(20, 20, 22, 22, 22)!, 22);
  });

  test('a stop keeps the last distance; before the first there is none', () => {
    near(metres(7, null, null)!, 7);
    assert.equal(metres(null), null);
  });
});

test('how each is heard, until they leave', () => {
  const readings = new Readings();
  readings.read([peerStats({ captureToPlayoutMs: 20, concealedShare: 0.1 })]);
  near(readings.metres('a')!, 6.86);
  assert.ok(readings.patchy('a'));
  assert.equal(readings.metres('b'), null);
  readings.read([peerStats({ id: 'b' })]);
  assert.equal(readings.metres('a'), null);
  assert.ok(!readings.patchy('a'));
});

test('patchy from two percent on, until it is clearly better', () => {
  const patches = new Patchiness();
  const seen = [0, 0.019, 0.02, 0.012, null, 0.008, 0.012].map((share) => {
    patches.read(share);
    return patches.patchy;
  });
  assert.deepEqual(seen, [false, false, true, true, true, false, false]);
});

test('pans in the steps of the list, and in words', () => {
  assert.equal(roundPan(0.37), 0.35);
  assert.equal(roundPan(0.299), 0.3);
  assert.equal(roundPan(-3), -1);
  assert.ok(Object.is(roundPan(-0.01), 0));
  assert.deepEqual([-1, -0.5, -0.05, 0, 0.35, 0.4, 0.8].map(panWord), [
    'farLeft',
    'left',
    'littleLeft',
    'centre',
    'littleRight',
    'right',
    'farRight',
  ]);
});

describe('the ring', () => {
  /** Where it stands after frames of 20 ms at one level each. */
  const scales = (breath: Breath, levels: number[], from = 0): (number | null)[] =>
    levels.map((rms, i) => breath.draw(rms, from + 20 * i));

  test('widens with the level and comes back', () => {
    const breath = new Breath();
    const loud = scales(breath, Array<number>(30).fill(1));
    assert.equal(loud[0], 1);
    const wide = loud.filter((scale) => scale !== null).at(-1)!;
    near(wide, 1.5, 0.01);
    const quiet = scales(breath, Array<number>(100).fill(0), 600);
    assert.equal(quiet.filter((scale) => scale !== null).at(-1), 1);
  });

  test('is not drawn again while nothing is seen to change', () => {
    const breath = new Breath();
    scales(breath, Array<number>(60).fill(0.1));
    assert.equal(breath.draw(0.1, 1200), null);
    assert.equal(breath.draw(0.1001, 1220), null);
    assert.notEqual(breath.draw(1, 1240), null);
  });
});

describe('how a musician is', () => {
  const peer = { state: 'connected', selfMuted: false, mute: false } as const;

  test('the gravest first', () => {
    assert.equal(stageState(peer, false, 7, false), 'well');
    assert.equal(stageState(peer, false, 7, true), 'patchy');
    assert.equal(stageState(peer, false, null, true), 'measuring');
    assert.equal(stageState(peer, true, null, true), 'silenced');
    assert.equal(stageState({ ...peer, mute: true }, true, 7, true), 'muted');
    assert.equal(stageState({ ...peer, mute: true, selfMuted: true }, true, 7, true), 'selfMuted');
    assert.equal(stageState({ ...peer, selfMuted: true, state: 'lost' }, true, 7, true), 'lost');
  });

  test('who is not heard is silent', () => {
    assert.ok(!isSilent('well') && !isSilent('patchy') && !isSilent('measuring'));
    assert.ok(
      isSilent('lost') && isSilent('selfMuted') && isSilent('muted') && isSilent('waiting'),
    );
  });

  test('below the seat, in few words', () => {
    const short = (...given: [Parameters<typeof shortWords>[0], number | null]): string =>
      plain(shortWords(...given, en));
    assert.equal(short('well', 6.7), '7 m');
    assert.equal(short('patchy', 6.7), 'patchy, 7 m');
    assert.equal(short('waiting', null), 'connecting');
    assert.equal(short('muted', 6.7), 'muted by you');
  });

  test('for who does not see it', () => {
    assert.equal(plain(spokenWords(-0.2, 'well', 4.1, en)), 'a little left, 4 m away');
    assert.equal(plain(spokenWords(0, 'patchy', 4.1, en)), 'in the middle, 4 m away, patchy');
    assert.equal(plain(spokenWords(1, 'waiting', null, it)), 'tutto a destra, in collegamento');
  });
});

test('a press is no drag until it has gone a few pixels; the finger keeps its place', () => {
  const hold = new StageHold('a', 500, 320);
  assert.equal(hold.move(502), false);
  assert.equal(hold.x, 320);
  assert.equal(hold.move(460), true);
  assert.equal(hold.x, 280);
  assert.equal(hold.move(500), true);
  assert.equal(hold.x, 320);
});
