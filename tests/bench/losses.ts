/** Which packets are lost: read from files, or made up, the same in every run. */
import { readFileSync } from 'node:fs';
import { Random } from '../../bindings/src/bench/random.js';
import { filesIn, stem } from './folder.ts';
import { InputError } from './input-error.ts';
import { PACKET_MS } from './stream.ts';

export interface LossPattern {
  name: string;
  /** Of a clip of so many packets: which are lost, ascending. */
  lost: (packets: number) => number[];
}

/** Concealers need something to have been heard, and the last gap somewhere to return to. */
const FIRST = Math.ceil(300 / PACKET_MS);
const LAST_MARGIN = Math.ceil(100 / PACKET_MS);
/** Between isolated losses, so that the one is over when the next begins. */
const APART = 8;

/** A geometric number of packets, at least 1. */
function geometric(random: Random, average: number): number {
  if (average <= 1) return 1;
  return 1 + Math.floor(Math.log(1 - random.next()) / Math.log(1 - 1 / average));
}

/** Single packets, never two within 8. `rate`: of all packets. */
export function isolated(rate: number, seed: number): LossPattern['lost'] {
  return (packets) => {
    const random = new Random(seed);
    const lost: number[] = [];
    const next = () => APART - 1 + geometric(random, 1 / rate - APART + 1);
    for (let k = FIRST + next() - APART; k < packets - LAST_MARGIN; k += next()) lost.push(k);
    return lost;
  };
}

/** Gilbert's model: runs of lost and of received packets, the lengths of both geometric. */
export function gilbert(rate: number, meanRun: number, seed: number): LossPattern['lost'] {
  return (packets) => {
    const random = new Random(seed);
    const lost: number[] = [];
    const end = packets - LAST_MARGIN;
    const meanBetween = (meanRun * (1 - rate)) / rate;
    for (let k = FIRST + geometric(random, meanBetween) - 1; k < end;) {
      const runEnd = Math.min(end, k + geometric(random, meanRun));
      while (k < runEnd) lost.push(k++);
      k += geometric(random, meanBetween);
    }
    return lost;
  };
}

/** By seeds with which 10, 30 and 60 s come near the rate and the runs that the names say. */
export const GENERATED: readonly LossPattern[] = [
  { name: 'isolated, 2 %', lost: isolated(0.02, 282) },
  { name: 'bursts of 3 on average, 3 %', lost: gilbert(0.03, 3, 299) },
  { name: 'bursts of 8 on average, 3 %', lost: gilbert(0.03, 8, 143) },
];

/** One index of a packet a line; lines that begin with # are comments. */
export function parseLosses(text: string, name: string): number[] {
  const lost = new Set<number>();
  text.split(/\r?\n/).forEach((line, i) => {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) return;
    if (!/^\d+$/.test(trimmed)) {
      throw new InputError(`${name}, line ${i + 1}: "${line}" is not the index of a packet.`);
    }
    lost.add(Number(trimmed));
  });
  return [...lost].sort((a, b) => a - b);
}

/** The files for packets of 128 frames: those with p128 in their names. */
export function readLosses(folder: string): LossPattern[] {
  return filesIn(folder, '.txt', (name) => name.includes('p128')).map((path) => {
    const lost = parseLosses(readFileSync(path, 'utf8'), path);
    return { name: stem(path), lost: (packets) => lost.filter((k) => k < packets) };
  });
}
