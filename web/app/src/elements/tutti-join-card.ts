/**
 * Before going in, one card of three parts: your name, your sound in, your sound out. Then "Go in".
 *
 * Properties: `audio` (null until it is ready), `name`, `busy` (going in), `trouble` (why the last
 * try failed, or null).
 * Event: `go-in`, `detail` = { name, silent } once the microphone is open, or `silent` was chosen.
 */
import { css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { TuttiFace } from 'tutti';
import { LIMITS } from 'tutti/protocol';
import type { Trouble } from '../logic/errors.js';
import { settings } from '../page/settings.js';
import { TuttiElement } from './base.js';
import './tutti-echo.js';
import type { TuttiEcho } from './tutti-echo.js';
import './tutti-icon.js';
import './tutti-loudspeaker.js';
import type { TuttiLoudspeaker } from './tutti-loudspeaker.js';
import './tutti-microphone.js';
import type { TuttiMicrophone } from './tutti-microphone.js';
import './tutti-notice.js';

export interface GoIn {
  name: string;
}

@customElement('tutti-join-card')
export class TuttiJoinCard extends TuttiElement {
  static override styles = [
    TuttiElement.styles,
    css`
      :host {
        display: block;
        width: 100%;
        max-width: 42rem;
        padding: 0 var(--s2) var(--s4);
        margin: auto;
      }

      form {
        display: grid;
        gap: var(--s3);
        padding: var(--s4);
        border: 1px solid var(--line);
        border-radius: var(--radius-large);
        background: var(--surface);
      }

      .name label {
        margin-bottom: var(--s1);
      }

      .name p {
        margin-top: var(--s1);
        color: var(--bad);
        font-weight: 600;
      }

      .in,
      .out {
        padding-top: var(--s3);
        border-top: 1px solid var(--line);
      }

      .out {
        display: grid;
        gap: var(--s2);
      }

      .headphones {
        display: flex;
        gap: 14px;
      }

      .headphones tutti-icon {
        width: 32px;
        height: 32px;
        color: var(--brass);
      }

      .go {
        display: grid;
        justify-items: center;
      }

      .go button {
        min-width: 16rem;
      }

      @media (max-width: 520px) {
        :host {
          padding-inline: 0;
          padding-bottom: 0;
        }

        form {
          padding: var(--s3) 20px;
          border-width: 1px 0 0;
          border-end-start-radius: 0;
          border-end-end-radius: 0;
        }

        .go {
          justify-items: stretch;
        }
      }
    `,
  ];

  @property({ attribute: false }) audio: TuttiFace | null = null;
  @property() name = '';
  @property({ type: Boolean }) busy = false;
  @property({ attribute: false }) trouble: Trouble | null = null;

  @state() private nameWords: 'missing' | 'long' | null = null;
  @state() private opening = false;
  @state() private deaf = false;

  @query('#name') private nameField!: HTMLInputElement;
  @query('tutti-microphone') private microphone!: TuttiMicrophone;
  @query('tutti-loudspeaker') private loudspeaker!: TuttiLoudspeaker;
  @query('tutti-echo') private echo!: TuttiEcho;

  /** The microphone's part of the card, so that what failed without a question shows its words. */
  openMicrophone(): Promise<boolean> {
    return this.microphone.open();
  }

  #checkName(): string | null {
    const name = this.nameField.value.trim();
    this.nameWords = name === '' ? 'missing' : name.length > LIMITS.nameLength ? 'long' : null;
    if (this.nameWords === null) return name;
    this.nameField.focus();
    return null;
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    const name = this.#checkName();
    const { audio } = this;
    if (name === null || !audio || this.busy || this.opening) return;
    void audio.resume().catch(() => undefined);
    if (!audio.microphone) {
      this.opening = true;
      const opened = await this.microphone.open();
      this.opening = false;
      if (!opened) return;
    }
    this.#goIn(name);
  }

  #silent(): void {
    const name = this.#checkName();
    if (name === null || !this.audio || this.busy) return;
    void this.audio.resume().catch(() => undefined);
    this.#goIn(name);
  }

  #goIn(name: string): void {
    settings.name = name;
    this.loudspeaker.quieten();
    this.echo.stop();
    this.dispatchEvent(new CustomEvent<GoIn>('go-in', { detail: { name } }));
  }

  override render() {
    const w = this.w.card;
    const going = this.busy || this.opening;
    const wrong = { missing: w.nameMissing, long: w.nameTooLong(LIMITS.nameLength) };
    return html`
      <form novalidate @submit=${this.#submit}>
        <h1>${w.title}</h1>
        <div class="name">
          <label for="name">${w.name}</label>
          <input
            id="name"
            type="text"
            autocomplete="nickname"
            spellcheck="false"
            enterkeyhint="go"
            .value=${this.name}
            aria-invalid=${this.nameWords !== null}
            aria-describedby=${this.nameWords ? 'name-words' : nothing}
            @input=${() => (this.nameWords = null)}
          />
          ${this.nameWords ? html`<p id="name-words" role="alert">${wrong[this.nameWords]}</p>` : nothing}
        </div>
        <tutti-microphone
          class="in"
          .audio=${this.audio}
          @trouble=${() => (this.deaf = this.microphone.trouble !== null)}
        >
          ${
            this.deaf
              ? html`<button
                  class="quiet"
                  slot="beside-trouble"
                  type="button"
                  @click=${this.#silent}
                >
                  ${w.goInSilent}
                </button>`
              : nothing
          }
        </tutti-microphone>
        <div class="out">
          <div class="headphones">
            <tutti-icon name="headphones"></tutti-icon>
            <p>
              <strong>${w.headphones}</strong><br />
              <span class="hint">${w.headphonesWhy}</span>
            </p>
          </div>
          <tutti-loudspeaker
            .audio=${this.audio}
            .volume=${this.w.loudspeaker.volume}
          ></tutti-loudspeaker>
          <tutti-echo .audio=${this.audio}></tutti-echo>
        </div>
        ${
          this.audio?.path === 'main'
            ? html`<tutti-notice tone="calm" .text=${w.mainPath}></tutti-notice>`
            : nothing
        }
        ${this.#trouble()}
        <div class="go">
          <button class="main" type="submit" ?disabled=${going || !this.audio}>
            ${going ? w.goingIn : w.goIn}
          </button>
        </div>
      </form>
    `;
  }

  #trouble() {
    if (!this.trouble) return nothing;
    const { title, text } = this.w.errors[this.trouble.code](this.trouble.detail);
    return html`<tutti-notice urgent .heading=${title} .text=${text}></tutti-notice>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-join-card': TuttiJoinCard;
  }
}
