/**
 * The stage from above: arcs at 3, 6, 10 and 20 metres around where you stand, at the front edge.
 * Decorative. The empty hall has it too, without words.
 *
 * Properties: `labelled` (says the distances, and what is as wide).
 */
import { css, html, nothing, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { ARCS, depth, FRONT, REACH } from '../logic/stage-place.js';
import { wholeMetres } from '../logic/stage-words.js';
import { TuttiElement } from './base.js';

const percent = (share: number): string => `${(100 * share).toFixed(2)}%`;

@customElement('tutti-stage-lines')
export class TuttiStageLines extends TuttiElement {
  static override styles = [
    TuttiElement.styles,
    css`
      :host {
        position: absolute;
        inset: 0;
        overflow: hidden;
        contain: strict;
        pointer-events: none;
      }

      svg {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
        fill: none;
        stroke: var(--line);
        stroke-width: 1.5;
      }

      .you {
        fill: var(--brass-fill);
        stroke: none;
      }

      text {
        fill: var(--soft);
        stroke: none;
        font-size: 0.9375rem;
        text-anchor: middle;
      }

      .metres {
        font-weight: 600;
      }
    `,
  ];

  @property({ type: Boolean }) labelled = false;

  override render() {
    const front = percent(FRONT);
    return html`<svg aria-hidden="true">
      ${ARCS.map(
        (metres) =>
          svg`<ellipse cx="50%" cy=${front}
            rx=${percent(REACH.x * depth(metres))} ry=${percent(REACH.y * depth(metres))} />`,
      )}
      <circle class="you" cx="50%" cy=${front} r="7" />
      ${this.labelled ? this.#words() : nothing}
    </svg>`;
  }

  /** Below the front edge, where nobody stands: to the right and to the left in turn. */
  #words() {
    const w = this.w.stage;
    const labels = ARCS.map((metres, i) => {
      const side = i % 2 === 0 ? 1 : -1;
      const x = percent(0.5 + side * REACH.x * depth(metres));
      return svg`<text x=${x} y=${percent(FRONT)} dx="6" dy="1.3em" class="metres">${wholeMetres(metres, this.w.language)}</text>
        <text x=${x} y=${percent(FRONT)} dx="6" dy="2.4em">${w.arcs[metres]}</text>`;
    });
    return [labels, svg`<text x="50%" y=${percent(FRONT)} dx="1.9em" dy="0.35em">${w.you}</text>`];
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-stage-lines': TuttiStageLines;
  }
}
