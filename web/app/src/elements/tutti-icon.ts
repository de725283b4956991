/**
 * A line drawing, 24 px, in the colour of the text around it. Decorative: what it stands beside
 * carries the name.
 *
 * Properties: `name`.
 */
import { css, html, LitElement, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';

const ICONS = {
  microphone: svg`<rect x="9" y="3" width="6" height="11" rx="3" /><path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3" />`,
  'microphone-off': svg`<path d="M15 10.5V6a3 3 0 0 0-5.7-1.3M9 9v2a3 3 0 0 0 4.6 2.5M5.5 11.5a6.5 6.5 0 0 0 10.3 5.3M18.5 11.5c0 .9-.2 1.8-.5 2.6M12 18v3M4 4l16 16" />`,
  copy: svg`<rect x="8.5" y="8.5" width="11.5" height="11.5" rx="3" /><path d="M15.5 8.5V7a3 3 0 0 0-3-3H7a3 3 0 0 0-3 3v5.5a3 3 0 0 0 3 3h1.5" />`,
  check: svg`<path d="M5 12.5l4.5 4.5L19 7.5" />`,
  leave: svg`<path d="M10 4H7a3 3 0 0 0-3 3v10a3 3 0 0 0 3 3h3M15 8l4 4-4 4M19 12H9.5" />`,
  numbers: svg`<path d="M5 20v-6M12 20V4M19 20v-9" />`,
  settings: svg`<path d="M4 7h9M19 7h1M4 17h1M11 17h9" /><circle cx="16" cy="7" r="2.6" /><circle cx="8" cy="17" r="2.6" />`,
  headphones: svg`<path d="M4 15v-2a8 8 0 0 1 16 0v2" /><rect x="3.5" y="14" width="4" height="6" rx="2" /><rect x="16.5" y="14" width="4" height="6" rx="2" />`,
  camera: svg`<rect x="3" y="6.5" width="12.5" height="11" rx="3" /><path d="M15.5 10.8l5-2.8v8l-5-2.8" />`,
  window: svg`<rect x="3.5" y="5" width="17" height="13.5" rx="3" /><path d="M3.5 9.5h17M12 16v-4M10 13.7l2-2 2 2" />`,
  chat: svg`<path d="M7 5h10a3.5 3.5 0 0 1 3.5 3.5v4A3.5 3.5 0 0 1 17 16h-4.5L8 19.5V16H7a3.5 3.5 0 0 1-3.5-3.5v-4A3.5 3.5 0 0 1 7 5z" />`,
  say: svg`<path d="M12 19.5V5M6 10.5L12 4.5l6 6" />`,
  sun: svg`<circle cx="12" cy="12" r="4" /><path d="M12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M5.6 18.4l1.1-1.1M17.3 6.7l1.1-1.1" />`,
  moon: svg`<path d="M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z" />`,
  warning: svg`<path d="M12 4.5l8.5 15h-17zM12 10.5v4M12 17v.1" />`,
  close: svg`<path d="M6 6l12 12M18 6L6 18" />`,
  chevron: svg`<path d="M7 10l5 5 5-5" />`,
  play: svg`<path d="M8 5l11 7-11 7z" />`,
  send: svg`<path d="M12 15V4M8 7.5L12 3.5l4 4M6 12H5v8h14v-8h-1" />`,
} as const;

export type IconName = keyof typeof ICONS;

@customElement('tutti-icon')
export class TuttiIcon extends LitElement {
  static override styles = css`
    :host {
      display: inline-flex;
      flex: none;
      width: 24px;
      height: 24px;
    }

    svg {
      width: 100%;
      height: 100%;
      fill: none;
      stroke: currentColor;
      stroke-width: 2;
      stroke-linecap: round;
      stroke-linejoin: round;
    }
  `;

  @property() name: IconName = 'check';

  override render() {
    return html`<svg viewBox="0 0 24 24" aria-hidden="true">${ICONS[this.name]}</svg>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-icon': TuttiIcon;
  }
}
