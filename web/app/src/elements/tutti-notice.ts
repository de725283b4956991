/**
 * Something to know, in a frame, with a shape beside it: what happened, what it means, what to do.
 * What is slotted stands below the text (buttons, links). Announced at once when `urgent`.
 *
 * Properties: `heading`, `text`, `tone` ('warn' or 'calm'), `urgent`.
 */
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { TuttiElement } from './base.js';
import './tutti-icon.js';

@customElement('tutti-notice')
export class TuttiNotice extends TuttiElement {
  static override styles = [
    TuttiElement.styles,
    css`
      :host {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 4px 14px;
        padding: var(--s2) 20px;
        border: 1px solid var(--line);
        border-inline-start: 4px solid var(--warn);
        border-radius: var(--radius);
        background: var(--raised);
      }

      :host([tone='calm']) {
        border-inline-start-color: var(--brass);
      }

      tutti-icon {
        color: var(--warn);
      }

      strong {
        font-weight: var(--weight-strong);
      }

      .text,
      slot {
        grid-column: 2;
      }

      :host([tone='calm']) :is(.text, slot) {
        grid-column: 1 / -1;
      }

      slot {
        display: flex;
        flex-wrap: wrap;
        gap: var(--s1);
      }

      ::slotted(*) {
        margin-top: var(--s1);
      }
    `,
  ];

  @property() heading = '';
  @property() text = '';
  @property({ reflect: true }) tone: 'warn' | 'calm' = 'warn';
  @property({ type: Boolean }) urgent = false;

  override render() {
    const strong = this.heading !== '';
    return html`
      <tutti-icon name="warning" ?hidden=${this.tone === 'calm'}></tutti-icon>
      <div class="text" role=${this.urgent ? 'alert' : nothing}>
        ${strong ? html`<strong>${this.heading}</strong><br />` : nothing}
        <span class=${strong ? 'hint' : ''}>${this.text}</span>
      </div>
      <slot></slot>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-notice': TuttiNotice;
  }
}
