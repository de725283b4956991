/**
 * A whole page's worth of trouble (the room is gone, the browser cannot): a heading, a sentence or
 * two, and what to do as slotted buttons and links. Takes the focus when it appears.
 *
 * Properties: `heading`, `text`.
 */
import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { TuttiElement } from './base.js';

@customElement('tutti-problem')
export class TuttiProblem extends TuttiElement {
  static override styles = [
    TuttiElement.styles,
    css`
      :host {
        display: block;
        max-width: 34rem;
        padding: var(--s4) var(--s3) var(--s8);
        margin: auto;
      }

      svg {
        width: 160px;
        height: 56px;
        margin-bottom: var(--s3);
        fill: none;
        stroke: var(--brass-fill);
        stroke-width: 3;
        stroke-linecap: round;
      }

      .far {
        stroke: var(--edge);
      }

      h1 {
        margin-bottom: var(--s2);
      }

      /* It takes the focus so that it is read; there is nothing to press. */
      h1:focus-visible {
        outline: none;
      }

      p {
        color: var(--soft);
        font-size: 1.25rem;
        text-wrap: pretty;
      }

      div {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--s2) var(--s3);
        margin-top: var(--s4);
      }
    `,
  ];

  @property() heading = '';
  @property() text = '';

  protected override firstUpdated(): void {
    this.renderRoot.querySelector('h1')?.focus();
  }

  override render() {
    // The tie of the mark, with a gap in it.
    return html`
      <svg viewBox="0 0 160 56" aria-hidden="true">
        <path d="M6 50C22 22 44 8 68 6" />
        <path class="far" d="M154 50C138 22 116 8 92 6" />
      </svg>
      <h1 tabindex="-1">${this.heading}</h1>
      <p>${this.text}</p>
      <div><slot></slot></div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-problem': TuttiProblem;
  }
}
