/**
 * The loops as bars on one axis: latency, and below it the hop. The table beside it has the values.
 *
 * Properties: `results`.
 */
import { css, html, nothing, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { LoopbackResult } from 'tutti/bench';
import { loopName } from '../logic/bench-loopback.js';
import { BAR, extremes, rangesOf, type RangePaths } from '../logic/bench-ranges.js';
import { milliseconds, number } from '../logic/units.js';
import { TuttiElement } from './base.js';

const VIEW = `0 0 ${BAR.width} ${BAR.height}`;
const SAMPLE = 'M0 7H28';

@customElement('tutti-bench-ranges')
export class TuttiBenchRanges extends TuttiElement {
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
        width: 28px;
        height: 14px;
      }

      .plot {
        display: grid;
        grid-template-columns: max-content 1fr;
        gap: 10px var(--s2);
        align-items: center;
        font-size: 0.8125rem;
        line-height: 1.2;
      }

      .bars {
        display: grid;
        padding-block: 2px;
        border-inline: 1px solid var(--line);
        background: linear-gradient(var(--line), var(--line)) center / 1px 100% no-repeat;
      }

      .bars svg {
        display: block;
        width: 100%;
        height: 16px;
        overflow: visible;
      }

      path {
        fill: none;
        stroke: var(--brass-fill);
        vector-effect: non-scaling-stroke;
      }

      .hop path {
        stroke: var(--edge);
      }

      .reach {
        stroke-width: 1.5px;
      }

      .body {
        stroke-width: 7px;
      }

      .hop .body {
        stroke-width: 3px;
      }

      .median,
      .hop .median {
        stroke: var(--text);
        stroke-width: 2px;
      }

      .axis {
        grid-column: 2;
        display: grid;
        grid-template-columns: repeat(3, 1fr);
        color: var(--soft);
      }

      .axis :nth-child(2) {
        text-align: center;
      }

      .axis :nth-child(3) {
        text-align: end;
      }

      @media (max-width: 520px) {
        .plot {
          grid-template-columns: 1fr;
          gap: 2px;
        }

        .axis {
          grid-column: 1;
        }

        .name {
          margin-top: 6px;
        }
      }
    `,
  ];

  @property({ attribute: false }) results: readonly LoopbackResult[] = [];

  override render() {
    const { bench: w, language } = this.w;
    const { top, rows } = rangesOf(this.results);
    return html`
      <figure>
        <figcaption>${w.ranges}</figcaption>
        <ul role="list" aria-hidden="true">
          <li>
            <svg><path class="body" d=${SAMPLE} /></svg>${w.latency}
          </li>
          <li class="hop">
            <svg><path class="body" d=${SAMPLE} /></svg>${w.hop}
          </li>
        </ul>
        <div class="plot" role="img" aria-label=${this.#summary()}>
          ${rows.map(
            ({ name, latency, hop }) => html`
              <span class="name">${name}</span>
              <div class="bars">
                <svg viewBox=${VIEW} preserveAspectRatio="none">${bar(latency)}</svg>
                <svg class="hop" viewBox=${VIEW} preserveAspectRatio="none">${bar(hop)}</svg>
              </div>
            `,
          )}
          <div class="axis">
            <span>${number(0, language)}</span>
            <span>${number(top / 2, language, digitsOf(top / 2))}</span>
            <span>${milliseconds(top, language, digitsOf(top))}</span>
          </div>
        </div>
      </figure>
    `;
  }

  #summary(): string {
    const { bench: w, language } = this.w;
    const ends = extremes(this.results);
    if (ends === null) return w.rangesNothing;
    const { least, most } = ends;
    const median = (of: LoopbackResult): string =>
      milliseconds(of.latencyMs?.p50 ?? 0, language, 1);
    return w.rangesSummary(median(least), loopName(least), median(most), loopName(most));
  }
}

const digitsOf = (value: number): number => (Number.isInteger(value) ? 0 : value < 0.1 ? 2 : 1);

function bar(paths: RangePaths | null) {
  if (paths === null) return nothing;
  return svg`
    <path class="reach" d=${paths.reach} />
    <path class="body" d=${paths.body} />
    <path class="median" d=${paths.median} />
  `;
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-bench-ranges': TuttiBenchRanges;
  }
}
