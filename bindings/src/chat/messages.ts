/**
 * What peers say to each other about the chat, on their control channel. A message is known by its
 * author, a member of the room, and its number: each author counts their own from 1. Whoever comes
 * (back) asks one peer after another for what they do not know yet.
 */

export const CHAT = {
  /** UTF-16 units of one message. */
  textLength: 2000,
  /** Messages that are kept. */
  kept: 500,
} as const;

/** Numbers `from` to `to` of an author, both included, are known. */
export type KnownRun = readonly [author: string, from: number, to: number];

export type ChatControl =
  /** Said just now by the peer whose channel this is: nobody can say it for another. */
  | { type: 'chat'; n: number; text: string }
  | { type: 'chat-ask'; known: KnownRun[] }
  /** Of the answer. `at`: ms since the Unix epoch. `name`: of the author, then. */
  | { type: 'chat-told'; author: string; n: number; name: string; at: number; text: string }
  /** That was all. */
  | { type: 'chat-end' };

/** More runs are left out: one is then told some messages that one knows. */
export const MOST_RUNS = 64;
const LONGEST_NAME = 200;
const MEMBER = /^[\w-]{1,64}$/;

// Control characters but for the line feed and the tab, halves of surrogate pairs, and what turns
// the direction of the text around it.
const UNSHOWABLE = /(?![\n\t])\p{Cc}|[\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

/** A text as it is shown, or null when it says nothing or is too long. */
export function cleanText(text: unknown): string | null {
  if (typeof text !== 'string' || text.length > CHAT.textLength) return null;
  const shown = text
    .replace(/\r\n?/g, '\n')
    .replace(UNSHOWABLE, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return shown === '' ? null : shown;
}

function cleanName(name: unknown): string | null {
  if (typeof name !== 'string' || name.length > LONGEST_NAME) return null;
  const shown = name
    .replace(/[\n\t]/g, ' ')
    .replace(UNSHOWABLE, '')
    .trim();
  return shown === '' ? null : shown;
}

const isNumber = (n: unknown): n is number =>
  typeof n === 'number' && Number.isSafeInteger(n) && n >= 1;
const isMember = (id: unknown): id is string => typeof id === 'string' && MEMBER.test(id);

function isRun(run: unknown): run is KnownRun {
  if (!Array.isArray(run) || run.length !== 3) return false;
  const [author, from, to] = run as unknown[];
  return isMember(author) && isNumber(from) && isNumber(to) && from <= to;
}

/** null for anything that is not one of the above. */
export function parseChat(message: Record<string, unknown>): ChatControl | null {
  const { type, n, text, known, author, name, at } = message;
  switch (type) {
    case 'chat': {
      const said = cleanText(text);
      return isNumber(n) && said !== null ? { type, n, text: said } : null;
    }
    case 'chat-ask':
      if (!Array.isArray(known) || known.length > MOST_RUNS) return null;
      return known.every(isRun) ? { type, known: known.map((run) => [...run] as const) } : null;
    case 'chat-told': {
      const said = cleanText(text);
      const called = cleanName(name);
      if (!isMember(author) || !isNumber(n) || said === null || called === null) return null;
      if (typeof at !== 'number' || !Number.isFinite(at) || at < 0) return null;
      return { type, author, n, name: called, at, text: said };
    }
    case 'chat-end':
      return { type };
    default:
      return null;
  }
}
