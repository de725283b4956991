/**
 * The room while nobody else is there: the link to send, to be read or selected.
 *
 * Properties: `link`.
 */
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { TuttiElement } from './base.js';
import './tutti-icon.js';

@customElement('tutti-alone')
export class TuttiAlone extends TuttiElement {
  static override styles = [
    TuttiElement.styles,
    css`
      :host {
        display: grid;
        gap: var(--s2);
        justify-items: start;
        max-width: 44rem;
        padding: var(--s4);
        border: 1px dashed var(--edge);
        border-radius: var(--radius-large);
      }

      .link {
        max-width: 100%;
        padding: 12px 16px;
        border-radius: var(--radius);
        background: var(--raised);
        font-weight: 600;
        overflow-wrap: anywhere;
        user-select: all;
      }

      @media (max-width: 520px) {
        :host {
          padding: var(--s3) 20px;
        }
      }
    `,
  ];

  @property() link = '';

  async #send(): Promise<void> {
    try {
      await navigator.share({ url: this.link });
    } catch {
      // The person changed their mind.
    }
  }

  override render() {
    const w = this.w.room;
    return html`
      <h2>${w.aloneTitle}</h2>
      <p class="hint">${w.aloneText}</p>
      <p class="link">${this.link}</p>
      ${
        'share' in navigator
          ? html`<button type="button" @click=${this.#send}>
              <tutti-icon name="send"></tutti-icon>${w.send}
            </button>`
          : nothing
      }
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-alone': TuttiAlone;
  }
}
