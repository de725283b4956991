/**
 * Everything that was measured, to read, to look at, and to take along.
 *
 * Properties: `result`, `post` (a path of this server, or null). Methods: `focus()`, to the
 * heading; `send()`, posts the JSON.
 */
import { css, html, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { BenchResult } from 'tutti/bench';
import { browserFacts, contextFacts } from '../logic/bench-facts.js';
import { countsTable, timesTable } from '../logic/bench-loopback.js';
import { quantumTable } from '../logic/bench-quantum.js';
import { TuttiElement } from './base.js';
import './tutti-bench-costs.js';
import './tutti-bench-export.js';
import type { TuttiBenchExport } from './tutti-bench-export.js';
import './tutti-bench-facts.js';
import './tutti-bench-ranges.js';
import './tutti-bench-table.js';
import './tutti-notice.js';

@customElement('tutti-bench-results')
export class TuttiBenchResults extends TuttiElement {
  static override styles = [
    TuttiElement.styles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--s3);
      }

      /* It takes the focus so that it is read; there is nothing to press. */
      h2:focus-visible {
        outline: none;
      }

      .part {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--s3);
        padding: var(--s3);
        border: 1px solid var(--line);
        border-radius: var(--radius-large);
        background: var(--surface);
      }

      h3 {
        margin: 0 0 var(--s1);
        font-size: 1rem;
        font-weight: var(--weight-strong);
      }

      ul {
        padding-inline-start: 1.2em;
        font-size: 0.875rem;
        overflow-wrap: anywhere;
      }

      tutti-bench-costs {
        max-width: 44rem;
      }

      @media (max-width: 520px) {
        .part {
          padding: var(--s2);
        }
      }
    `,
  ];

  @property({ attribute: false }) result!: BenchResult;
  @property() post: string | null = null;

  @query('h2') private heading!: HTMLElement;
  @query('tutti-bench-export') private exported!: TuttiBenchExport;

  override focus(): void {
    this.heading.focus();
  }

  send(): Promise<void> {
    return this.exported.send();
  }

  override render() {
    const { result, w } = this;
    const { bench } = w;
    const { loopback = [], quantum = [], context, failures, hidden } = result;
    return html`
      <h2 tabindex="-1">${bench.results}</h2>
      ${hidden ? html`<tutti-notice .text=${bench.hidden}></tutti-notice>` : nothing}
      <tutti-bench-export .result=${result} .post=${this.post}></tutti-bench-export>
      ${
        failures.length === 0
          ? nothing
          : html`<div class="part">
              <div>
                <h3>${bench.failures}</h3>
                <ul>
                  ${failures.map(
                    ({ measurement, message }) =>
                      html`<li>${bench.measurement[measurement]}: <code>${message}</code></li>`,
                  )}
                </ul>
              </div>
            </div>`
      }
      ${
        loopback.length === 0
          ? nothing
          : html`<div class="part">
              <tutti-bench-ranges .results=${loopback}></tutti-bench-ranges>
              <tutti-bench-table .table=${timesTable(loopback, w)}></tutti-bench-table>
              <tutti-bench-table .table=${countsTable(loopback, w)}></tutti-bench-table>
            </div>`
      }
      ${
        quantum.length === 0
          ? nothing
          : html`<div class="part">
              <tutti-bench-costs .results=${quantum}></tutti-bench-costs>
              <tutti-bench-table .table=${quantumTable(quantum, w)}></tutti-bench-table>
            </div>`
      }
      <div class="part">
        ${
          context === undefined
            ? nothing
            : html`<tutti-bench-facts
                .heading=${bench.context}
                .facts=${contextFacts(context, w)}
              ></tutti-bench-facts>`
        }
        <tutti-bench-facts
          .heading=${bench.browser}
          .facts=${browserFacts(result, w)}
        ></tutti-bench-facts>
      </div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-bench-results': TuttiBenchResults;
  }
}
