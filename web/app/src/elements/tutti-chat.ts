/**
 * The chat, a drawer beside the music. Not modal: one can go on mixing. What others say is text,
 * whatever it contains; addresses of pages become links.
 *
 * Properties: `session`, `open`. Events: `close`; `unread`, with the messages that nobody here has
 * read, whenever they are others.
 */
import { css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ChatMessage, SessionFace } from 'tutti';
import { drawer } from '../design/drawer.js';
import { conversation, Unread, type Said } from '../logic/conversation.js';
import { linked } from '../logic/links.js';
import * as units from '../logic/units.js';
import { TuttiElement } from './base.js';
import './tutti-icon.js';

const LONGEST = 2000;
/** px: so near to the end one is at the end. */
const AT_THE_END = 48;

@customElement('tutti-chat')
export class TuttiChat extends TuttiElement {
  static override styles = [
    TuttiElement.styles,
    drawer,
    css`
      dialog {
        height: 100%;
        overflow: hidden;
      }

      dialog[open] {
        display: grid;
        grid-template-rows: auto minmax(0, 1fr) auto;
      }

      .log {
        overflow-y: auto;
        padding: 0 var(--s2) var(--s1);
        overscroll-behavior: contain;
      }

      .empty {
        padding: var(--s1);
      }

      article {
        width: fit-content;
        max-width: 88%;
        margin-top: 4px;
      }

      article.first {
        margin-top: 14px;
      }

      article.own {
        margin-inline-start: auto;
      }

      .who {
        margin: 0 12px 2px;
        color: var(--soft);
        font-size: 0.9375rem;
        line-height: 1.3;
        overflow-wrap: anywhere;
      }

      .who strong {
        color: var(--text);
        font-weight: 600;
      }

      .own .who {
        text-align: end;
      }

      .text {
        width: fit-content;
        padding: 8px 14px;
        border: 1px solid var(--line);
        border-radius: 18px;
        background: var(--raised);
        line-height: 1.35;
        overflow-wrap: anywhere;
        white-space: pre-wrap;
      }

      .own .text {
        margin-inline-start: auto;
        border-color: var(--brass-faint);
        background: transparent;
      }

      .text a {
        display: inline-block;
        min-height: 24px;
      }

      form {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        align-items: end;
        gap: var(--s1);
        padding: 12px var(--s2) var(--s2);
        border-top: 1px solid var(--line);
      }

      form > p {
        grid-column: 1 / -1;
      }

      textarea {
        width: 100%;
        min-height: var(--target);
        max-height: 8.5em;
        padding: 10px 16px;
        border: 1px solid var(--edge);
        border-radius: var(--radius);
        background: var(--hall);
        color: var(--text);
        font: inherit;
        line-height: 1.4;
        resize: none;
        field-sizing: content;
      }

      textarea::placeholder {
        color: var(--soft);
        opacity: 1;
      }

      form button {
        padding: 8px 12px;
        border-color: transparent;
        background: var(--button);
        color: var(--on-button);
      }

      form button:hover:not(:disabled) {
        border-color: var(--text);
      }
    `,
  ];

  @property({ attribute: false }) session!: SessionFace;
  @property({ type: Boolean }) open = false;

  @state() private messages: readonly ChatMessage[] = [];
  /** What was said last did not go out. */
  @state() private refused = false;

  @query('dialog') private dialog!: HTMLDialogElement;
  @query('.log') private log!: HTMLElement | null;
  @query('textarea') private field!: HTMLTextAreaElement;

  readonly #unread = new Unread();
  #atEnd = true;

  readonly #look = (): void => {
    const { log } = this;
    this.#atEnd = !log || log.scrollHeight - log.scrollTop - log.clientHeight < AT_THE_END;
    this.messages = this.session.messages;
    const detail = this.#unread.look(this.messages, this.open);
    this.dispatchEvent(new CustomEvent<ChatMessage[]>('unread', { detail }));
  };

  override connectedCallback(): void {
    super.connectedCallback();
    this.session.addEventListener('messages', this.#look);
    this.#look();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.session.removeEventListener('messages', this.#look);
  }

  protected override updated(): void {
    const { dialog, log } = this;
    if (dialog.open !== this.open) {
      if (this.open) {
        dialog.show();
        this.field.focus();
        this.#look();
        this.#atEnd = true;
      } else dialog.close();
    }
    if (log && this.#atEnd) log.scrollTop = log.scrollHeight;
  }

  #close(): void {
    this.dispatchEvent(new CustomEvent('close'));
  }

  #key(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.#close();
  }

  #typed(event: KeyboardEvent): void {
    // Enter also ends a word in the input methods of some languages.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#send();
  }

  #send(event?: Event): void {
    event?.preventDefault();
    if (this.field.value.trim() === '') return;
    this.#atEnd = true;
    this.refused = !this.session.sendMessage(this.field.value);
    if (!this.refused) this.field.value = '';
    this.field.focus();
  }

  #linked(text: string) {
    return linked(text).map(({ text: part, href }) =>
      href === null
        ? part
        : html`<a href=${href} rel="noopener noreferrer" target="_blank">${part}</a>`,
    );
  }

  #said({ name, text, at, own, toldBy, goesOn }: Said) {
    const w = this.w.chat;
    const time = units.timeOfDay(at, this.w.language);
    const who = own ? w.you : name;
    return html`<article class="${own ? 'own' : ''} ${goesOn ? '' : 'first'}">
      <p class="who ${goesOn ? 'unseen' : ''}">
        <strong>${who}</strong>
        <time datetime=${new Date(at).toISOString()}>${time}</time
        >${toldBy === null ? nothing : ` ${w.toldBy(toldBy)}`}
      </p>
      <p class="text">${this.#linked(text)}</p>
    </article>`;
  }

  override render() {
    const w = this.w.chat;
    return html`
      <dialog aria-labelledby="title" @keydown=${this.#key}>
        <div class="head">
          <h2 id="title">${w.title}</h2>
          <button class="quiet" type="button" aria-label=${this.w.close} @click=${this.#close}>
            <tutti-icon name="close"></tutti-icon>
          </button>
        </div>
        <div class="log" role="log" tabindex="0" aria-label=${w.log}>
          ${this.messages.length === 0 ? html`<p class="empty hint">${w.empty}</p>` : nothing}
          ${repeat(
            conversation(this.messages),
            ({ id }) => id,
            (said) => this.#said(said),
          )}
        </div>
        <form @submit=${this.#send}>
          ${this.refused ? html`<p class="hint" role="alert">${w.refused}</p>` : nothing}
          <textarea
            rows="1"
            maxlength=${LONGEST}
            aria-label=${w.field}
            placeholder=${w.field}
            @keydown=${this.#typed}
          ></textarea>
          <button type="submit" aria-label=${w.send}>
            <tutti-icon name="say"></tutti-icon>
          </button>
        </form>
      </dialog>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-chat': TuttiChat;
  }
}
