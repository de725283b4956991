/**
 * One line on how the room is. News stand for a few seconds and are announced politely; between
 * them the resting line stands, which is not announced again each time it comes back.
 *
 * Properties: `resting` (words), `grave` (the resting line tells of trouble).
 * Method: `tell(words)`.
 */
import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { TuttiElement } from './base.js';
import './tutti-icon.js';

const NEWS_MS = 6000;

@customElement('tutti-status')
export class TuttiStatus extends TuttiElement {
  static override styles = [
    TuttiElement.styles,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: 10px;
        min-height: 2.9em;
        font-size: 1.25rem;
        line-height: 1.3;
      }

      tutti-icon {
        color: var(--good);
      }

      tutti-icon.grave {
        color: var(--warn);
      }

      p {
        text-wrap: balance;
      }
    `,
  ];

  @property() resting = '';
  @property({ type: Boolean }) grave = false;

  @state() private news = '';

  #timer = 0;
  #last = '';

  tell(words: string): void {
    // Two things at once are told together.
    this.news = this.#last && this.#last !== words ? `${this.#last} ${words}` : words;
    this.#last = words;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      this.news = '';
      this.#last = '';
    }, NEWS_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  override render() {
    return html`
      <tutti-icon
        class=${this.grave ? 'grave' : ''}
        name=${this.grave ? 'warning' : 'check'}
      ></tutti-icon>
      <p>
        <span role="status">${this.news}</span>
        ${this.news ? nothing : html`<span>${this.resting}</span>`}
      </p>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-status': TuttiStatus;
  }
}
