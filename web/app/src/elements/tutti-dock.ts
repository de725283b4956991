/**
 * The bar at the foot of the room: you, with your level, and the big buttons.
 *
 * Properties: `name`, `muted`, `silent` (no microphone), `copied` (the link was copied just now),
 * `numbers`, `chat` (their drawers are open), `unread` (messages that nobody here has read),
 * `showing` (one's own camera or window is on). Method: `drawLevel(level)`.
 * Events: `mute`, `show`, `chat`, `settings`, `copy`, `numbers`, `leave`.
 */
import { css, html, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { Level } from 'tutti';
import { TuttiElement } from './base.js';
import './tutti-icon.js';
import type { IconName } from './tutti-icon.js';
import './tutti-meter.js';
import type { TuttiMeter } from './tutti-meter.js';

type Action = 'mute' | 'show' | 'chat' | 'settings' | 'copy' | 'numbers' | 'leave';

@customElement('tutti-dock')
export class TuttiDock extends TuttiElement {
  static override styles = [
    TuttiElement.styles,
    css`
      :host {
        display: block;
        border-top: 1px solid var(--line);
        background: var(--surface);
        --side: 12px;
        padding: 12px max(var(--side), env(safe-area-inset-right))
          max(12px, env(safe-area-inset-bottom)) max(var(--side), env(safe-area-inset-left));
      }

      .bar {
        display: grid;
        gap: 12px;
        max-width: 80rem;
        margin: 0 auto;
      }

      .you {
        min-width: 0;
        padding-inline: 4px;
      }

      .you p {
        display: flex;
        gap: 8px;
        margin-bottom: 6px;
        font-size: 1rem;
        line-height: 1.3;
        white-space: nowrap;
      }

      .you strong,
      .you .hint {
        overflow: hidden;
        text-overflow: ellipsis;
      }

      .you strong {
        flex: none;
        max-width: 50%;
      }

      .you.off tutti-meter {
        opacity: 0.35;
      }

      .buttons {
        display: grid;
        grid-template-columns: repeat(4, minmax(0, 1fr));
        gap: 6px;
      }

      .wide {
        grid-column: span 2;
        flex-direction: row;
        gap: 10px;
      }

      button {
        position: relative;
        flex-direction: column;
        gap: 4px;
        min-width: 0;
        min-height: 54px;
        padding: 6px 0;
        font-size: 0.8125rem;
        line-height: 1.1;
      }

      button[aria-pressed='true'] {
        background: var(--bad-fill);
        color: var(--on-bad-fill);
      }

      button[aria-expanded='true'] {
        border-color: var(--brass);
      }

      .on {
        border-color: var(--brass);
        color: var(--brass);
      }

      .count {
        position: absolute;
        inset: 4px 6px auto auto;
        min-width: 22px;
        padding: 0 6px;
        border-radius: 11px;
        background: var(--button);
        color: var(--on-button);
        font-size: 0.875rem;
        line-height: 22px;
      }

      .done tutti-icon {
        color: var(--good);
      }

      kbd {
        display: none;
      }

      @media (min-width: 560px) {
        .buttons {
          grid-template-columns: repeat(8, minmax(0, 1fr));
        }
      }

      @media (min-width: 760px) {
        .buttons {
          grid-template-columns: repeat(7, minmax(0, 1fr));
          gap: 12px;
        }

        .wide {
          grid-column: auto;
          flex-direction: column;
          gap: 4px;
        }

        button {
          min-height: 64px;
          font-size: 0.9375rem;
        }
      }

      /* A phone lying on its side. */
      @media (max-height: 480px) and (min-width: 560px) {
        .bar {
          grid-template-columns: minmax(140px, 1fr) 3fr;
          align-items: center;
        }

        button {
          min-height: 52px;
        }
      }

      @media (min-width: 1080px) {
        :host {
          --side: var(--s3);
        }

        .bar {
          grid-template-columns: minmax(160px, 1fr) minmax(auto, 46rem);
          align-items: center;
          gap: var(--s4);
        }
      }

      @media (min-width: 1320px) {
        .bar {
          grid-template-columns: minmax(180px, 1fr) auto;
        }

        .buttons {
          display: flex;
          gap: 10px;
        }

        button {
          flex-direction: row;
          gap: 10px;
          min-height: 60px;
          padding: 8px 16px;
          font-size: 1rem;
        }

        kbd {
          display: inline;
          padding: 1px 7px;
          border: 1px solid currentColor;
          border-radius: 6px;
          font: inherit;
          font-size: 0.875rem;
          opacity: 0.75;
        }

        /* Beside the button's words, not one of them. */
        kbd::before {
          content: attr(data-key) / '';
        }
      }
    `,
  ];

  @property() name = '';
  @property({ type: Boolean }) muted = false;
  @property({ type: Boolean }) silent = false;
  @property({ type: Boolean }) copied = false;
  @property({ type: Boolean }) numbers = false;
  @property({ type: Boolean }) chat = false;
  @property({ type: Number }) unread = 0;
  @property({ type: Boolean }) showing = false;

  @query('tutti-meter') private meter!: TuttiMeter;

  drawLevel(level: Level): void {
    if (this.hasUpdated) this.meter.show(level);
  }

  #do(action: Action): void {
    this.dispatchEvent(new CustomEvent(action));
  }

  #button(action: Action, icon: IconName, label: string, className = '') {
    return html`<button class=${className} type="button" @click=${() => this.#do(action)}>
      <tutti-icon name=${icon}></tutti-icon>${label}
    </button>`;
  }

  #chat() {
    const { unread } = this;
    const w = this.w.chat;
    return html`<button
      type="button"
      aria-expanded=${this.chat}
      aria-label=${unread > 0 ? w.unread(unread) : w.button}
      @click=${() => this.#do('chat')}
    >
      <tutti-icon name="chat"></tutti-icon>${w.button}
      ${unread > 0 ? html`<span class="count" aria-hidden="true">${unread}</span>` : nothing}
    </button>`;
  }

  override render() {
    const w = this.w.room;
    const off = this.muted || this.silent;
    return html`
      <footer class="bar">
        <div class="you ${off ? 'off' : ''}">
          <p>
            <strong>${this.name}</strong>
            <span class="hint">
              ${this.silent ? w.selfSilent : this.muted ? w.selfMuted : w.self}
            </span>
          </p>
          <tutti-meter .label=${this.w.microphone.level}></tutti-meter>
        </div>
        <div class="buttons">
          <button
            class="wide"
            type="button"
            aria-label=${w.mute}
            aria-pressed=${this.muted}
            aria-keyshortcuts=${w.muteKey}
            ?disabled=${this.silent}
            @click=${() => this.#do('mute')}
          >
            <tutti-icon name=${off ? 'microphone-off' : 'microphone'}></tutti-icon>
            <span>${w.muteShort}</span><kbd data-key=${w.muteKey}></kbd>
          </button>
          ${this.#button(
            'show',
            'camera',
            this.showing ? this.w.show.buttonOn : this.w.show.button,
            this.showing ? 'on' : '',
          )}
          ${this.#chat()} ${this.#button('settings', 'settings', w.settings)}
          ${this.#button('copy', this.copied ? 'check' : 'copy', w.copy, this.copied ? 'done' : '')}
          <button type="button" aria-expanded=${this.numbers} @click=${() => this.#do('numbers')}>
            <tutti-icon name="numbers"></tutti-icon>${w.numbers}
          </button>
          ${this.#button('leave', 'leave', w.leave)}
        </div>
      </footer>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-dock': TuttiDock;
  }
}
