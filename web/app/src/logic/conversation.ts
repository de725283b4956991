/** The messages of a chat as they are shown, and how many of them nobody here has read. */
import type { ChatMessage } from 'tutti';

export interface Said extends ChatMessage {
  /** Goes on after another of the same person: the name need not stand again. */
  goesOn: boolean;
}

/** After a longer silence the name stands again. */
const TOGETHER_MS = 3 * 60_000;

export function conversation(messages: readonly ChatMessage[]): Said[] {
  return messages.map((message, i) => {
    const before = messages[i - 1];
    const goesOn =
      before?.author === message.author &&
      before.name === message.name &&
      before.toldBy === message.toldBy &&
      message.at - before.at < TOGETHER_MS;
    return { ...message, goesOn };
  });
}

/** What has not been read; what one says oneself is read. */
export class Unread {
  readonly #read = new Set<string>();

  /** Those that nobody has read, `open` while the chat is in view. */
  look(messages: readonly ChatMessage[], open: boolean): ChatMessage[] {
    const unread = messages.filter(({ id, own }) => !own && !this.#read.has(id));
    if (!open) return unread;
    for (const { id } of unread) this.#read.add(id);
    return [];
  }
}
