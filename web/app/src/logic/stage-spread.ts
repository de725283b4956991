/**
 * Keeps musicians on the stage apart, so that each can be seen, read and taken hold of. Whoever
 * stands in another's place goes aside along their own arc: the distance, which nobody here can
 * change, stays true. Only where there are too many for that do they stand in rows.
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
/** Where the middle of the seat is in its room, from above: the words stand below. */
const SEAT = 0.38;

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
  return smallest ? { ...last, places: inRows(standing, stage, smallest) } : last;
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
      places[i] = placeOf(panAt(places[i]!.x + push, metres, stage), metres, stage);
    });
    if (!moved) break;
  }
  return places;
}

/** Each in the nearest free place of as many as the stage has; who finds none stays. */
function inRows(standing: readonly Standing[], stage: StageSize, room: Room): Point[] {
  const places = standing.map(({ pan, metres }) => placeOf(pan, metres, stage));
  const held = places.filter((_, i) => standing[i]!.held);
  let free = rows(stage, room).filter((place) => !crowded([...held, place], room));
  return places.map((place, i) => {
    if (standing[i]!.held || free.length === 0) return place;
    const far = ({ x, y }: Point): number => Math.hypot(x - place.x, y - place.y);
    const nearest = free.reduce((best, other) => (far(other) < far(best) ? other : best));
    free = free.filter((other) => other !== nearest);
    return nearest;
  });
}

function rows({ width, height }: StageSize, room: Room): Point[] {
  const across = Math.max(1, Math.floor(width / room.width));
  const deep = Math.max(1, Math.floor(height / room.height));
  return Array.from({ length: across * deep }, (_, i) => ({
    x: ((i % across) + 0.5) * (width / across),
    y: (Math.floor(i / across) + SEAT) * (height / deep),
  }));
}

/**
 * Asks all who overlap to go aside by half of it, or by the whole where the other is held. Of two in
 * one place the first in the list goes left.
 */
function part(
  places: readonly Point[],
  standing: readonly Standing[],
  room: Room,
  push: (i: number, by: number) => void,
): boolean {
  let moved = false;
  for (let i = 0; i < places.length; i++) {
    for (let j = i + 1; j < places.length; j++) {
      const [dx, dy] = [places[j]!.x - places[i]!.x, places[j]!.y - places[i]!.y];
      const over = room.width - Math.abs(dx);
      if (over < SLACK || room.height - Math.abs(dy) < SLACK) continue;
      const by = dx < 0 ? -over : over;
      const [heldI, heldJ] = [standing[i]!.held, standing[j]!.held];
      if (!heldI) push(i, heldJ ? -by : -by / 2);
      if (!heldJ) push(j, heldI ? by : by / 2);
      moved = true;
    }
  }
  return moved;
}
