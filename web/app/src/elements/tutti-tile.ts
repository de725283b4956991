/**
 * One picture: hands or a score, with the name below. A click enlarges it.
 *
 * Properties: `tile`, `large`. Events: `enlarge`; `stop`, for one's own.
 */
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Tile } from '../logic/pictures.js';
import { TuttiElement } from './base.js';
import './tutti-icon.js';

@customElement('tutti-tile')
export class TuttiTile extends TuttiElement {
  static override styles = [
    TuttiElement.styles,
    css`
      :host {
        display: block;
        min-width: 0;
      }

      figure {
        position: relative;
        height: 100%;
        margin: 0;
        overflow: hidden;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--raised);
      }

      .picture {
        display: block;
        width: 100%;
        height: 100%;
        padding: 0;
        border: none;
        border-radius: inherit;
        background: none;
        cursor: zoom-in;
      }

      .picture:focus-visible {
        outline-offset: -4px;
      }

      video {
        display: block;
        width: 100%;
        height: 100%;
        aspect-ratio: 16 / 9;
        object-fit: cover;
      }

      .screen video {
        object-fit: contain;
      }

      .large video {
        aspect-ratio: auto 16 / 9;
        max-height: 62vh;
      }

      .mirrored video {
        transform: scaleX(-1);
      }

      figcaption {
        position: absolute;
        inset: auto auto 8px 8px;
        max-width: calc(100% - 16px);
        padding: 2px 12px;
        overflow: hidden;
        border-radius: 12px;
        background: var(--surface);
        font-size: 1rem;
        font-weight: 600;
        line-height: 1.5;
        pointer-events: none;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      .resting {
        position: absolute;
        inset: 0;
        display: grid;
        place-content: center;
        padding: 8px 8px 40px;
        background: var(--raised);
        color: var(--soft);
        font-size: 0.9375rem;
        line-height: 1.2;
        text-align: center;
        text-wrap: balance;
        pointer-events: none;
      }

      .stop {
        position: absolute;
        inset: 6px 6px auto auto;
        padding: 8px;
        background: var(--surface);
      }
    `,
  ];

  @property({ attribute: false }) tile!: Tile;
  @property({ type: Boolean }) large = false;

  override render() {
    const { name, picture, own, stream, resting } = this.tile;
    const w = this.w.pictures;
    const caption = own ? w.own[picture] : w.of[picture](name);
    const mirrored = own && picture === 'camera' ? 'mirrored' : '';
    return html`
      <figure class="${picture} ${mirrored} ${this.large ? 'large' : ''}">
        <button
          class="picture"
          type="button"
          aria-label=${w.enlarge(caption)}
          @click=${() => this.dispatchEvent(new CustomEvent('enlarge'))}
        >
          <video autoplay playsinline .muted=${true} .srcObject=${stream}></video>
        </button>
        ${resting ? html`<p class="resting">${w.resting}</p>` : nothing}
        <figcaption>${caption}</figcaption>
        ${
          own
            ? html`<button
                class="stop"
                type="button"
                aria-label=${w.stop[picture]}
                @click=${() => this.dispatchEvent(new CustomEvent('stop'))}
              >
                <tutti-icon name="close"></tutti-icon>
              </button>`
            : nothing
        }
      </figure>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-tile': TuttiTile;
  }
}
