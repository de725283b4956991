/**
 * The geometry of a minute of delays: SVG paths in a box that is stretched to its place. `now` is
 * at the right edge, the axis begins at 0 ms.
 */
import { HISTORY_MS, type DelaySample } from './delay-history.js';

export const BOX = { width: 600, height: 100 } as const;

/** Ends of the axis whose half is a round number too. */
const TOPS = [20, 40, 60, 100, 160, 200, 260, 320, 400];
/** A longer silence between two samples is a gap in the line. */
const GAP_MS = 3000;
/** The least height of a mark, so that it is seen. */
const LEAST_MARK = 0.35;

type Kind = 'actual' | 'target' | 'jitter';

/** The end of the axis in ms: everything of the minute is below it, with some air. */
export function topOf(samples: readonly DelaySample[]): number {
  let most = 0;
  for (const { actual, target, jitter } of samples) {
    most = Math.max(most, actual ?? 0, target ?? 0, jitter ?? 0);
  }
  return TOPS.find((top) => most <= 0.97 * top) ?? Math.ceil(most / 200) * 200 + 200;
}

const x = (at: number, now: number): number =>
  round(BOX.width * Math.max(0, 1 - (now - at) / HISTORY_MS));
const y = (ms: number, top: number): number =>
  round(BOX.height * (1 - Math.min(1, Math.max(0, ms / top))));
const round = (value: number): number => Math.round(value * 10) / 10;

interface Point {
  x: number;
  y: number;
}

/** Stretches of the curve between the gaps. */
function stretches(
  samples: readonly DelaySample[],
  kind: Kind,
  now: number,
  top: number,
): Point[][] {
  const all: Point[][] = [];
  let before = -Infinity;
  for (const sample of samples) {
    const ms = sample[kind];
    if (ms === null) {
      before = -Infinity;
      continue;
    }
    if (sample.at - before > GAP_MS) all.push([]);
    before = sample.at;
    all.at(-1)?.push({ x: x(sample.at, now), y: y(ms, top) });
  }
  return all;
}

const through = (points: readonly Point[]): string => points.map((p) => `${p.x} ${p.y}`).join('L');

export function linePath(
  samples: readonly DelaySample[],
  kind: Kind,
  now: number,
  top: number,
): string {
  return stretches(samples, kind, now, top)
    .map((points) => `M${through(points)}`)
    .join('');
}

/** What is below the curve, down to 0 ms. */
export function areaPath(
  samples: readonly DelaySample[],
  kind: Kind,
  now: number,
  top: number,
): string {
  return stretches(samples, kind, now, top)
    .map((points) => {
      const [first, last] = [points[0]!, points.at(-1)!];
      return `M${first.x} ${BOX.height}L${through(points)}L${last.x} ${BOX.height}Z`;
    })
    .join('');
}

/** A bar from the foot of the box wherever sound was concealed, higher where it was more. */
export function marksPath(samples: readonly DelaySample[], now: number): string {
  let path = '';
  samples.forEach(({ at, concealedMs }, i) => {
    const before = samples[i - 1];
    if (before === undefined || concealedMs === 0) return;
    const share = Math.min(1, concealedMs / Math.max(1, at - before.at));
    const height = BOX.height * (LEAST_MARK + (1 - LEAST_MARK) * Math.sqrt(share));
    path += `M${x(at, now)} ${BOX.height}V${round(BOX.height - height)}`;
  });
  return path;
}
