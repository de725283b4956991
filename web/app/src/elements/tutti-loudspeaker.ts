/**
 * The sound out: device where the browser lets a page choose, volume, and a chord to try it with.
 * Used on the join card and in the room's settings.
 *
 * Properties: `audio` (null until it is ready), `volume` (the slider's name). Method: `quieten()`
 * ends the chord.
 */
import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { TuttiFace } from 'tutti';
import { choosable, deviceOf, outputCaution } from '../logic/devices.js';
import { troubleOf, type Trouble } from '../logic/errors.js';
import { GAIN } from '../logic/settings.js';
import * as units from '../logic/units.js';
import { settings } from '../page/settings.js';
import { TestChord, type Side } from '../page/test-chord.js';
import { TuttiElement } from './base.js';
import './tutti-icon.js';
import './tutti-notice.js';
import './tutti-slider.js';

const EVENTS = ['output', 'microphone', 'running'] as const;

@customElement('tutti-loudspeaker')
export class TuttiLoudspeaker extends TuttiElement {
  static override styles = [
    TuttiElement.styles,
    css`
      :host {
        display: grid;
        gap: var(--s2);
      }

      .choices {
        display: grid;
        grid-template-columns: 3fr 2fr;
        align-items: end;
        gap: var(--s2);
      }

      .choices.alone {
        grid-template-columns: 1fr;
      }

      .choice label {
        margin-bottom: var(--s1);
      }

      .try {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--s1) var(--s2);
      }

      .try p {
        flex: 1 1 14rem;
      }

      .now {
        color: var(--text);
        font-weight: 600;
      }

      @media (max-width: 520px) {
        .choices {
          grid-template-columns: 1fr;
        }
      }
    `,
  ];

  @property({ attribute: false }) audio: TuttiFace | null = null;
  @property() volume = '';

  @state() private devices: MediaDeviceInfo[] = [];
  @state() private side: Side | null = null;
  @state() private trouble: Trouble | null = null;

  #bound: TuttiFace | null = null;
  #chord: TestChord | null = null;

  quieten(): void {
    this.#chord?.stop();
  }

  async #list(): Promise<void> {
    try {
      this.devices = (await this.audio?.outputs()) ?? [];
    } catch {
      this.devices = [];
    }
  }

  async #choose(event: Event): Promise<void> {
    const deviceId = (event.currentTarget as HTMLSelectElement).value;
    this.trouble = null;
    try {
      await this.audio?.setOutput(deviceId);
      settings.output = deviceId;
    } catch (error) {
      this.trouble = troubleOf(error, 'output-failed');
    }
    this.requestUpdate();
  }

  async #try(): Promise<void> {
    const { audio } = this;
    if (this.#chord !== null) return this.quieten();
    if (!audio) return;
    try {
      await audio.resume();
    } catch (error) {
      this.trouble = troubleOf(error, 'context-blocked');
      return;
    }
    this.trouble = null;
    this.#chord = new TestChord(audio.context, audio.gainDb, (side) => {
      this.side = side;
      if (side === null) this.#chord = null;
    });
  }

  #setVolume(db: number): void {
    if (!this.audio) return;
    this.audio.gainDb = db;
    settings.gainDb = db;
    this.requestUpdate();
  }

  readonly #volumeText = (db: number): string =>
    db <= GAIN.min ? this.w.musician.silent : units.gain(db, this.w.language);

  readonly #again = (): void => void this.#list();

  #bind(audio: TuttiFace | null): void {
    if (audio === this.#bound) return;
    for (const event of EVENTS) this.#bound?.removeEventListener(event, this.#again);
    this.#bound = audio;
    for (const event of EVENTS) audio?.addEventListener(event, this.#again);
    if (audio) void this.#list();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#bind(this.audio);
    // Absent on an insecure origin.
    (navigator.mediaDevices as MediaDevices | undefined)?.addEventListener(
      'devicechange',
      this.#again,
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.quieten();
    this.#bind(null);
    (navigator.mediaDevices as MediaDevices | undefined)?.removeEventListener(
      'devicechange',
      this.#again,
    );
  }

  protected override updated(): void {
    this.#bind(this.audio);
  }

  #device() {
    const w = this.w.loudspeaker;
    const known = choosable(this.devices);
    if (this.audio?.outputChoosable !== true || known.length === 0) return nothing;
    const chosen = this.audio.outputMissing ? '' : this.audio.output.deviceId;
    return html`<div class="choice">
      <label for="device">${w.label}</label>
      <select id="device" .value=${live(chosen)} @change=${this.#choose}>
        <option value="" ?selected=${chosen === ''}>${w.standard}</option>
        ${known.map(
          ({ deviceId, label }, i) =>
            html`<option value=${deviceId} ?selected=${deviceId === chosen}>
              ${label || w.unnamed(i + 1)}
            </option>`,
        )}
      </select>
      <tutti-icon name="chevron"></tutti-icon>
    </div>`;
  }

  #caution() {
    const { audio } = this;
    if (!audio) return nothing;
    const output = deviceOf(this.devices, audio.outputMissing ? '' : audio.output.deviceId);
    const caution = outputCaution(audio.microphone, output, audio.context.sampleRate);
    if (caution === null) return nothing;
    const tone = caution === 'wireless' ? 'warn' : 'calm';
    return html`<tutti-notice
      .tone=${tone}
      .text=${this.w.loudspeaker.caution[caution]}
    ></tutti-notice>`;
  }

  #trouble() {
    if (!this.trouble) return nothing;
    const { title, text } = this.w.errors[this.trouble.code](this.trouble.detail);
    return html`<tutti-notice urgent .heading=${title} .text=${text}></tutti-notice>`;
  }

  override render() {
    const w = this.w.loudspeaker;
    const { audio, side } = this;
    const device = this.#device();
    return html`
      <div class="choices ${device === nothing ? 'alone' : ''}">
        ${device}
        <tutti-slider
          .label=${this.volume}
          .min=${GAIN.min}
          .max=${GAIN.max}
          .step=${1}
          .value=${audio?.gainDb ?? 0}
          .text=${this.#volumeText}
          @slide=${(e: CustomEvent<number>) => this.#setVolume(e.detail)}
        ></tutti-slider>
      </div>
      ${this.#trouble()} ${this.#caution()}
      <div class="try">
        <button type="button" ?disabled=${!audio} @click=${this.#try}>
          <tutti-icon name=${side ? 'close' : 'play'}></tutti-icon>${side ? w.stop : w.try}
        </button>
        <p>
          <span class="now" role="status">${side ? w.now[side] : ''}</span>
          ${side ? nothing : html`<span class="hint">${w.tryHint}</span>`}
        </p>
      </div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-loudspeaker': TuttiLoudspeaker;
  }
}
