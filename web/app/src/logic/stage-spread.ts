/**
 * Keeps musicians on the stage apart, so that each can be seen, read and taken hold of. Whoever
 * stands in another's place goes aside along their own arc: the distance, which nobody here can
 * change, stays true. Only where an arc is full do they also step back or forward.
 *
 * The same places in give the same places out: nobody wanders.
 */
import { panAt, placeOf, type Point, type StageSize } from './stage-place.js';

export interface Standing {
  /** -1 to +1. */
  pan: number;
  metres: number;
  /** Stays where the pan says, as the one that a finger holds does. */
  held: boolean;
}

/** What a musician takes, px: the figure with the words below it. */
export interface Room {
  width: number;
  height: number;
}

export interface Spread {
  /** In the order given. The middle of the figure's ring. */
  places: Point[];
  /** Which of the rooms offered was small enough. */
  room: number;
}

const ROUNDS = 80;
/** Who overlaps by less, px, does not overlap. */
const SLACK = 1;

/** `rooms` from the one that is wished to the smallest that will do. */
export function spread(
  standing: readonly Standing[],
  stage: StageSize,
  rooms: readonly Room[],
): Spread {
  let last: Spread = { places: [], room: 0 };
  for (const [room, size] of rooms.entries()) {
    last = { places: alongArcs(standing, stage, size), room };
    if (!crowded(last.places, size)) return last;
  }
  const smallest = rooms[last.room];
  return smallest ? { ...last, places: anywhere(last.places, standing, stage, smallest) } : last;
}

/** Whether any two overlap. */
export function crowded(places: readonly Point[], room: Room): boolean {
  return places.some((a, i) =>
    places.slice(i + 1).some((b) => {
      return Math.abs(a.x - b.x) < room.width - SLACK && Math.abs(a.y - b.y) < room.height - SLACK;
    }),
  );
}

function alongArcs(standing: readonly Standing[], stage: StageSize, room: Room): Point[] {
  const places = standing.map(({ pan, metres }) => placeOf(pan, metres, stage));
  for (let round = 0; round < ROUNDS; round++) {
    const moved = part(places, standing, room, (i, push) => {
      const { metres } = standing[i]!;
      places[i] = placeOf(panAt(places[i]!.x + push.x, metres, stage), metres, stage);
    });
    if (!moved) break;
  }
  return places;
}

function anywhere(
  from: readonly Point[],
  standing: readonly Standing[],
  stage: StageSize,
  room: Room,
): Point[] {
  const places = from.map((place) => inside(place, stage, room));
  for (let round = 0; round < ROUNDS; round++) {
    const moved = part(places, standing, room, (i, push) => {
      const { x, y } = places[i]!;
      // The shorter way out: aside, or forward and back.
      const aside = Math.abs(push.x) / room.width <= Math.abs(push.y) / room.height;
      const to = aside ? { x: x + push.x, y } : { x, y: y + push.y };
      places[i] = inside(to, stage, room);
    });
    if (!moved) break;
  }
  return places;
}

/**
 * Asks all who overlap to go aside by half of it, or by the whole where the other is held. Of two in
 * one place the first in the list goes left.
 */
function part(
  places: readonly Point[],
  standing: readonly Standing[],
  room: Room,
  push: (i: number, by: Point) => void,
): boolean {
  let moved = false;
  for (let i = 0; i < places.length; i++) {
    for (let j = i + 1; j < places.length; j++) {
      const [dx, dy] = [places[j]!.x - places[i]!.x, places[j]!.y - places[i]!.y];
      const over = { x: room.width - Math.abs(dx), y: room.height - Math.abs(dy) };
      if (over.x < SLACK || over.y < SLACK) continue;
      const by = { x: (dx < 0 ? -1 : 1) * over.x, y: (dy < 0 ? -1 : 1) * over.y };
      const [heldI, heldJ] = [standing[i]!.held, standing[j]!.held];
      if (!heldI) push(i, scaled(by, heldJ ? -1 : -0.5));
      if (!heldJ) push(j, scaled(by, heldI ? 1 : 0.5));
      moved = true;
    }
  }
  return moved;
}

function scaled({ x, y }: Point, by: number): Point {
  return { x: x * by, y: y * by };
}

function inside({ x, y }: Point, { width, height }: StageSize, room: Room): Point {
  const clamp = (value: number, margin: number, most: number): number =>
    Math.max(margin, Math.min(most - margin, value));
  return { x: clamp(x, room.width / 2, width), y: clamp(y, room.height / 2, height) };
}
