import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * Resume tokens: they prove that their bearer is (or was) a certain member of a certain room.
 * Nothing is stored: a token is `member.process.mac`, the last an HMAC over room, member and process,
 * so that with a configured secret it is still understood after the server was restarted.
 */
export class ResumeTokens {
  readonly #secret: Buffer;
  /**
   * Marks the tokens of this run of the server. A member unknown to the room has left if its token
   * is ours, and is only waiting to come back if an earlier run gave it.
   */
  readonly #process = randomBytes(6).toString('base64url');

  constructor(secret: Buffer) {
    this.#secret = secret;
  }

  issue(room: string, member: string): string {
    return `${member}.${this.#process}.${this.#mac(room, member, this.#process)}`;
  }

  /** Whose token it is, or null when it is not one of ours for this room. */
  verify(room: string, token: string): { member: string; earlierProcess: boolean } | null {
    const [member, process, mac, ...rest] = token.split('.');
    if (!member || !process || !mac || rest.length > 0) return null;
    const given = Buffer.from(mac);
    const right = Buffer.from(this.#mac(room, member, process));
    if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
    return { member, earlierProcess: process !== this.#process };
  }

  #mac(room: string, member: string, process: string): string {
    // None of the parts can contain the separator: they are base64url, which we made ourselves.
    return createHmac('sha256', this.#secret)
      .update(`tutti-resume.${room}.${member}.${process}`)
      .digest('base64url');
  }
}
