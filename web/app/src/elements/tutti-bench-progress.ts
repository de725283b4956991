/**
 * What is being measured, how far it is, and a way to end it. The bar moves twice a second: hardly
 * more than nothing beside what is measured.
 *
 * Properties: `progress`. Event: `cancel`. Method: `focus()`, to the button.
 */
import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { BenchProgress } from 'tutti/bench';
import { progressAt, roughTime } from '../logic/bench-progress.js';
import { TuttiElement } from './base.js';

const EVERY_MS = 500;

@customElement('tutti-bench-progress')
export class TuttiBenchProgress extends TuttiElement {
  static override styles = [
    TuttiElement.styles,
    css`
      :host {
        display: grid;
        gap: var(--s2);
        justify-items: start;
      }

      .step {
        font-size: 1.25rem;
      }

      progress {
        appearance: none;
        width: 100%;
        height: 14px;
        border: 1px solid var(--edge);
        border-radius: 7px;
        background: transparent;
        overflow: hidden;
      }

      progress::-webkit-progress-bar {
        background: transparent;
      }

      progress::-webkit-progress-value {
        background: var(--brass-fill);
      }

      progress::-moz-progress-bar {
        background: var(--brass-fill);
      }
    `,
  ];

  @property({ attribute: false }) progress: BenchProgress | null = null;

  @state() private now = performance.now();

  @query('button') private button!: HTMLButtonElement;

  #since = this.now;
  #timer = 0;

  override focus(): void {
    this.button.focus();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = window.setInterval(() => (this.now = performance.now()), EVERY_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('progress')) this.#since = this.now = performance.now();
  }

  override render() {
    const { bench: w, language } = this.w;
    const { progress } = this;
    const at = progress && progressAt(progress, (this.now - this.#since) / 1000);
    return html`
      <p class="step">
        ${progress === null ? nothing : `${w.measurement[progress.measurement]}: ${progress.step}`}
      </p>
      <progress aria-label=${w.progress} value=${at?.done ?? 0} max="1"></progress>
      <p class="hint">${at === null ? nothing : w.left(roughTime(at.left, language))}</p>
      <button type="button" @click=${() => this.dispatchEvent(new CustomEvent('cancel'))}>
        ${w.cancel}
      </button>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-bench-progress': TuttiBenchProgress;
  }
}
