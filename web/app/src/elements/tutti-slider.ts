/**
 * A native range with its name above it and its value in words and units. A double click, or the
 * key 0, puts it back to `neutral`.
 *
 * Properties: `label`, `min`, `max`, `step`, `value`, `neutral`, `centred` (the bar grows from
 * neutral, not from the left), `text` (value to words), `spoken` (the same for screen readers, where
 * it says more), `from` and `to` (words under the two ends). Event: `slide`, with the new value as
 * `detail`.
 */
import { css, html, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { TuttiElement } from './base.js';

@customElement('tutti-slider')
export class TuttiSlider extends TuttiElement {
  static override styles = [
    TuttiElement.styles,
    css`
      :host {
        display: block;
        min-width: 0;
      }

      .head {
        display: flex;
        justify-content: space-between;
        gap: var(--s1);
        font-size: 0.9375rem;
        line-height: 1.2;
        white-space: nowrap;
      }

      label {
        overflow: hidden;
        font-size: inherit;
        font-weight: 500;
        text-overflow: ellipsis;
      }

      .value {
        flex: none;
        font-weight: 600;
      }

      input {
        --thumb: 24px;
        --at-from: 0%;
        --at-to: calc(var(--thumb) / 2 + (100% - var(--thumb)) * var(--to, 0));
        --bar: linear-gradient(
          to right,
          var(--line) var(--at-from),
          var(--soft) var(--at-from) var(--at-to),
          var(--line) var(--at-to)
        );
        display: block;
        width: 100%;
        height: 44px;
        margin: -6px 0 -12px;
        appearance: none;
        background: none;
        cursor: pointer;
        touch-action: manipulation;
      }

      .ends {
        display: flex;
        justify-content: space-between;
        gap: var(--s1);
        /* Below the outline of a slider that has the focus. */
        margin-top: 14px;
        color: var(--soft);
        font-size: 0.9375rem;
        line-height: 1.2;
      }

      input.centred {
        --at-from: calc(var(--thumb) / 2 + (100% - var(--thumb)) * var(--from, 0));
      }

      input:focus-visible {
        outline-offset: -6px;
        border-radius: var(--radius);
      }

      input::-webkit-slider-runnable-track {
        height: 8px;
        border-radius: 4px;
        background: var(--bar);
      }

      input::-moz-range-track {
        height: 8px;
        border-radius: 4px;
        background: var(--bar);
      }

      input::-webkit-slider-thumb {
        width: var(--thumb);
        height: var(--thumb);
        margin-top: -8px;
        appearance: none;
        border: 3px solid var(--surface);
        border-radius: 50%;
        background: var(--text);
      }

      input::-moz-range-thumb {
        box-sizing: border-box;
        width: var(--thumb);
        height: var(--thumb);
        border: 3px solid var(--surface);
        border-radius: 50%;
        background: var(--text);
      }

      input:hover::-webkit-slider-thumb {
        background: var(--brass-fill);
      }

      input:hover::-moz-range-thumb {
        background: var(--brass-fill);
      }
    `,
  ];

  @property() label = '';
  @property({ type: Number }) min = 0;
  @property({ type: Number }) max = 1;
  @property({ type: Number }) step = 0.01;
  @property({ type: Number }) value = 0;
  @property({ type: Number }) neutral = 0;
  @property({ type: Boolean }) centred = false;
  @property({ attribute: false }) text: (value: number) => string = String;
  @property({ attribute: false }) spoken: ((value: number) => string) | null = null;
  @property() from = '';
  @property() to = '';

  @query('input') private input!: HTMLInputElement;

  override focus(options?: FocusOptions): void {
    this.input.focus(options);
  }

  #slide(value: number): void {
    if (value === this.value) return;
    this.value = value;
    this.dispatchEvent(new CustomEvent('slide', { detail: value }));
  }

  #key(event: KeyboardEvent): void {
    if (event.key !== '0' || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.#slide(this.neutral);
  }

  #place(value: number): number {
    return (value - this.min) / (this.max - this.min);
  }

  protected override updated(): void {
    const [a, b] = [this.#place(this.value), this.centred ? this.#place(this.neutral) : 0];
    this.input.style.setProperty('--from', String(Math.min(a, b)));
    this.input.style.setProperty('--to', String(Math.max(a, b)));
  }

  override render() {
    const text = this.text(this.value);
    return html`
      <div class="head">
        <label for="range">${this.label}</label>
        <span class="value" aria-hidden="true">${text}</span>
      </div>
      <input
        id="range"
        class=${this.centred ? 'centred' : ''}
        type="range"
        min=${this.min}
        max=${this.max}
        step=${this.step}
        .value=${live(String(this.value))}
        aria-valuetext=${this.spoken?.(this.value) ?? text}
        aria-describedby=${this.from ? 'ends' : nothing}
        @input=${() => this.#slide(this.input.valueAsNumber)}
        @dblclick=${() => this.#slide(this.neutral)}
        @keydown=${this.#key}
      />
      ${
        this.from
          ? html`<div id="ends" class="ends"><span>${this.from}</span><span>${this.to}</span></div>`
          : nothing
      }
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-slider': TuttiSlider;
  }
}
