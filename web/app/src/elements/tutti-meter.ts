/**
 * A level meter, -60 to 0 dB: a bar for the loudness (rms), a fainter one for the peak, a line that
 * holds the highest peak, and a mark at the end when full scale was reached.
 *
 * Properties: `label` (its accessible name), `zone` (draws the good zone for a microphone).
 * Method: `show(level)`, called at the rate of the levels; it moves boxes, nothing is laid out.
 * Screen readers are told the peak at most once a second.
 */
import { css, html, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { Level } from 'tutti';
import { decibels, METER_FLOOR_DB, meterPosition } from '../logic/decibels.js';
import { GOOD_ZONE } from '../logic/level-help.js';
import { PeakHold } from '../logic/peak-hold.js';
import { gain } from '../logic/units.js';
import { TuttiElement } from './base.js';

const TOLD_EVERY_MS = 1000;
/** How far the line of the highest peak goes along the bar. */
const LAST = 0.985;
/** Places along the bar: about a pixel each. */
const STEPS = 400;

@customElement('tutti-meter')
export class TuttiMeter extends TuttiElement {
  static override styles = [
    TuttiElement.styles,
    css`
      :host {
        display: block;
        --height: 12px;
      }

      .meter {
        display: flex;
        gap: 4px;
      }

      .track {
        position: relative;
        flex: 1;
        height: var(--height);
        overflow: hidden;
        border-radius: calc(var(--height) / 2);
        background: var(--line);
      }

      .track > div {
        position: absolute;
        inset: 0;
        transform: translateX(-100%);
        border-radius: inherit;
      }

      .peak {
        background: var(--brass-faint);
      }

      .rms {
        background: var(--brass-fill);
      }

      .track > .hold {
        border-radius: 0;
        border-inline-end: 2px solid var(--text);
      }

      .full {
        width: var(--height);
        height: var(--height);
        border-radius: 3px;
        background: var(--line);
      }

      .full.reached {
        background: var(--bad);
        outline: 2px solid var(--bad);
        outline-offset: 1px;
      }

      .zone {
        display: flex;
        margin: 5px calc(var(--height) + 4px) 0 0;
        color: var(--soft);
        font-size: 0.875rem;
        line-height: 1;
      }

      .zone span {
        padding-top: 4px;
        border-top: 2px solid var(--good);
        text-align: center;
      }
    `,
  ];

  @property() label = '';
  @property({ type: Boolean }) zone = false;

  @query('.meter') private meter!: HTMLElement;
  @query('.rms') private rms!: HTMLElement;
  @query('.peak') private peak!: HTMLElement;
  @query('.hold') private hold!: HTMLElement;
  @query('.full') private full!: HTMLElement;

  readonly #hold = new PeakHold();
  readonly #at = { rms: 0, peak: 0, hold: 0 };
  #full = false;
  #toldAt = -Infinity;
  #told = NaN;

  show(level: Level): void {
    if (!this.hasUpdated) return;
    const now = performance.now();
    const peak = decibels(level.peak);
    this.#move('rms', meterPosition(decibels(level.rms)));
    this.#move('peak', meterPosition(peak));
    const hold = meterPosition(this.#hold.push(peak, now));
    // At the very end the round corner would cut it; the mark beside it says enough.
    this.#move('hold', hold > LAST ? 0 : hold);
    const full = this.#hold.clipped(now);
    if (full !== this.#full) this.full.classList.toggle('reached', full);
    this.#full = full;

    const told = Math.round(peak);
    if (told !== this.#told && now - this.#toldAt >= TOLD_EVERY_MS) {
      this.#tell(told);
      this.#toldAt = now;
    }
  }

  protected override firstUpdated(): void {
    this.#tell(METER_FLOOR_DB);
    const zone = this.renderRoot.querySelector<HTMLElement>('.zone span');
    if (!zone) return;
    const from = meterPosition(GOOD_ZONE.from);
    zone.style.setProperty('margin-inline-start', `${100 * from}%`);
    zone.style.setProperty('width', `${100 * (meterPosition(GOOD_ZONE.to) - from)}%`);
  }

  /** What would not be seen to move is left alone: it would be painted again all the same. */
  #move(bar: 'rms' | 'peak' | 'hold', position: number): void {
    const at = Math.round(position * STEPS);
    if (at === this.#at[bar]) return;
    this.#at[bar] = at;
    this[bar].style.setProperty('transform', `translateX(${(100 * at) / STEPS - 100}%)`);
  }

  #tell(db: number): void {
    this.#told = db;
    this.meter.setAttribute('aria-valuenow', String(db));
    this.meter.setAttribute('aria-valuetext', gain(db, this.w.language));
  }

  override render() {
    return html`
      <div
        class="meter"
        role="meter"
        aria-label=${this.label}
        aria-valuemin=${METER_FLOOR_DB}
        aria-valuemax="0"
      >
        <div class="track">
          <div class="peak"></div>
          <div class="rms"></div>
          <div class="hold"></div>
        </div>
        <div class="full"></div>
      </div>
      ${
        this.zone
          ? html`<div class="zone" aria-hidden="true">
              <span>${this.w.microphone.goodZone}</span>
            </div>`
          : nothing
      }
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-meter': TuttiMeter;
  }
}
