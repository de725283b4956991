/**
 * The chat of one room. There is no server for it: what is said goes to each peer over the reliable
 * channel of the pair, and whoever comes later asks those who are there.
 *
 * A live message counts as said by the peer whose channel it comes on. What is told of the past is
 * hearsay, and marked so (`toldBy`), until its author, while in the room, tells it too; what the
 * author does not know of is dropped again, and none is taken of oneself.
 */
import type { ChatMessage } from '../api.js';
import { TokenBucket } from '../token-bucket.js';
import { ChatLog, type Entry } from './log.js';
import { CHAT, cleanText, type ChatControl } from './messages.js';

/** Of live messages; a little less for ourselves, so that nothing of ours is refused over there. */
const RATE = { burst: 10, perSecond: 1 };
const OWN_RATE = { burst: 8, perSecond: 0.8 };
/** Somebody may ask for all again so often. */
const ASK_RATE = { burst: 4, perSecond: 0.2 };
/**
 * The past shares its connection with the sound, and has time: about so many characters every so
 * many ms, some 40 kB a second; `around`: what one message costs besides its text.
 */
const TELL = { everyMs: 50, characters: 2000, around: 150 };
/** A peer who goes on silent for so long has told all, or is too old to know of the chat. */
const PATIENCE_MS = 8000;

export interface ChatOptions {
  say: (peer: string, message: ChatControl) => void;
  changed: () => void;
  /** ms of a clock that never goes back; for the tests. */
  now?: () => number;
}

interface Partner {
  name: string;
  readonly live: TokenBucket;
  readonly asks: TokenBucket;
  /** Has told all that they said themselves. */
  told: boolean;
  telling: ReturnType<typeof setInterval> | undefined;
}

export class Chat {
  private readonly log = new ChatLog();
  private readonly partners = new Map<string, Partner>();
  private readonly own = new TokenBucket(OWN_RATE.burst, OWN_RATE.perSecond);
  /** Own member id. */
  private self = '';
  private number = 0;
  /** Still to be asked. */
  private queue: string[] = [];
  private asking: { id: string; left: number } | null = null;
  private patience: ReturnType<typeof setTimeout> | undefined;

  private readonly now: () => number;

  constructor(private readonly options: ChatOptions) {
    this.now = options.now ?? (() => performance.now());
  }

  get messages(): readonly ChatMessage[] {
    return this.log.entries;
  }

  /** In the room, as this member. */
  enter(self: string): void {
    this.self = self;
  }

  /** Says it to everybody; false when it says nothing, is too long, or came too fast. */
  send(text: string, name: string): boolean {
    const shown = cleanText(text);
    if (shown === null || this.self === '' || !this.own.take(this.now())) return false;
    const n = ++this.number;
    this.log.add(this.entry(this.self, n, name, Date.now(), shown, null));
    for (const id of this.partners.keys()) this.options.say(id, { type: 'chat', n, text: shown });
    this.options.changed();
    return true;
  }

  /** The channel to this peer is open (again). */
  opened(id: string, name: string): void {
    this.partner(id, name).told = false;
    this.queue = [...this.queue.filter((other) => other !== id), id];
    if (this.asking === null) this.askNext();
  }

  /** Nothing can be said to this peer for now. */
  closed(id: string): void {
    const partner = this.partners.get(id);
    if (partner !== undefined) stopTelling(partner);
    this.queue = this.queue.filter((other) => other !== id);
    if (this.asking?.id === id) this.askNext();
  }

  /** The peer left the room. */
  left(id: string): void {
    this.closed(id);
    this.partners.delete(id);
  }

  /** From a member of the room, whom it calls `name` now. */
  hear(id: string, name: string, message: ChatControl): void {
    // They may have heard that the channel is open before we did.
    const partner = this.partner(id, name);
    switch (message.type) {
      case 'chat':
        if (!partner.live.take(this.now())) return;
        this.take(this.entry(id, message.n, name, Date.now(), message.text, null));
        break;
      case 'chat-ask':
        if (partner.asks.take(this.now())) this.tell(id, partner, message.known);
        break;
      case 'chat-told':
        this.hearPast(id, message);
        break;
      case 'chat-end':
        if (this.asking?.id !== id) return;
        partner.told = true;
        if (this.log.dropHearsay(id)) this.options.changed();
        this.askNext();
        break;
    }
  }

  close(): void {
    clearTimeout(this.patience);
    for (const partner of this.partners.values()) stopTelling(partner);
    this.partners.clear();
    this.queue = [];
    this.asking = null;
  }

  private partner(id: string, name: string): Partner {
    let partner = this.partners.get(id);
    if (partner === undefined) {
      partner = {
        name,
        live: new TokenBucket(RATE.burst, RATE.perSecond),
        asks: new TokenBucket(ASK_RATE.burst, ASK_RATE.perSecond),
        told: false,
        telling: undefined,
      };
      this.partners.set(id, partner);
    }
    partner.name = name;
    return partner;
  }

  private take(entry: Entry): void {
    if (this.log.add(entry)) this.options.changed();
  }

  private entry(
    author: string,
    n: number,
    name: string,
    at: number,
    text: string,
    toldBy: string | null,
  ): Entry {
    const own = author === this.self;
    return { id: `${author}/${String(n)}`, author, n, name, at, text, own, toldBy };
  }

  private hearPast(from: string, told: ChatControl & { type: 'chat-told' }): void {
    const { asking } = this;
    if (asking?.id !== from || asking.left-- <= 0) return;
    this.wait();
    const { author, n, text } = told;
    // Their clock may be ahead of ours; nothing was said in the future.
    const at = Math.min(told.at, Date.now());
    if (author === from) {
      const name = this.partners.get(from)?.name ?? told.name;
      this.take(this.entry(author, n, name, at, text, null));
    } else if (author !== this.self && this.partners.get(author)?.told !== true) {
      const toldBy = this.partners.get(from)?.name ?? '';
      this.take(this.entry(author, n, told.name, at, text, toldBy));
    }
  }

  // ---- asking, one at a time: the second tells only what the first did not know -------------------

  private askNext(): void {
    clearTimeout(this.patience);
    const id = this.queue.shift();
    this.asking = id === undefined ? null : { id, left: CHAT.kept };
    if (id === undefined) return;
    this.options.say(id, { type: 'chat-ask', known: this.log.known(id) });
    this.wait();
  }

  private wait(): void {
    clearTimeout(this.patience);
    this.patience = setTimeout(() => {
      this.askNext();
    }, PATIENCE_MS);
  }

  // ---- telling -----------------------------------------------------------------------------------

  private tell(id: string, partner: Partner, known: Parameters<ChatLog['unknown']>[0]): void {
    stopTelling(partner);
    const rest = this.log.unknown(known).filter(({ author }) => author !== id);
    const step = (): void => {
      for (let characters = 0; characters < TELL.characters;) {
        const entry = rest.shift();
        if (entry === undefined) {
          stopTelling(partner);
          this.options.say(id, { type: 'chat-end' });
          return;
        }
        const { author, n, name, at, text } = entry;
        this.options.say(id, { type: 'chat-told', author, n, name, at, text });
        characters += text.length + TELL.around;
      }
    };
    partner.telling = setInterval(step, TELL.everyMs);
    step();
  }
}

function stopTelling(partner: Partner): void {
  clearInterval(partner.telling);
  partner.telling = undefined;
}
