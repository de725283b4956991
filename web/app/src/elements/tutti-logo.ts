/** The mark: two notes, and the tie that joins them, as two arcs that meet. Decorative. */
import { css, html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';

@customElement('tutti-logo')
export class TuttiLogo extends LitElement {
  static override styles = css`
    :host {
      display: inline-flex;
      flex: none;
      width: 1.5em;
      height: 1.32em;
    }

    svg {
      width: 100%;
      height: 100%;
      overflow: visible;
    }

    .one {
      fill: var(--brass-fill);
    }

    .other {
      fill: var(--text);
    }
  `;

  override render() {
    return html`<svg viewBox="0 0 64 56" aria-hidden="true">
      <g class="one">
        <path d="M10 17C14 7 22 1 32 1v5.5c-9 0-16 3.5-22 10.5z" />
        <ellipse cx="15" cy="28" rx="9" ry="7" transform="rotate(-22 15 28)" />
        <path d="M6.5 30H10v25H6.5z" />
      </g>
      <g class="other">
        <path d="M54 17C50 7 42 1 32 1v5.5c9 0 16 3.5 22 10.5z" />
        <ellipse cx="51" cy="28" rx="9" ry="7" transform="rotate(-22 51 28)" />
        <path d="M42.5 30H46v25h-3.5z" />
      </g>
    </svg>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-logo': TuttiLogo;
  }
}
