/**
 * When the browser wants a click before it plays, or something has stopped the sound (a call, a
 * device that is gone): one big button over everything.
 *
 * Properties: `needed`, `why` ('first', 'stopped' or 'device'). Event: `start`, from the click.
 */
import { css, html } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { TuttiElement } from './base.js';
import './tutti-icon.js';

/** 'first': it has not played yet. */
export type WhySilent = 'first' | 'stopped' | 'device';

@customElement('tutti-start-sound')
export class TuttiStartSound extends TuttiElement {
  static override styles = [
    TuttiElement.styles,
    css`
      dialog {
        width: min(34rem, 100vw - 2 * var(--s2));
        padding: var(--s6) var(--s3);
        border: 1px solid var(--line);
        border-radius: var(--radius-large);
        background: var(--surface);
        color: var(--text);
        text-align: center;
      }

      dialog::backdrop {
        background: var(--shade);
      }

      p {
        margin: var(--s2) 0 var(--s4);
      }

      button.main {
        min-height: 88px;
        padding-inline: 40px;
        border-radius: 44px;
        font-size: 1.5rem;
      }

      tutti-icon {
        width: 32px;
        height: 32px;
      }
    `,
  ];

  @property({ type: Boolean }) needed = false;
  @property() why: WhySilent = 'first';

  @query('dialog') private dialog!: HTMLDialogElement;

  protected override updated(): void {
    if (this.needed === this.dialog.open) return;
    if (this.needed) this.dialog.showModal();
    else this.dialog.close();
  }

  override render() {
    const w = this.#words();
    // Escape counts as the click: it is a key press, and there is nothing else to do here.
    return html`
      <dialog
        aria-labelledby="title"
        @cancel=${(event: Event) => {
          event.preventDefault();
          this.#start();
        }}
      >
        <h1 id="title">${w.title}</h1>
        <p class="hint">${w.text}</p>
        <button class="main" type="button" @click=${this.#start}>
          <tutti-icon name="play"></tutti-icon>${w.start}
        </button>
      </dialog>
    `;
  }

  #words(): { title: string; text: string; start: string } {
    const { room, troubles } = this.w;
    const words = {
      first: { title: room.startTitle, text: room.startText, start: room.start },
      stopped: troubles.stopped,
      device: troubles.noDevice,
    };
    return words[this.why];
  }

  #start(): void {
    this.dispatchEvent(new CustomEvent('start'));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-start-sound': TuttiStartSound;
  }
}
