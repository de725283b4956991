/** The links in a text that somebody else wrote. Only what is surely a page on the web is one. */

/** `href` is null for what is only text. */
export interface TextPart {
  text: string;
  href: string | null;
}

const ADDRESS = /\bhttps?:\/\/[^\s<>"\u00ab\u00bb\u201c\u201d]+/giu;
/** What stands behind a link at the end of a sentence is not part of it. */
const TRAILING = /[.,;:!?'\u2019*_~\]}]$/u;

/** Together, the parts are the text again. */
export function linked(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let done = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const shown = withoutTail(found);
    const href = addressOf(shown);
    if (href === null) continue;
    if (index > done) parts.push({ text: text.slice(done, index), href: null });
    parts.push({ text: shown, href });
    done = index + shown.length;
  }
  if (done < text.length) parts.push({ text: text.slice(done), href: null });
  return parts;
}

/** A closing bracket belongs to a link only when it was opened in it. */
function withoutTail(found: string): string {
  let kept = found;
  for (;;) {
    const open = kept.split('(').length;
    if (TRAILING.test(kept) || (kept.endsWith(')') && kept.split(')').length > open)) {
      kept = kept.slice(0, -1);
    } else return kept;
  }
}

function addressOf(shown: string): string | null {
  let url: URL;
  try {
    url = new URL(shown);
  } catch {
    return null;
  }
  const { protocol, username, password, href } = url;
  if (protocol !== 'http:' && protocol !== 'https:') return null;
  // "https://example.org@elsewhere" leads elsewhere.
  return username === '' && password === '' ? href : null;
}
