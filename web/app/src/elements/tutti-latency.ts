/**
 * The latency budget of one musician: a bar of five parts, and below it the same as a list that is
 * its legend, with the time, the metres of air, and how each is known.
 *
 * Properties: `name`, `budget`, `full` (ms that the whole width stands for).
 */
import { css, html, nothing, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { LatencyBudget } from 'tutti';
import { latencyView, type LatencyRow } from '../logic/latency.js';
import { TuttiElement } from './base.js';
import { fillOf, latencyFills, latencyPatterns } from './latency-fills.js';

@customElement('tutti-latency')
export class TuttiLatency extends TuttiElement {
  static override styles = [
    TuttiElement.styles,
    latencyFills,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 8px;
        min-width: 0;
      }

      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        justify-content: space-between;
        gap: 0 12px;
      }

      h3 {
        min-width: 0;
        margin: 0;
        overflow: hidden;
        font-size: 1.0625rem;
        font-weight: var(--weight-strong);
        line-height: 1.2;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      .bar {
        display: block;
        width: 100%;
        height: 28px;
        overflow: visible;
      }

      .swatch {
        flex: none;
        width: 22px;
        height: 16px;
      }

      table {
        width: 100%;
        border-collapse: collapse;
        font-size: 1rem;
        line-height: 1.25;
      }

      th,
      td {
        padding: 4px 0;
        text-align: end;
        vertical-align: top;
        white-space: nowrap;
      }

      td + td,
      th + td {
        padding-inline-start: 14px;
      }

      th {
        width: 100%;
        font-weight: 500;
        text-align: start;
        white-space: normal;
      }

      thead th {
        padding-block: 0;
        line-height: 0;
      }

      th > div {
        display: flex;
        gap: 10px;
      }

      small {
        display: block;
        color: var(--soft);
        font-size: 0.9375rem;
        font-weight: 400;
      }
    `,
  ];

  @property() name = '';
  @property({ attribute: false }) budget: LatencyBudget | null = null;
  @property({ attribute: false }) full = 1;

  override render() {
    const { name, budget } = this;
    const says = this.w.numbers.latency;
    const view = budget ? latencyView(budget, this.full, this.w) : null;
    return html`
      <div class="head">
        <h3 title=${name}>${name}</h3>
        <span>${view ? view.total : says.notHeard}</span>
      </div>
      ${view ? [this.#bar(view.rows), this.#list(view.rows)] : nothing}
    `;
  }

  #bar(rows: readonly LatencyRow[]) {
    return html`<svg class="bar" aria-hidden="true">
      ${latencyPatterns}
      ${rows.map(
        ({ part, from, percent }) =>
          svg`<rect class="part" x=${`${from}%`} width=${`${percent}%`} height="28"
            fill=${fillOf(part)} />`,
      )}
    </svg>`;
  }

  #list(rows: readonly LatencyRow[]) {
    const says = this.w.numbers.latency;
    return html`<table aria-label=${says.of(this.name)}>
      <thead>
        <tr>
          ${(['part', 'ms', 'air'] as const).map(
            (of) => html`<th scope="col"><span class="unseen">${says.columns[of]}</span></th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ part, label, known, ms, air }) =>
            html`<tr>
              <th scope="row">
                <div>
                  <svg class="swatch" aria-hidden="true">
                    <rect
                      class="part"
                      x="0.5"
                      y="0.5"
                      width="21"
                      height="15"
                      fill=${fillOf(part)}
                    />
                  </svg>
                  <span>${label}<small>${known}</small></span>
                </div>
              </th>
              <td>${ms}</td>
              <td>${air}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-latency': TuttiLatency;
  }
}
