/**
 * A table of numbers that scrolls sideways in its own place, and below it what its columns mean.
 *
 * Properties: `table`.
 */
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { BenchTable, ColumnGroup } from '../logic/bench-table.js';
import { TuttiElement } from './base.js';

@customElement('tutti-bench-table')
export class TuttiBenchTable extends TuttiElement {
  static override styles = [
    TuttiElement.styles,
    css`
      :host {
        display: block;
        min-width: 0;
      }

      .scroll {
        container-type: inline-size;
        overflow-x: auto;
      }

      table {
        border-collapse: collapse;
        font-size: 0.8125rem;
        line-height: 1.25;
      }

      caption {
        padding-bottom: var(--s1);
        font-size: 1rem;
        font-weight: var(--weight-strong);
        text-align: start;
      }

      caption span {
        display: inline-block;
        position: sticky;
        inset-inline-start: 0;
        max-width: 100cqi;
      }

      th,
      td {
        padding: 5px 9px;
        border-top: 1px solid var(--line);
        text-align: end;
        vertical-align: bottom;
        white-space: nowrap;
      }

      thead th {
        color: var(--soft);
        font-weight: 600;
      }

      .unit {
        display: block;
        font-weight: 400;
      }

      [colspan] {
        text-align: center;
      }

      [colspan] .unit {
        display: inline;
      }

      .first {
        border-inline-start: 1px solid var(--line);
      }

      tr > .name {
        position: sticky;
        inset-inline-start: 0;
        padding-inline-start: 0;
        background: var(--surface);
        font-weight: 500;
        text-align: start;
      }

      details {
        margin-top: var(--s1);
        font-size: 0.875rem;
      }

      summary {
        width: fit-content;
        padding: 12px 0;
        color: var(--brass);
        cursor: pointer;
      }

      dl {
        display: grid;
        grid-template-columns: max-content 1fr;
        gap: 4px var(--s2);
        max-width: 60rem;
        padding-bottom: var(--s1);
      }

      dt {
        font-weight: 600;
      }

      dd {
        color: var(--soft);
      }

      @media (max-width: 520px) {
        tr > .name {
          max-width: 7.5rem;
          white-space: normal;
        }

        dl {
          grid-template-columns: 1fr;
          gap: 0;
        }

        dd {
          margin-bottom: var(--s1);
        }
      }
    `,
  ];

  @property({ attribute: false }) table!: BenchTable;

  override render() {
    const { caption, corner, groups, rows, legend } = this.table;
    const begins = new Set<number>();
    let column = 0;
    for (const { columns } of groups) {
      begins.add(column);
      column += Math.max(1, columns.length);
    }
    const deep = groups.some(({ columns }) => columns.length > 0);
    const first = (at: number): string => (deep && begins.has(at) ? 'first' : '');
    return html`
      <div class="scroll" tabindex="0" role="region" aria-label=${caption}>
        <table>
          <caption>
            <span>${caption}</span>
          </caption>
          <thead>
            <tr>
              <th class="name" scope="col" rowspan=${deep ? 2 : 1}>${corner}</th>
              ${groups.map((group) => this.#group(group, deep))}
            </tr>
            ${
              deep
                ? html`<tr>
                    ${groups.flatMap(({ columns }) =>
                      columns.map(
                        (label, i) =>
                          html`<th class=${i === 0 ? 'first' : ''} scope="col">${label}</th>`,
                      ),
                    )}
                  </tr>`
                : nothing
            }
          </thead>
          <tbody>
            ${rows.map(
              ({ heading, cells }) =>
                html`<tr>
                  <th class="name" scope="row">${heading}</th>
                  ${cells.map((cell, at) => html`<td class=${first(at)}>${cell}</td>`)}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <details>
        <summary>${this.w.bench.legend}</summary>
        <dl>
          ${legend.map(
            ({ term, text }) =>
              html`<dt>${term}</dt>
                <dd>${text}</dd>`,
          )}
        </dl>
      </details>
    `;
  }

  #group({ label, unit, columns }: ColumnGroup, deep: boolean) {
    const text = html`${label} <span class="unit">${unit}</span>`;
    return columns.length > 0
      ? html`<th class="first" scope="colgroup" colspan=${columns.length}>${text}</th>`
      : html`<th class=${deep ? 'first' : ''} scope="col" rowspan=${deep ? 2 : 1}>${text}</th>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-bench-table': TuttiBenchTable;
  }
}
