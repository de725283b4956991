/**
 * Hearing oneself through a peer: whoever lends sends the borrower's packets back instead of
 * packets of their own. It runs in the network thread, so that a busy page does not hold it up.
 *
 * Only one of the two may borrow at a time: two who sent everything back to one another would have
 * packets going round for ever. Where both ask at once, neither gets it.
 */
import type { Loopback as Said } from './messages.js';

/** Nobody is kept from hearing the lender for longer; then the borrower may ask again. */
export const LENT_MS = 60_000;

export interface LoopbackOptions {
  say: (message: Said) => void;
  /** `side`: 'ours' is heard here through them, 'theirs' is heard there through us. */
  tell: (side: 'ours' | 'theirs', on: boolean) => void;
}

export class Loopback {
  /** What comes from this peer is to be sent back, and nothing else. */
  lends = false;
  private borrows = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: LoopbackOptions) {}

  /** Asks the peer for it, or ends it. */
  borrow(on: boolean): void {
    this.borrows = on && !this.lends;
    if (this.borrows) this.say('ask');
    else if (on) this.options.tell('ours', false);
    else this.say('end');
  }

  /** What the peer said. */
  hear({ what }: Said): void {
    switch (what) {
      case 'ask':
        if (this.borrows) this.say('off');
        else this.lend();
        break;
      case 'end':
        // They know: an answer might be taken for that to their next question.
        this.endLending();
        break;
      case 'on':
        if (this.borrows) this.options.tell('ours', true);
        else this.say('end');
        break;
      case 'off':
        this.borrows = false;
        this.options.tell('ours', false);
        break;
    }
  }

  close(): void {
    clearTimeout(this.timer);
    this.lends = this.borrows = false;
  }

  private lend(): void {
    // Asked again meanwhile, it does not take longer.
    if (!this.lends) {
      this.lends = true;
      this.timer = setTimeout(() => {
        this.say('off');
        this.endLending();
      }, LENT_MS);
      this.options.tell('theirs', true);
    }
    this.say('on');
  }

  private endLending(): void {
    if (!this.lends) return;
    clearTimeout(this.timer);
    this.lends = false;
    this.options.tell('theirs', false);
  }

  private say(what: Said['what']): void {
    this.options.say({ type: 'loopback', what });
  }
}
