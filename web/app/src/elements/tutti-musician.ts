/**
 * One musician as heard here: level, delay, volume, left or right, mute, solo.
 *
 * Properties: `peer` (the session's live object), `silenced` (another is on solo), `patchy` (much of
 * the sound is made up), `beat` (any change draws the live numbers again; the room beats once a
 * second).
 * Methods: `drawLevel()`, at the rate of the levels; `open()`, for who was pressed on the stage.
 * Event: `mix`, after mute or solo.
 */
import { css, html, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { PeerFace } from 'tutti';
import { ageMs } from '../logic/age.js';
import { PAN } from '../logic/pan.js';
import * as units from '../logic/units.js';
import { TuttiElement } from './base.js';
import './tutti-icon.js';
import './tutti-meter.js';
import type { TuttiMeter } from './tutti-meter.js';
import './tutti-seat.js';
import './tutti-slider.js';
import type { TuttiSlider } from './tutti-slider.js';
import './tutti-through.js';

const GAIN = { min: -60, max: 12 };

@customElement('tutti-musician')
export class TuttiMusician extends TuttiElement {
  static override styles = [
    TuttiElement.styles,
    css`
      :host {
        display: block;
        container-type: inline-size;
        border: 1px solid var(--line);
        border-radius: var(--radius-large);
        background: var(--surface);
      }

      :host(:focus-within) {
        border-color: var(--brass);
      }

      article {
        display: grid;
        grid-template:
          'who buttons' auto
          'meter meter' auto
          'sliders sliders' auto
          / 1fr auto;
        align-items: center;
        gap: var(--s2);
        padding: var(--s2);
      }

      .who {
        grid-area: who;
        display: flex;
        align-items: center;
        gap: 14px;
        min-width: 0;
      }

      .who > div {
        min-width: 0;
      }

      h2 {
        display: -webkit-box;
        overflow: hidden;
        overflow-wrap: anywhere;
        line-height: 1.15;
        text-wrap: wrap;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
      }

      .state {
        color: var(--soft);
        font-size: 1rem;
        line-height: 1.3;
      }

      .state.lost,
      .patchy {
        color: var(--warn);
      }

      .state.unreachable {
        color: var(--bad);
      }

      .state b {
        color: var(--text);
        font-weight: 600;
      }

      .meter {
        grid-area: meter;
      }

      .meter.off {
        opacity: 0.35;
      }

      .sliders {
        grid-area: sliders;
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: var(--s3);
      }

      .buttons {
        grid-area: buttons;
        display: flex;
        gap: var(--s1);
      }

      .buttons button {
        padding-inline: 14px;
      }

      .why {
        grid-column: 1 / -1;
      }

      @container (max-width: 440px) {
        .sliders {
          grid-template-columns: 1fr;
          gap: var(--s1);
        }

        .who {
          gap: 10px;
        }

        tutti-seat {
          width: 40px;
          height: 40px;
          font-size: 1.125rem;
        }

        .buttons button {
          padding-inline: 8px;
        }
      }

      @container (min-width: 760px) {
        article {
          grid-template:
            'who meter buttons' auto
            'who sliders buttons' auto
            / minmax(220px, 3fr) 6fr auto;
          gap: 14px var(--s4);
          padding: 20px var(--s3);
        }

        .sliders {
          grid-template-columns: 1fr 1fr;
          gap: var(--s4);
        }
      }
    `,
  ];

  @property({ attribute: false }) peer!: PeerFace;
  @property({ type: Boolean }) silenced = false;
  @property({ type: Boolean }) patchy = false;
  @property({ attribute: false }) beat = 0;

  @query('tutti-meter') private meter!: TuttiMeter | null;
  @query('tutti-slider') private volume!: TuttiSlider | null;

  /** Comes into view, with the focus on the volume. */
  open(): void {
    this.scrollIntoView({ block: 'nearest' });
    this.volume?.focus({ preventScroll: true });
  }

  drawLevel(): void {
    this.meter?.show(this.peer.level);
  }

  #toggle(what: 'mute' | 'solo'): void {
    this.peer[what] = !this.peer[what];
    this.requestUpdate();
    this.dispatchEvent(new CustomEvent('mix'));
  }

  #slide(what: 'gainDb' | 'pan', event: CustomEvent<number>): void {
    this.peer[what] = event.detail;
    this.requestUpdate();
  }

  readonly #gainText = (db: number): string =>
    db <= GAIN.min ? this.w.musician.silent : units.gain(db, this.w.language);

  readonly #panText = (pan: number): string => {
    const w = this.w.musician;
    const side = units.percent(Math.abs(pan), 1, this.w.language, 0);
    return pan === 0 ? w.centre : pan < 0 ? w.left(side) : w.right(side);
  };

  /** How things are with this musician, gravest first; when all is well, how far away they sound. */
  #state() {
    const { peer } = this;
    const w = this.w.musician;
    if (peer.state !== 'connected') return w[peer.state];
    if (peer.loopback === 'on') return this.w.through.state;
    if (peer.selfMuted) return w.selfMuted;
    if (this.silenced) return w.silenced;
    const age = ageMs(peer.latencyBudget, peer.latencyMs);
    if (age === null) return w.measuring;
    const ms = units.milliseconds(age, this.w.language);
    const metres = units.metres(age, this.w.language);
    return html`${
        this.patchy ? html`<span class="patchy">${this.w.stage.state.patchy},</span> ` : nothing
      }<span title=${w.latencyWhy}><b>${ms}</b>${w.latency(metres)}</span>`;
  }

  override render() {
    const { peer } = this;
    const w = this.w.musician;
    return html`
      <article>
        <div class="who">
          <tutti-seat .name=${peer.name} .state=${peer.state}></tutti-seat>
          <div>
            <h2 title=${peer.name}>${peer.name}</h2>
            <p class="state ${peer.state}">${this.#state()}</p>
          </div>
        </div>
        <div class="meter ${peer.mute || this.silenced ? 'off' : ''}">
          <tutti-meter .label=${w.level}></tutti-meter>
        </div>
        <div class="sliders">
          <tutti-slider
            .label=${w.volume}
            .min=${GAIN.min}
            .max=${GAIN.max}
            .step=${1}
            .value=${peer.gainDb}
            .text=${this.#gainText}
            @slide=${(e: CustomEvent<number>) => this.#slide('gainDb', e)}
          ></tutti-slider>
          <tutti-slider
            centred
            .label=${w.pan}
            .min=${PAN.min}
            .max=${PAN.max}
            .step=${PAN.step}
            .value=${peer.pan}
            .text=${this.#panText}
            @slide=${(e: CustomEvent<number>) => this.#slide('pan', e)}
          ></tutti-slider>
        </div>
        <div class="buttons">
          <button type="button" aria-pressed=${peer.mute} @click=${() => this.#toggle('mute')}>
            ${w.mute}
          </button>
          <button type="button" aria-pressed=${peer.solo} @click=${() => this.#toggle('solo')}>
            ${w.solo}
          </button>
        </div>
        <tutti-through class="why" .peer=${peer} .beat=${this.beat}></tutti-through>
        ${
          peer.state === 'unreachable' ? html`<p class="why hint">${w.unreachableWhy}</p>` : nothing
        }
      </article>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-musician': TuttiMusician;
  }
}
