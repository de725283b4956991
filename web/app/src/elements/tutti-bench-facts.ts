/**
 * Single values, each with a few words that say what it is.
 *
 * Properties: `heading`, `facts`.
 */
import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Fact } from '../logic/bench-facts.js';
import { TuttiElement } from './base.js';

@customElement('tutti-bench-facts')
export class TuttiBenchFacts extends TuttiElement {
  static override styles = [
    TuttiElement.styles,
    css`
      :host {
        display: block;
        container-type: inline-size;
        min-width: 0;
      }

      h3 {
        margin: 0 0 var(--s1);
        font-size: 1rem;
        font-weight: var(--weight-strong);
        line-height: 1.25;
      }

      dl {
        font-size: 0.875rem;
        line-height: 1.3;
      }

      div {
        display: grid;
        grid-template-columns: 12rem minmax(0, 1fr) minmax(0, 1fr);
        gap: 0 var(--s2);
        padding: 5px 0;
        border-top: 1px solid var(--line);
      }

      dd {
        overflow-wrap: anywhere;
      }

      .why {
        color: var(--soft);
      }

      @container (max-width: 40rem) {
        div {
          grid-template-columns: 8rem minmax(0, 1fr);
        }

        .why {
          grid-column: 2;
        }
      }
    `,
  ];

  @property() heading = '';
  @property({ attribute: false }) facts: readonly Fact[] = [];

  override render() {
    return html`
      <h3>${this.heading}</h3>
      <dl>
        ${this.facts.map(
          ({ label, value, why }) =>
            html`<div>
              <dt>${label}</dt>
              <dd>${value}</dd>
              <dd class="why">${why}</dd>
            </div>`,
        )}
      </dl>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-bench-facts': TuttiBenchFacts;
  }
}
