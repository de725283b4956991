/**
 * Where a musician sits: the first letter of the name in a ring. The ring is whole when the sound
 * flows, dashed while connecting, broken when it does not. Decorative: the words beside it say so.
 *
 * Properties: `name`, `state`.
 */
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { PeerState } from 'tutti';

@customElement('tutti-seat')
export class TuttiSeat extends LitElement {
  static override styles = css`
    :host {
      display: grid;
      flex: none;
      place-items: center;
      box-sizing: border-box;
      width: 48px;
      height: 48px;
      border: 2px solid var(--brass-fill);
      border-radius: 50%;
      background: var(--raised);
      color: var(--text);
      font-size: 1.25rem;
      font-weight: var(--weight-strong);
      line-height: 1;
    }

    :host([state='waiting']) {
      border-color: var(--edge);
      border-style: dashed;
    }

    :host([state='lost']) {
      border-color: var(--warn);
      border-style: dashed;
    }

    :host([state='unreachable']) {
      border-color: var(--bad);
      border-style: dotted;
      border-width: 3px;
    }
  `;

  @property() name = '';
  @property({ reflect: true }) state: PeerState = 'connected';

  override render() {
    const first = [...this.name.trim()][0] ?? '';
    return html`<span aria-hidden="true">${first.toLocaleUpperCase()}</span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-seat': TuttiSeat;
  }
}
