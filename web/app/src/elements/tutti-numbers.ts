/**
 * The numbers drawer: what the session measures, for people who want to know. Not modal: one can
 * go on mixing beside it. Asks for the numbers once a second while open.
 *
 * Properties: `session`, `open`. Event: `close`.
 */
import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { SessionFace, SessionStats } from 'tutti';
import { pageRows, peerRows } from '../logic/numbers.js';
import { TuttiElement } from './base.js';
import './tutti-icon.js';

const EVERY_MS = 1000;

@customElement('tutti-numbers')
export class TuttiNumbers extends TuttiElement {
  static override styles = [
    TuttiElement.styles,
    css`
      :host {
        display: flex;
      }

      dialog {
        position: static;
        width: 100%;
        height: auto;
        max-height: 100%;
        max-width: none;
        margin: 0;
        padding: 0 0 var(--s2);
        overflow: hidden auto;
        border: 1px solid var(--line);
        border-radius: var(--radius-large);
        background: var(--surface);
        color: var(--text);
      }

      .head {
        display: flex;
        align-items: center;
        justify-content: space-between;
        position: sticky;
        top: 0;
        z-index: 1;
        background: var(--surface);
        padding: 12px 12px 4px var(--s3);
      }

      button {
        padding: 8px;
      }

      .scroll {
        overflow-x: auto;
      }

      table {
        width: 100%;
        border-collapse: collapse;
        font-size: 1rem;
        line-height: 1.3;
      }

      th,
      td {
        padding: 7px 14px;
        border-top: 1px solid var(--line);
        text-align: end;
        vertical-align: top;
        white-space: nowrap;
      }

      th:first-child {
        position: sticky;
        inset-inline-start: 0;
        min-width: 9rem;
        padding-inline-start: var(--s3);
        background: var(--surface);
        color: var(--soft);
        font-weight: 500;
        text-align: start;
        white-space: normal;
      }

      .page td {
        white-space: normal;
      }

      thead th {
        max-width: 10rem;
        overflow: hidden;
        border-top: none;
        font-weight: var(--weight-strong);
        text-overflow: ellipsis;
      }

      .page {
        margin-top: var(--s3);
      }

      .nobody {
        padding: 4px var(--s3) 0;
      }
    `,
  ];

  @property({ attribute: false }) session: SessionFace | null = null;
  @property({ type: Boolean }) open = false;

  @state() private stats: SessionStats | null = null;

  #timer = 0;

  async #ask(): Promise<void> {
    try {
      this.stats = (await this.session?.stats()) ?? null;
    } catch {
      // Between two states of the session: the old numbers stay.
    }
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = 0;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  protected override updated(): void {
    const dialog = this.renderRoot.querySelector('dialog');
    if (!dialog || dialog.open === this.open) return;
    if (this.open) {
      dialog.show();
      void this.#ask();
      this.#timer = window.setInterval(() => void this.#ask(), EVERY_MS);
    } else {
      this.#stop();
      dialog.close();
    }
  }

  #close(): void {
    this.dispatchEvent(new CustomEvent('close'));
  }

  #key(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.#close();
  }

  override render() {
    const w = this.w.numbers;
    const { stats } = this;
    return html`
      <dialog aria-labelledby="title" @keydown=${this.#key}>
        <div class="head">
          <h2 id="title">${w.title}</h2>
          <button class="quiet" type="button" aria-label=${this.w.close} @click=${this.#close}>
            <tutti-icon name="close"></tutti-icon>
          </button>
        </div>
        ${stats ? [this.#peers(stats), this.#page(stats)] : nothing}
      </dialog>
    `;
  }

  #peers(stats: SessionStats) {
    const w = this.w.numbers;
    if (stats.peers.length === 0) return html`<p class="nobody hint">${w.nobody}</p>`;
    return html`
      <div class="scroll" tabindex="0" role="group" aria-label=${w.perMusician}>
        <table>
          <thead>
            <tr>
              <th scope="col"><span class="unseen">${w.measure}</span></th>
              ${stats.peers.map(({ name }) => html`<th scope="col" title=${name}>${name}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${peerRows(stats, this.w).map(
              ({ label, values }) =>
                html`<tr>
                  <th scope="row">${label}</th>
                  ${values.map((value) => html`<td>${value}</td>`)}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    `;
  }

  #page(stats: SessionStats) {
    return html`
      <table class="page">
        <tbody>
          ${pageRows(stats, this.w).map(
            ({ label, value }) =>
              html`<tr>
                <th scope="row">${label}</th>
                <td>${value}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-numbers': TuttiNumbers;
  }
}
