/** What the strokes of the delay graphs mean. No properties, no events. */
import { css, html, svg, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { TuttiElement } from './base.js';
import { delayStrokes } from './delay-strokes.js';

const SAMPLES = {
  actual: svg`<path class="actual" d="M0 7H28" />`,
  target: svg`<path class="target" d="M0 7H28" />`,
  jitter: svg`<path class="jitter" d="M1 13V6L9 4L18 7L27 3V13Z" />`,
  concealed: svg`<path class="concealed" d="M6 14V7M14 14V2M22 14V9" />`,
} satisfies Record<string, TemplateResult<2>>;

@customElement('tutti-delay-legend')
export class TuttiDelayLegend extends TuttiElement {
  static override styles = [
    TuttiElement.styles,
    delayStrokes,
    css`
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 18px;
        color: var(--soft);
        font-size: 0.9375rem;
        line-height: 1.3;
        list-style: none;
      }

      li {
        display: flex;
        align-items: center;
        gap: 8px;
      }

      svg {
        flex: none;
        width: 28px;
        height: 14px;
      }
    `,
  ];

  override render() {
    const w = this.w.numbers.legend;
    return html`<ul role="list">
      ${(Object.keys(SAMPLES) as (keyof typeof SAMPLES)[]).map(
        (of) => html`<li><svg aria-hidden="true">${SAMPLES[of]}</svg>${w[of]}</li>`,
      )}
    </ul>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-delay-legend': TuttiDelayLegend;
  }
}
