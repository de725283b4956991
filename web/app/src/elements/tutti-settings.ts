/**
 * The room's settings, a modal dialog: your name, your sound in and how finely it is sent, your sound out.
 *
 * Properties: `audio`, `session`. Methods: `show()`. Event: `changed`, after a change that the room
 * shows (the name).
 */
import { css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { SessionFace, TuttiFace } from 'tutti';
import { LIMITS } from 'tutti/protocol';
import { dialog } from '../design/dialog.js';
import { troubleOf } from '../logic/errors.js';
import { settings } from '../page/settings.js';
import { TuttiElement } from './base.js';
import './tutti-icon.js';
import './tutti-loudspeaker.js';
import './tutti-microphone.js';
import './tutti-quality.js';

@customElement('tutti-settings')
export class TuttiSettings extends TuttiElement {
  static override styles = [
    TuttiElement.styles,
    dialog,
    css`
      dialog {
        width: min(40rem, 100vw - 2 * var(--s2));
      }

      .parts {
        display: grid;
        gap: var(--s3);
        margin-top: var(--s1);
      }

      form {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: var(--s1);
      }

      form > :is(label, p) {
        grid-column: 1 / -1;
      }

      .wrong {
        color: var(--bad);
        font-weight: 600;
      }

      .out {
        padding-top: var(--s3);
        border-top: 1px solid var(--line);
      }

      .out p {
        margin-top: 12px;
      }

      @media (max-width: 520px) {
        dialog {
          padding: var(--s2) 20px var(--s3);
        }
      }
    `,
  ];

  @property({ attribute: false }) audio!: TuttiFace;
  @property({ attribute: false }) session!: SessionFace;

  @state() private wrong = '';
  @state() private shown = false;

  @query('dialog') private dialog!: HTMLDialogElement;
  @query('#name') private nameField!: HTMLInputElement;

  async show(): Promise<void> {
    this.wrong = '';
    this.shown = true;
    await this.updateComplete;
    this.nameField.value = this.session.name;
    this.dialog.showModal();
  }

  async #rename(event: Event): Promise<void> {
    event.preventDefault();
    const w = this.w.card;
    const name = this.nameField.value.trim();
    this.wrong =
      name === ''
        ? w.nameMissing
        : name.length > LIMITS.nameLength
          ? w.nameTooLong(LIMITS.nameLength)
          : '';
    if (this.wrong || name === this.session.name) return;
    try {
      await this.session.rename(name);
      settings.name = name;
      this.dispatchEvent(new CustomEvent('changed'));
      this.dialog.close();
    } catch (error) {
      const { code, detail } = troubleOf(error, 'signalling-failed');
      const { title, text } = this.w.errors[code](detail);
      this.wrong = `${title}. ${text}`;
    }
  }

  #parts() {
    const w = this.w.settings;
    return html`
      <div class="parts">
        <form novalidate @submit=${this.#rename}>
          <label for="name">${w.name}</label>
          <input
            id="name"
            type="text"
            autocomplete="nickname"
            spellcheck="false"
            aria-invalid=${this.wrong !== ''}
          />
          <button type="submit">${w.rename}</button>
          ${this.wrong ? html`<p class="wrong" role="alert">${this.wrong}</p>` : nothing}
        </form>
        <tutti-microphone .audio=${this.audio}></tutti-microphone>
        <tutti-quality .audio=${this.audio}></tutti-quality>
        <div class="out">
          <tutti-loudspeaker .audio=${this.audio} .volume=${w.master}></tutti-loudspeaker>
          <p class="hint">${w.reset}</p>
        </div>
      </div>
    `;
  }

  override render() {
    const w = this.w.settings;
    return html`
      <dialog aria-labelledby="title" @close=${() => (this.shown = false)}>
        <div class="head">
          <h2 id="title">${w.title}</h2>
          <button
            class="quiet"
            type="button"
            aria-label=${this.w.close}
            @click=${() => this.dialog.close()}
          >
            <tutti-icon name="close"></tutti-icon>
          </button>
        </div>
        ${this.shown ? this.#parts() : nothing}
      </dialog>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-settings': TuttiSettings;
  }
}
