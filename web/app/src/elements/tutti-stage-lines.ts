/**
 * The stage from above, still empty: arcs at 3, 6, 10 and 20 metres around where you stand, at the
 * front edge. Decorative; the stage itself will stand on the same lines.
 */
import { css, html, LitElement, svg } from 'lit';
import { customElement } from 'lit/decorators.js';

const METRES = [3, 6, 10, 20];
/** Drawing units per metre. */
const SCALE = 22;

@customElement('tutti-stage-lines')
export class TuttiStageLines extends LitElement {
  static override styles = css`
    :host {
      position: absolute;
      inset: auto 0 0;
      height: 100%;
      overflow: hidden;
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
      vector-effect: non-scaling-stroke;
    }

    circle.you {
      fill: var(--brass-fill);
      stroke: none;
    }
  `;

  override render() {
    return html`<svg
      viewBox="-500 -480 1000 500"
      preserveAspectRatio="xMidYMax slice"
      aria-hidden="true"
    >
      ${METRES.map((m) => svg`<circle cx="0" cy="0" r=${m * SCALE} />`)}
      <circle class="you" cx="0" cy="0" r="7" />
    </svg>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-stage-lines': TuttiStageLines;
  }
}
