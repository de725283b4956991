/**
 * The numbers drawer: what the session measures, for people who want to know. Not modal: one can
 * go on mixing beside it. For each musician how long sound takes on each part of its way, a graph of
 * the last minute and their own slider from quick to safe, then all the numbers; what is read as
 * numbers stands for a second, so that it can be.
 *
 * Properties: `session`, `open`. Method: `show(watch)`, a few times a second. Event: `close`.
 */
import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { PeerFace, SessionFace, SessionStats } from 'tutti';
import { drawer } from '../design/drawer.js';
import { pageRows, peerRows } from '../logic/numbers.js';
import { focused } from '../page/focused.js';
import type { SessionWatch } from '../page/session-watch.js';
import { TuttiElement } from './base.js';
import './tutti-caution.js';
import './tutti-delay-graph.js';
import './tutti-delay-legend.js';
import './tutti-icon.js';
import './tutti-latency.js';

const NUMBERS_EVERY_MS = 1000;

@customElement('tutti-numbers')
export class TuttiNumbers extends TuttiElement {
  static override styles = [
    TuttiElement.styles,
    drawer,
    css`
      dialog {
        height: auto;
        padding-bottom: var(--s2);
        overflow: hidden auto;
      }

      .head {
        position: sticky;
        top: 0;
        z-index: 1;
        background: var(--surface);
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

      .ways,
      .graphs {
        display: grid;
        gap: var(--s2);
        padding: 4px var(--s3) var(--s3);
      }

      .ways {
        gap: var(--s3);
      }

      .musician {
        display: grid;
        gap: 14px;
        min-width: 0;
      }

      h3 {
        margin: 0;
        overflow: hidden;
        font-size: 1.0625rem;
        font-weight: var(--weight-strong);
        line-height: 1.2;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
    `,
  ];

  @property({ attribute: false }) session: SessionFace | null = null;
  @property({ type: Boolean }) open = false;

  @state() private stats: SessionStats | null = null;
  @state() private now = 0;

  #watch: SessionWatch | null = null;
  #numbersAt = -Infinity;
  /** What had the focus before: it gets it back from here. */
  #before: HTMLElement | null = null;

  show(watch: SessionWatch): void {
    if (!this.open) return;
    this.#watch = watch;
    this.now = performance.now();
    const somebodyElse = watch.stats?.peers.length !== this.stats?.peers.length;
    if (!somebodyElse && this.now - this.#numbersAt < NUMBERS_EVERY_MS) return;
    this.stats = watch.stats;
    this.#numbersAt = this.now;
  }

  protected override updated(): void {
    const dialog = this.renderRoot.querySelector('dialog');
    if (!dialog || dialog.open === this.open) return;
    if (this.open) {
      this.#before = focused();
      dialog.show();
    } else {
      dialog.close();
    }
  }

  #close(): void {
    this.dispatchEvent(new CustomEvent('close'));
    this.#before?.focus();
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
        ${stats ? [this.#ways(stats), this.#graphs(), this.#peers(stats), this.#page(stats)] : nothing}
      </dialog>
    `;
  }

  #ways({ peers }: SessionStats) {
    if (peers.length === 0) return nothing;
    const w = this.w.numbers.latency;
    // One scale for all, so that bars can be compared.
    const full = Math.max(1, ...peers.map(({ latency }) => latency?.totalMs ?? 0));
    return html`
      <section class="ways" aria-label=${w.title}>
        <p class="hint">${w.title}</p>
        ${repeat(
          peers,
          ({ id }) => id,
          ({ name, latency }) =>
            html`<tutti-latency .name=${name} .budget=${latency} .full=${full}></tutti-latency>`,
        )}
        <p class="hint">${w.leftOut}</p>
      </section>
    `;
  }

  #graphs() {
    const peers = this.session?.peers ?? [];
    if (peers.length === 0) return nothing;
    return html`
      <section class="graphs" aria-label=${this.w.numbers.minute}>
        <p class="hint">${this.w.numbers.minute}</p>
        <tutti-delay-legend></tutti-delay-legend>
        ${repeat(
          peers,
          ({ id }) => id,
          (peer) => this.#musician(peer),
        )}
      </section>
    `;
  }

  #musician(peer: PeerFace) {
    return html`
      <div class="musician">
        <h3 title=${peer.name}>${peer.name}</h3>
        <tutti-delay-graph
          .name=${peer.name}
          .samples=${this.#watch?.delays.of(peer.id) ?? []}
          .now=${this.now}
        ></tutti-delay-graph>
        <tutti-caution
          .label=${this.w.caution.labelOf(peer.name)}
          .value=${peer.caution}
          @slide=${(event: CustomEvent<number>) => (peer.caution = event.detail)}
        ></tutti-caution>
      </div>
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
