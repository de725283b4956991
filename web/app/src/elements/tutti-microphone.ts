/**
 * The sound in: device, channels, a live meter with its good zone, and one sentence of help. Used
 * on the join card and in the room's settings.
 *
 * Properties: `audio` (null until it is ready).
 * Method: `open()` opens the chosen device; false when it could not (the words are then shown).
 * Event: `trouble`, when the state of `trouble` changed.
 */
import { css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { InputChannels, TuttiFace } from 'tutti';
import { decibels } from '../logic/decibels.js';
import { inputCaution } from '../logic/devices.js';
import { troubleOf, type Trouble } from '../logic/errors.js';
import { LevelHelp, type LevelVerdict } from '../logic/level-help.js';
import { isChannels } from '../logic/settings.js';
import { openRemembered } from '../page/microphone.js';
import { settings } from '../page/settings.js';
import { TuttiElement } from './base.js';
import './tutti-icon.js';
import './tutti-meter.js';
import type { TuttiMeter } from './tutti-meter.js';
import './tutti-notice.js';

const CHANNELS: readonly InputChannels[] = ['1', '2', 'stereo', 'mono-mix'];

@customElement('tutti-microphone')
export class TuttiMicrophone extends TuttiElement {
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
        gap: var(--s2);
      }

      .choice label {
        margin-bottom: var(--s1);
      }

      tutti-meter {
        --height: 20px;
      }

      .verdict {
        display: flex;
        gap: 10px;
        min-height: 2.9em;
        text-wrap: pretty;
      }

      .verdict tutti-icon {
        color: var(--soft);
      }

      .verdict.good tutti-icon {
        color: var(--good);
      }

      .verdict:is(.quiet, .silent, .loud) tutti-icon {
        color: var(--warn);
      }

      .try {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--s1) var(--s2);
      }

      @media (max-width: 520px) {
        .choices {
          grid-template-columns: 1fr;
        }
      }
    `,
  ];

  @property({ attribute: false }) audio: TuttiFace | null = null;

  @state() private devices: MediaDeviceInfo[] = [];
  @state() private verdict: LevelVerdict = 'listening';
  @state() private opening = false;
  /** What went wrong with the last try, or null. */
  @state() trouble: Trouble | null = null;

  @query('tutti-meter') private meter!: TuttiMeter | null;

  readonly #help = new LevelHelp();
  #bound: TuttiFace | null = null;

  /** Opens what is chosen. Call it from a click when the browser may ask. */
  async open(): Promise<boolean> {
    const { audio } = this;
    if (!audio) return false;
    this.opening = true;
    this.#setTrouble(null);
    try {
      await openRemembered(audio);
      this.#restart();
      return true;
    } catch (error) {
      this.#setTrouble(troubleOf(error, 'microphone-failed'));
      return false;
    } finally {
      this.opening = false;
      void this.#list();
    }
  }

  #setTrouble(trouble: Trouble | null): void {
    this.trouble = trouble;
    this.dispatchEvent(new CustomEvent('trouble'));
  }

  #restart(): void {
    this.#help.reset();
    this.verdict = 'listening';
  }

  async #list(): Promise<void> {
    try {
      this.devices = (await this.audio?.microphones()) ?? [];
    } catch {
      this.devices = [];
    }
  }

  async #try(): Promise<void> {
    // From a click: both need one.
    void this.audio?.resume().catch(() => undefined);
    await this.open();
  }

  #chooseDevice(event: Event): void {
    const deviceId = (event.currentTarget as HTMLSelectElement).value;
    settings.microphone = { deviceId, channels: settings.channelsOf(deviceId) };
    void this.#try();
  }

  #chooseChannels(event: Event): void {
    const channels = (event.currentTarget as HTMLSelectElement).value;
    if (!isChannels(channels)) return;
    settings.microphone = { ...settings.microphone, channels };
    if (this.audio?.microphone) this.audio.setInputChannels(channels);
    this.#restart();
    this.requestUpdate();
  }

  readonly #onLevels = (): void => {
    const { audio } = this;
    if (!audio?.microphone || document.hidden) return;
    this.meter?.show(audio.inputLevel);
    this.verdict = this.#help.push(decibels(audio.inputLevel.peak), performance.now());
  };

  readonly #onMicrophone = (): void => this.requestUpdate();
  readonly #onDevices = (): void => void this.#list();

  #bind(audio: TuttiFace | null): void {
    if (audio === this.#bound) return;
    this.#bound?.removeEventListener('levels', this.#onLevels);
    this.#bound?.removeEventListener('microphone', this.#onMicrophone);
    this.#bound?.removeEventListener('running', this.#onMicrophone);
    this.#bound = audio;
    audio?.addEventListener('levels', this.#onLevels);
    audio?.addEventListener('microphone', this.#onMicrophone);
    audio?.addEventListener('running', this.#onMicrophone);
    if (audio) void this.#list();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#bind(this.audio);
    // Absent on an insecure origin.
    (navigator.mediaDevices as MediaDevices | undefined)?.addEventListener(
      'devicechange',
      this.#onDevices,
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#bind(null);
    (navigator.mediaDevices as MediaDevices | undefined)?.removeEventListener(
      'devicechange',
      this.#onDevices,
    );
  }

  protected override updated(): void {
    this.#bind(this.audio);
  }

  #choices() {
    const w = this.w.microphone;
    const microphone = this.audio?.microphone ?? null;
    const known = this.devices.filter(({ deviceId }) => deviceId !== '' && deviceId !== 'default');
    const remembered = settings.microphone.deviceId ?? '';
    const chosen = known.some(({ deviceId }) => deviceId === remembered) ? remembered : '';
    const mono = microphone?.channelCount === 1;
    const channels = mono ? '1' : settings.microphone.channels;
    return html`
      <div class="choices">
        <div class="choice">
          <label for="device">${w.label}</label>
          <select id="device" .value=${live(chosen)} @change=${this.#chooseDevice}>
            <option value="" ?selected=${chosen === ''}>
              ${w.standard(chosen === '' && microphone ? microphone.label : '')}
            </option>
            ${known.map(
              ({ deviceId, label }, i) =>
                html`<option value=${deviceId} ?selected=${deviceId === chosen}>
                  ${label || w.unnamed(i + 1)}
                </option>`,
            )}
          </select>
          <tutti-icon name="chevron"></tutti-icon>
        </div>
        <div class="choice">
          <label for="channels">${w.channels}</label>
          <select
            id="channels"
            ?disabled=${mono}
            title=${mono ? w.oneChannel : nothing}
            @change=${this.#chooseChannels}
          >
            ${CHANNELS.map(
              (one) =>
                html`<option value=${one} .selected=${live(one === channels)}>
                  ${w.channel[one]}
                </option>`,
            )}
          </select>
          <tutti-icon name="chevron"></tutti-icon>
        </div>
      </div>
    `;
  }

  #state() {
    const w = this.w.microphone;
    const { audio, trouble, verdict } = this;
    if (trouble) {
      const { title, text } = this.w.errors[trouble.code](trouble.detail);
      return html`<tutti-notice urgent .heading=${title} .text=${text}>
        <button type="button" @click=${this.#try}>${this.w.tryAgain}</button>
        <slot name="beside-trouble"></slot>
      </tutti-notice>`;
    }
    if (this.opening) return html`<p class="hint">${w.opening}</p>`;
    if (!audio?.microphone || !audio.running) {
      return html`<div class="try">
        <button type="button" ?disabled=${!audio} @click=${this.#try}>
          <tutti-icon name="microphone"></tutti-icon>${w.try}
        </button>
        ${audio?.microphone ? nothing : html`<span class="hint">${w.tryHint}</span>`}
      </div>`;
    }
    const { processing } = audio.microphone;
    const caution = inputCaution(audio.microphone);
    return html`
      <tutti-meter zone .label=${w.level}></tutti-meter>
      <p class="verdict ${verdict}" role="status">
        <tutti-icon
          name=${verdict === 'good' ? 'check' : verdict === 'listening' ? 'microphone' : 'warning'}
        >
        </tutti-icon>
        <span>${w.verdict[verdict]}</span>
      </p>
      ${
        processing.length > 0
          ? html`<tutti-notice .text=${w.processing(processing)}></tutti-notice>`
          : nothing
      }
      ${caution ? html`<tutti-notice .text=${w.caution[caution]}></tutti-notice>` : nothing}
    `;
  }

  override render() {
    return [this.#choices(), this.#state()];
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-microphone': TuttiMicrophone;
  }
}
