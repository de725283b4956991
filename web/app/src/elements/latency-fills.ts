/**
 * How the parts of a latency are filled, in the bar and in its list: no two differ in colour alone.
 * Each owner of such an SVG has the patterns in it once, `latencyPatterns`.
 */
import { css, svg, type SVGTemplateResult } from 'lit';
import type { LatencyPart } from 'tutti';

type Part = LatencyPart['name'];

const FILLS: Record<Part, string> = {
  microphone: 'var(--brass-fill)',
  packet: 'var(--text)',
  network: 'url(#network)',
  playout: 'var(--edge)',
  output: 'url(#output)',
};

export function fillOf(part: Part): string {
  return FILLS[part];
}

export const latencyPatterns: SVGTemplateResult = svg`
  <defs>
    <pattern id="network" width="7" height="7" patternUnits="userSpaceOnUse"
      patternTransform="rotate(45)">
      <rect class="ground" width="7" height="7" />
      <rect class="stripe" width="3.5" height="7" />
    </pattern>
    <pattern id="output" width="6" height="6" patternUnits="userSpaceOnUse">
      <rect class="ground" width="6" height="6" />
      <circle class="dot" cx="3" cy="3" r="1.7" />
    </pattern>
  </defs>`;

export const latencyFills = css`
  .ground {
    fill: var(--surface);
  }

  .stripe {
    fill: var(--text);
  }

  .dot {
    fill: var(--brass-fill);
  }

  .part {
    stroke: var(--edge);
    stroke-width: 1px;
  }
`;
