/** The strokes of the delay graph, for itself and its legend: no two differ in colour alone. */
import { css } from 'lit';

export const delayStrokes = css`
  path {
    fill: none;
    vector-effect: non-scaling-stroke;
  }

  .grid {
    stroke: var(--line);
    stroke-width: 1px;
  }

  .actual {
    stroke: var(--brass-fill);
    stroke-width: 3px;
    stroke-linejoin: round;
  }

  .target {
    stroke: var(--text);
    stroke-width: 1.5px;
    stroke-dasharray: 6 4;
  }

  .jitter {
    fill: var(--edge);
    fill-opacity: 0.35;
    stroke: var(--edge);
    stroke-width: 1px;
  }

  .concealed {
    stroke: var(--warn);
    stroke-width: 2.5px;
  }
`;
