/**
 * The lobby: open a room, or go to one whose link was sent. No properties, no events: it leads to
 * `/r/ROOM`.
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { troubleOf, type Trouble } from '../logic/errors.js';
import { readLink, roomPath } from '../logic/room-link.js';
import { createRoom, findRoom } from '../page/rooms.js';
import { TuttiElement } from './base.js';
import './tutti-logo.js';
import './tutti-notice.js';
import './tutti-stage-lines.js';
import './tutti-top.js';

/** What stands under the field or the button: one thing at a time. */
type Answer =
  | { kind: 'trouble'; trouble: Trouble; at: 'open' | 'paste' }
  | { kind: 'empty' | 'unclear' }
  | { kind: 'elsewhere'; host: string; url: string };

@customElement('tutti-lobby')
export class TuttiLobby extends TuttiElement {
  static override styles = [
    TuttiElement.styles,
    css`
      :host {
        position: relative;
        display: flex;
        flex-direction: column;
        isolation: isolate;
      }

      tutti-stage-lines {
        z-index: -1;
      }

      main {
        flex: 1;
        display: flex;
        flex-direction: column;
        align-items: center;
        justify-content: center;
        gap: var(--s6);
        width: 100%;
        max-width: 40rem;
        margin: 0 auto;
        padding: var(--s3) var(--s3) 4vh;
      }

      header {
        text-align: center;
      }

      header tutti-logo {
        margin-bottom: var(--s1);
        font-size: 5rem;
      }

      h1 {
        font-size: clamp(3.5rem, 14vw, 5.5rem);
        font-weight: 700;
        letter-spacing: -0.015em;
        line-height: 1;
      }

      .tagline {
        margin-top: var(--s2);
        font-size: clamp(1.25rem, 4vw, 1.5rem);
        line-height: 1.35;
        text-wrap: balance;
      }

      .open {
        display: grid;
        justify-items: center;
        gap: var(--s2);
        text-align: center;
      }

      .open .hint {
        max-width: 26rem;
        text-wrap: balance;
      }

      button.main {
        min-width: 17rem;
        min-height: 72px;
        border-radius: 36px;
        font-size: 1.5rem;
      }

      form {
        display: grid;
        gap: var(--s1);
        width: 100%;
        max-width: 32rem;
        padding: var(--s3);
        border: 1px solid var(--line);
        border-radius: var(--radius-large);
        background: var(--surface);
      }

      .row {
        display: flex;
        gap: var(--s1);
      }

      .row button {
        flex: none;
      }

      .measure {
        margin-top: calc(-1 * var(--s3));
        padding: 12px;
        color: var(--soft);
        font-size: 1rem;
      }

      tutti-notice {
        width: 100%;
        max-width: 32rem;
        text-align: start;
      }

      @media (max-width: 480px) {
        main {
          gap: var(--s3);
          padding: 0 var(--s2) var(--s3);
        }

        header tutti-logo {
          font-size: 4rem;
        }

        .row {
          flex-direction: column;
        }

        form {
          padding: 20px;
        }
      }
    `,
  ];

  @state() private busy: 'open' | 'paste' | null = null;
  @state() private answer: Answer | null = isSecureContext
    ? null
    : { kind: 'trouble', trouble: { code: 'insecure-origin', detail: '' }, at: 'open' };

  @query('input') private pasted!: HTMLInputElement;

  async #open(): Promise<void> {
    this.answer = null;
    this.busy = 'open';
    try {
      const { id } = await createRoom();
      location.assign(roomPath(id));
    } catch (error) {
      this.busy = null;
      const trouble = troubleOf(error, 'server-unreachable');
      this.answer = { kind: 'trouble', trouble, at: 'open' };
    }
  }

  async #go(event: Event): Promise<void> {
    event.preventDefault();
    this.answer = null;
    const link = readLink(this.pasted.value, location.host);
    if (link.kind !== 'room') {
      this.answer = link;
      this.pasted.focus();
      return;
    }
    this.busy = 'paste';
    try {
      await findRoom(link.id);
      location.assign(roomPath(link.id));
    } catch (error) {
      this.busy = null;
      const trouble = troubleOf(error, 'server-unreachable');
      this.answer = { kind: 'trouble', trouble, at: 'paste' };
    }
  }

  /** Coming back with the browser's own button may show this page as it was left. */
  readonly #shown = (): void => {
    this.busy = null;
  };

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('pageshow', this.#shown);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('pageshow', this.#shown);
  }

  #notice(at: 'open' | 'paste'): TemplateResult | typeof nothing {
    const { answer } = this;
    const w = this.w.lobby;
    if (answer?.kind === 'trouble') {
      if (answer.at !== at) return nothing;
      const { title, text } = this.w.errors[answer.trouble.code](answer.trouble.detail);
      return html`<tutti-notice urgent .heading=${title} .text=${text}></tutti-notice>`;
    }
    if (!answer || at === 'open') return nothing;
    if (answer.kind === 'elsewhere') {
      return html`<tutti-notice urgent tone="calm" .text=${w.elsewhere(answer.host)}>
        <a href=${answer.url}>${w.goElsewhere(answer.host)}</a>
      </tutti-notice>`;
    }
    return html`<tutti-notice urgent .text=${w[answer.kind]}></tutti-notice>`;
  }

  override render() {
    const w = this.w.lobby;
    return html`
      <tutti-stage-lines></tutti-stage-lines>
      <tutti-top bare></tutti-top>
      <main>
        <header>
          <tutti-logo></tutti-logo>
          <h1>Tutti</h1>
          <p class="tagline">${w.tagline}</p>
        </header>
        <div class="open">
          <button class="main" type="button" ?disabled=${this.busy !== null} @click=${this.#open}>
            ${this.busy === 'open' ? w.opening : w.open}
          </button>
          <p class="hint">${w.openHint}</p>
          ${this.#notice('open')}
        </div>
        <form novalidate @submit=${this.#go}>
          <label for="link">${w.pasteLabel}</label>
          <div class="row">
            <input
              id="link"
              type="text"
              inputmode="url"
              autocomplete="off"
              autocapitalize="none"
              spellcheck="false"
              enterkeyhint="go"
              placeholder=${w.pastePlaceholder}
            />
            <button type="submit" ?disabled=${this.busy !== null}>
              ${this.busy === 'paste' ? w.looking : w.go}
            </button>
          </div>
          ${this.#notice('paste')}
        </form>
        <a class="measure" href="/bench">${w.measure}</a>
      </main>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-lobby': TuttiLobby;
  }
}
