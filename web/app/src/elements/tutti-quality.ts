/**
 * How finely one's own sound is sent; takes effect at once, while playing, and is remembered.
 *
 * Properties: `audio`.
 */
import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { TuttiFace } from 'tutti';
import { QUALITIES } from '../logic/settings.js';
import { settings } from '../page/settings.js';
import { TuttiElement } from './base.js';

@customElement('tutti-quality')
export class TuttiQuality extends TuttiElement {
  static override styles = [
    TuttiElement.styles,
    css`
      :host {
        display: block;
      }

      fieldset {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr));
        gap: var(--s1) var(--s2);
        min-width: 0;
        margin: 0;
        padding: 0;
        border: 0;
      }

      legend {
        margin-bottom: var(--s1);
        padding: 0;
      }

      label {
        display: grid;
        grid-template-columns: auto 1fr;
        place-content: start stretch;
        gap: 2px 12px;
        min-height: var(--target);
        padding: 12px 16px;
        border: 1px solid var(--edge);
        border-radius: var(--radius);
        background: var(--hall);
        color: var(--text);
        cursor: pointer;
      }

      label:has(:checked) {
        border-color: var(--brass);
        background: var(--raised);
      }

      input {
        width: 20px;
        height: 20px;
        margin: 3px 0 0;
        accent-color: var(--brass);
      }

      .hint {
        grid-column: 2;
        font-weight: 400;
        text-wrap: pretty;
      }
    `,
  ];

  @property({ attribute: false }) audio!: TuttiFace;

  override render() {
    const w = this.w.quality;
    const { quality } = this.audio;
    return html`<fieldset>
      <legend class="label">${w.label}</legend>
      ${QUALITIES.map(
        (one) =>
          html`<label>
            <input
              type="radio"
              name="quality"
              aria-labelledby="name-${one}"
              aria-describedby="why-${one}"
              .checked=${live(one === quality)}
              @change=${() => {
                this.audio.quality = one;
                settings.quality = one;
                this.requestUpdate();
              }}
            />
            <span id="name-${one}">${w.name[one]}</span>
            <span id="why-${one}" class="hint">${w.why[one]}</span>
          </label>`,
      )}
    </fieldset>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-quality': TuttiQuality;
  }
}
