/**
 * The last minute of one musician's delay: a line for what it is, a dashed one for what it is
 * aimed at, a band for the network's jitter, and below them a bar wherever sound was concealed.
 * Drawn when it is given new samples; every few seconds only where less motion is preferred.
 *
 * Properties: `name`, `samples`, `now` (ms of the samples' clock).
 */
import { css, html, svg, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { areaPath, BOX, linePath, marksPath, topOf } from '../logic/delay-graph.js';
import type { DelaySample } from '../logic/delay-history.js';
import { delaySummary } from '../logic/delay-summary.js';
import { milliseconds, number } from '../logic/units.js';
import { TuttiElement } from './base.js';
import { delayStrokes } from './delay-strokes.js';

const CALM_MS = 5000;
const lessMotion = matchMedia('(prefers-reduced-motion: reduce)');
const VIEW = `0 0 ${BOX.width} ${BOX.height}`;

@customElement('tutti-delay-graph')
export class TuttiDelayGraph extends TuttiElement {
  static override styles = [
    TuttiElement.styles,
    delayStrokes,
    css`
      :host {
        display: block;
      }

      .graph {
        display: grid;
        grid-template: 112px 12px auto / auto 1fr;
        gap: 4px 8px;
        color: var(--soft);
        font-size: 0.875rem;
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

      .time {
        display: flex;
        grid-column: 2;
        justify-content: space-between;
      }

      svg {
        display: block;
        width: 100%;
        height: 100%;
        grid-column: 2;
      }
    `,
  ];

  @property() name = '';
  @property({ attribute: false }) samples: readonly DelaySample[] = [];
  @property({ attribute: false }) now = 0;

  #drawnAt = -Infinity;

  protected override shouldUpdate(changed: PropertyValues<this>): boolean {
    if (!changed.has('now') || changed.has('name')) return true;
    return !lessMotion.matches || this.now - this.#drawnAt >= CALM_MS;
  }

  override render() {
    const { samples, now } = this;
    const { language, numbers: w } = this.w;
    this.#drawnAt = now;
    const top = topOf(samples);
    return html`
      <div class="graph" role="img" aria-label=${delaySummary(this.name, samples, this.w)}>
        <div class="scale">
          <span>${milliseconds(top, language)}</span>
          <span>${number(top / 2, language)}</span>
          <span>${number(0, language)}</span>
        </div>
        <svg viewBox=${VIEW} preserveAspectRatio="none" overflow="visible">
          ${[0, 0.5, 1].map(
            (at) => svg`<path class="grid" d=${`M0 ${at * BOX.height}H${BOX.width}`} />`,
          )}
          <path class="jitter" d=${areaPath(samples, 'jitter', now, top)} />
          <path class="actual" d=${linePath(samples, 'actual', now, top)} />
          <path class="target" d=${linePath(samples, 'target', now, top)} />
        </svg>
        <svg viewBox=${VIEW} preserveAspectRatio="none">
          <path class="grid" d=${`M0 ${BOX.height}H${BOX.width}`} />
          <path class="concealed" d=${marksPath(samples, now)} />
        </svg>
        <div class="time"><span>${w.ago}</span><span>${w.now}</span></div>
      </div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-delay-graph': TuttiDelayGraph;
  }
}
