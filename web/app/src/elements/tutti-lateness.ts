/**
 * Quick or safe for the whole room, and what it costs, live, in time and air. A change is told to
 * screen readers once it has settled.
 *
 * Properties: `caution` (0 to 1), `peers` (of the newest stats). Event: `caution`, with the new
 * value as `detail`.
 */
import { css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { PeerStats } from 'tutti';
import { CAUTION } from '../logic/caution.js';
import { latenessSentence } from '../logic/lateness.js';
import { TuttiElement } from './base.js';
import './tutti-caution.js';

/** By then the engine has decided, and the sentence says where the delay is going. */
const SETTLED_MS = 1000;

@customElement('tutti-lateness')
export class TuttiLateness extends TuttiElement {
  static override styles = [
    TuttiElement.styles,
    css`
      :host {
        display: block;
        container-type: inline-size;
      }

      section {
        display: grid;
        gap: 10px;
        padding: 14px var(--s2);
        border: 1px solid var(--line);
        border-radius: var(--radius-large);
        background: var(--surface);
      }

      /* Two lines are kept free: what is below does not jump as the words change. */
      p {
        align-content: center;
        min-height: 2.6em;
        line-height: 1.3;
        text-wrap: balance;
      }

      @container (min-width: 760px) {
        section {
          grid-template-columns: minmax(220px, 5fr) 4fr;
          align-items: center;
          gap: var(--s4);
          padding: 14px var(--s3);
        }
      }
    `,
  ];

  @property({ type: Number }) caution: number = CAUTION.neutral;
  @property({ attribute: false }) peers: readonly PeerStats[] = [];

  @state() private told = '';

  #settling = 0;

  #slide(event: CustomEvent<number>): void {
    this.caution = event.detail;
    this.dispatchEvent(new CustomEvent('caution', { detail: event.detail }));
    clearTimeout(this.#settling);
    this.#settling = window.setTimeout(() => {
      this.told = latenessSentence(this.peers, this.w);
    }, SETTLED_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#settling);
  }

  override render() {
    const w = this.w.caution;
    return html`
      <section aria-label=${w.label}>
        <tutti-caution
          ends
          .label=${w.label}
          .value=${this.caution}
          @slide=${this.#slide}
        ></tutti-caution>
        <p>${latenessSentence(this.peers, this.w)}</p>
        <span class="unseen" role="status">${this.told}</span>
      </section>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-lateness': TuttiLateness;
  }
}
