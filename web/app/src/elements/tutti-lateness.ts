/**
 * Quick or safe for the whole room, and what it costs, live, in time and air. The sentence changes
 * calmly, but follows at once while the slider is moved; screen readers are told it once the change
 * has settled.
 *
 * Properties: `caution` (0 to 1). Method: `show(peers)`, of the newest stats, a few times a second.
 * Event: `caution`, with the new value as `detail`.
 */
import { css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { PeerStats } from 'tutti';
import { CAUTION } from '../logic/caution.js';
import { latenessSentence } from '../logic/lateness.js';
import { TuttiElement } from './base.js';
import './tutti-caution.js';

const CALM_MS = 1000;
/** So long the sentence keeps up with a change. */
const LIVELY_MS = 4000;
/** By then the engine has decided, and the sentence says where the delay is going. */
const SETTLED_MS = 1000;
/** Long enough to be read out; later it would be an old sentence beside the live one. */
const TOLD_MS = 4000;

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

  @state() private peers: readonly PeerStats[] = [];
  @state() private told = '';

  #shownAt = -Infinity;
  #slidAt = -Infinity;
  #settling = 0;

  show(peers: readonly PeerStats[]): void {
    const now = performance.now();
    const lively = now - this.#slidAt < LIVELY_MS || peers.length !== this.peers.length;
    if (!lively && now - this.#shownAt < CALM_MS) return;
    this.peers = peers;
    this.#shownAt = now;
  }

  #slide(event: CustomEvent<number>): void {
    this.caution = event.detail;
    this.#slidAt = performance.now();
    this.dispatchEvent(new CustomEvent('caution', { detail: event.detail }));
    clearTimeout(this.#settling);
    this.told = '';
    this.#settling = window.setTimeout(() => {
      this.told = latenessSentence(this.peers, this.w);
      this.#settling = window.setTimeout(() => (this.told = ''), TOLD_MS);
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
