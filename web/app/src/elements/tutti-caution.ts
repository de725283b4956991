/**
 * The slider from quick to safe. It knows nobody: whoever places it says for whom it is.
 *
 * Properties: `label`, `value` (the library's `caution`, 0 to 1), `ends` (what quick and safe mean
 * stands under it). Event: `slide`, with the new value as `detail`.
 */
import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { CAUTION, cautionPlace, cautionWord } from '../logic/caution.js';
import { number } from '../logic/units.js';
import { TuttiElement } from './base.js';
import './tutti-slider.js';

@customElement('tutti-caution')
export class TuttiCaution extends TuttiElement {
  static override styles = [
    TuttiElement.styles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
    `,
  ];

  @property() label = '';
  @property({ type: Number }) value: number = CAUTION.neutral;
  @property({ type: Boolean }) ends = false;

  readonly #text = (value: number): string => this.w.caution.value[cautionWord(value)];

  readonly #spoken = (value: number): string => {
    const place = (of: number): string => number(cautionPlace(of), this.w.language);
    return this.w.caution.spoken(this.#text(value), place(value), place(CAUTION.max));
  };

  #slide(event: CustomEvent<number>): void {
    this.value = event.detail;
    this.dispatchEvent(new CustomEvent('slide', { detail: event.detail }));
  }

  override render() {
    const w = this.w.caution;
    return html`<tutti-slider
      centred
      .label=${this.label}
      .min=${CAUTION.min}
      .max=${CAUTION.max}
      .step=${CAUTION.step}
      .neutral=${CAUTION.neutral}
      .value=${this.value}
      .text=${this.#text}
      .spoken=${this.#spoken}
      .from=${this.ends ? w.quick : ''}
      .to=${this.ends ? w.safe : ''}
      @slide=${this.#slide}
    ></tutti-slider>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-caution': TuttiCaution;
  }
}
