/** The messages of a room as known here: each once, in the order of their time, and not endless. */
import type { ChatMessage } from '../api.js';
import { CHAT, MOST_RUNS, type KnownRun } from './messages.js';

export interface Entry extends ChatMessage {
  /** Of the author. */
  readonly n: number;
}

const keyOf = ({ author, n }: Pick<Entry, 'author' | 'n'>): string => `${author}/${String(n)}`;

export class ChatLog {
  private list: readonly Entry[] = [];
  private readonly byKey = new Map<string, Entry>();

  constructor(private readonly kept: number = CHAT.kept) {}

  /** Oldest first; another array after every change. */
  get entries(): readonly Entry[] {
    return this.list;
  }

  /**
   * Whether it was news. What the author said to us stands; what another told of it gives way to
   * the author's own word. When there are too many, the oldest that others told go first: nobody
   * can push out what was said to us by making up a past.
   */
  add(entry: Entry): boolean {
    const present = this.byKey.get(keyOf(entry));
    if (present !== undefined) {
      if (present.toldBy === null || entry.toldBy !== null) return false;
      this.remove(present);
    }
    let place = this.list.length;
    while (place > 0 && this.list[place - 1]!.at > entry.at) place--;
    this.list = [...this.list.slice(0, place), entry, ...this.list.slice(place)];
    this.byKey.set(keyOf(entry), entry);
    if (this.list.length > this.kept) {
      this.remove(this.list.find(({ toldBy }) => toldBy !== null) ?? this.list[0]!);
    }
    return this.byKey.has(keyOf(entry));
  }

  /** The author was asked and does not know of these: somebody made them up. */
  dropHearsay(author: string): boolean {
    const before = this.list.length;
    for (const entry of this.list) {
      if (entry.author === author && entry.toldBy !== null) this.remove(entry);
    }
    return this.list.length !== before;
  }

  /**
   * What `asked` need not tell. Their own messages count only where they said them to us; of
   * others nobody can tell us better than we know.
   */
  known(asked: string): KnownRun[] {
    const numbers = new Map<string, number[]>();
    for (const { author, n, toldBy } of this.list) {
      if (author === asked && toldBy !== null) continue;
      const known = numbers.get(author) ?? [];
      known.push(n);
      numbers.set(author, known);
    }
    const runs: [string, number, number][] = [];
    for (const [author, known] of numbers) {
      let last: [string, number, number] | null = null;
      for (const n of known.sort((a, b) => a - b)) {
        if (last !== null && n === last[2] + 1) last[2] = n;
        else runs.push((last = [author, n, n]));
      }
    }
    return runs.slice(0, MOST_RUNS);
  }

  /** What somebody with these does not know, oldest first. */
  unknown(known: readonly KnownRun[]): Entry[] {
    return this.list.filter(
      ({ author, n }) => !known.some(([who, from, to]) => who === author && n >= from && n <= to),
    );
  }

  private remove(entry: Entry): void {
    this.list = this.list.filter((other) => other !== entry);
    this.byKey.delete(keyOf(entry));
  }
}
