/**
 * What a quantum costs, by the number of streams, with the budget as a line. The table beside it
 * has the values.
 *
 * Properties: `results`.
 */
import { css, html, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { QuantumResult } from 'tutti/bench';
import { BOX, costsOf, dearest, type Series } from '../logic/bench-costs.js';
import { channelsName, quantumName } from '../logic/bench-quantum.js';
import { number, percent } from '../logic/units.js';
import { TuttiElement } from './base.js';

const VIEW = `0 0 ${BOX.width} ${BOX.height}`;

@customElement('tutti-bench-costs')
export class TuttiBenchCosts extends TuttiElement {
  static override styles = [
    TuttiElement.styles,
    css`
      figure {
        margin: 0;
      }

      figcaption {
        font-weight: var(--weight-strong);
        text-wrap: balance;
      }

      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 4px var(--s3);
        margin: 4px 0 var(--s2);
        color: var(--soft);
        font-size: 0.875rem;
        list-style: none;
      }

      li {
        display: flex;
        align-items: center;
        gap: 8px;
      }

      li svg {
        flex: none;
        width: 34px;
        height: 14px;
      }

      .plot {
        display: grid;
        grid-template: 15rem auto / max-content 1fr;
        gap: 6px 10px;
        color: var(--soft);
        font-size: 0.8125rem;
        line-height: 1;
      }

      .scale {
        display: flex;
        flex-direction: column;
        justify-content: space-between;
        /* The middle of each number stands on its line. */
        margin: -0.5em 0;
        text-align: end;
      }

      .plot svg {
        display: block;
        width: 100%;
        height: 100%;
        overflow: visible;
      }

      .peers {
        grid-column: 2;
        display: grid;
        grid-auto-columns: 1fr;
        grid-auto-flow: column;
        text-align: center;
      }

      .peers-label {
        grid-column: 2;
        text-align: center;
      }

      path {
        fill: none;
        vector-effect: non-scaling-stroke;
      }

      .grid {
        stroke: var(--line);
        stroke-width: 1px;
      }

      .budget {
        stroke: var(--bad);
        stroke-width: 2px;
        stroke-dasharray: 10 4 2 4;
      }

      .mono path {
        stroke: var(--brass-fill);
      }

      .stereo path {
        stroke: var(--text);
      }

      .line,
      .reach {
        stroke-width: 1.5px;
      }

      .concealing .line {
        stroke-dasharray: 5 4;
      }

      .means {
        stroke-width: 9px;
        stroke-linecap: round;
      }

      .stereo .means {
        stroke-width: 8px;
        stroke-linecap: square;
      }
    `,
  ];

  @property({ attribute: false }) results: readonly QuantumResult[] = [];

  override render() {
    const { bench: w, language } = this.w;
    const costs = costsOf(this.results);
    if (costs === null) return html`<p>${w.costsNothing}</p>`;
    const { peers, decades, budget, series } = costs;
    const y = (i: number): number => (i / (decades.length - 1)) * BOX.height;
    return html`
      <figure>
        <figcaption>${w.costs}</figcaption>
        <ul role="list" aria-hidden="true">
          ${series.map(
            (one) =>
              html`<li>
                <svg>${drawn(one, { line: 'M0 7H34', means: 'M17 7h0', reach: '' })}</svg>
                ${channelsName(one.channels)}, ${w.state[one.state]}
              </li>`,
          )}
          <li>
            <svg><path class="budget" d="M0 7H34" /></svg>${w.budget}
          </li>
        </ul>
        <div class="plot" role="img" aria-label=${this.#summary()}>
          <div class="scale">
            ${decades.map(
              (share) =>
                html`<span>${percent(share, 1, language, Math.max(0, digitsOf(share)))}</span>`,
            )}
          </div>
          <svg viewBox=${VIEW} preserveAspectRatio="none">
            ${decades.map((_, i) => svg`<path class="grid" d=${`M0 ${y(i)}H${BOX.width}`} />`)}
            <path class="budget" d=${budget} />
            ${series.map((one) => drawn(one, one))}
          </svg>
          <div class="peers">
            ${peers.map((count) => html`<span>${number(count, language)}</span>`)}
          </div>
          <div class="peers-label">${w.streams}</div>
        </div>
      </figure>
    `;
  }

  #summary(): string {
    const most = dearest(this.results);
    if (most?.meanShare === undefined || most.meanShare === null) return this.w.bench.costsNothing;
    const share = percent(most.meanShare, 1, this.w.language);
    return this.w.bench.costsSummary(quantumName(most, this.w), share);
  }
}

/** Of a share that is a whole power of ten, as a percentage. */
const digitsOf = (share: number): number => -Math.round(Math.log10(100 * share));

function drawn(
  { channels, state }: Pick<Series, 'channels' | 'state'>,
  { line, means, reach }: Pick<Series, 'line' | 'means' | 'reach'>,
) {
  return svg`<g class="${channelsName(channels)} ${state}">
    <path class="line" d=${line} />
    <path class="reach" d=${reach} />
    <path class="means" d=${means} />
  </g>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-bench-costs': TuttiBenchCosts;
  }
}
