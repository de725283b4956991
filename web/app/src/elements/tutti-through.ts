/**
 * Hearing oneself through a musician, in their row: what they hear of us, in place of them. And that
 * they hear themselves through us.
 *
 * Properties: `peer` (the session's live object), `beat` (any change draws anew).
 */
import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { PeerFace } from 'tutti';
import * as units from '../logic/units.js';
import { TuttiElement } from './base.js';
import './tutti-icon.js';

@customElement('tutti-through')
export class TuttiThrough extends TuttiElement {
  static override styles = [
    TuttiElement.styles,
    css`
      :host {
        display: block;
      }

      div {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--s1) var(--s2);
      }

      p {
        flex: 1 1 16rem;
        text-wrap: pretty;
      }

      button.quiet {
        padding-inline: 8px;
        margin-inline-start: -8px;
        color: var(--soft);
        font-weight: 500;
        text-align: start;
      }

      b {
        font-weight: 600;
      }
    `,
  ];

  @property({ attribute: false }) peer!: PeerFace;
  @property({ attribute: false }) beat = 0;

  /** The words about headphones stand there, and wait. */
  @state() private considering = false;

  async #consider(yes: boolean): Promise<void> {
    this.considering = yes;
    await this.updateComplete;
    this.renderRoot.querySelector('button')?.focus();
  }

  async #set(on: boolean): Promise<void> {
    this.considering = false;
    this.peer.setLoopback(on);
    this.requestUpdate();
    await this.updateComplete;
    this.renderRoot.querySelector('button')?.focus();
  }

  #offer() {
    const w = this.w.through;
    const { name, loopback } = this.peer;
    if (this.considering) {
      return html`<div>
        <p>${w.before(name)}</p>
        <button type="button" @click=${() => this.#set(true)}>${w.begin}</button>
        <button class="quiet" type="button" @click=${() => this.#consider(false)}>
          ${w.cancel}
        </button>
      </div>`;
    }
    return html`<div>
      <button class="quiet" type="button" @click=${() => this.#consider(true)}>
        <tutti-icon name="headphones"></tutti-icon>${w.start(name)}
      </button>
      ${loopback === 'refused' ? html`<p class="hint" role="alert">${w.refused(name)}</p>` : nothing}
    </div>`;
  }

  #state() {
    const w = this.w.through;
    const { peer } = this;
    const { language } = this.w;
    switch (peer.loopback) {
      case 'asked':
      case 'on': {
        const on = peer.loopback === 'on';
        const ms = peer.loopbackMs;
        return html`<div>
          <p>
            <span role="status">${on ? w.on(peer.name) : w.asked(peer.name)}</span>
            ${
              ms === null
                ? nothing
                : html`<b>${units.milliseconds(ms, language)}</b
                    >${w.late(units.metres(ms, language))}`
            }
          </p>
          <button type="button" aria-pressed=${on} @click=${() => this.#set(false)}>
            ${w.stop}
          </button>
        </div>`;
      }
      default:
        return peer.state === 'connected' && !peer.lendsLoopback ? this.#offer() : nothing;
    }
  }

  override render() {
    const { peer } = this;
    return html`
      <p role="status">${peer.lendsLoopback ? this.w.through.lends(peer.name) : ''}</p>
      ${this.#state()}
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-through': TuttiThrough;
  }
}
