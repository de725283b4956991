/**
 * The acoustic round trip: what a person has to do for it, its button, and what came of it. Its
 * code is loaded when it is wanted.
 *
 * Properties: `disabled` (something else is being measured). Events: `busy`, with a boolean;
 * `measured`, with a RoundTrip.
 */
import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { RoundTrip } from 'tutti/round-trip';
import { acousticFacts, acousticSentences } from '../logic/bench-acoustic.js';
import { troubleOf, type Trouble } from '../logic/errors.js';
import { settings } from '../page/settings.js';
import { TuttiElement } from './base.js';
import './tutti-bench-facts.js';
import './tutti-notice.js';

type Phase =
  | { at: 'rest' }
  | { at: 'playing'; share: number }
  | { at: 'cancelled' }
  | { at: 'measured'; trip: RoundTrip }
  | { at: 'trouble'; trouble: Trouble };

@customElement('tutti-bench-acoustic')
export class TuttiBenchAcoustic extends TuttiElement {
  static override styles = [
    TuttiElement.styles,
    css`
      :host {
        display: grid;
        align-content: start;
        justify-items: start;
        gap: var(--s2);
        min-width: 0;
      }

      ol {
        margin: 0;
        padding-inline-start: 1.3em;
      }

      li::marker {
        color: var(--brass);
        font-weight: var(--weight-strong);
      }

      progress {
        width: 100%;
        accent-color: var(--brass-fill);
      }

      .first {
        font-size: 1.25rem;
        font-weight: var(--weight-strong);
      }

      tutti-bench-facts,
      .told {
        width: 100%;
      }
    `,
  ];

  @property({ type: Boolean }) disabled = false;

  @state() private phase: Phase = { at: 'rest' };

  #abort: AbortController | null = null;

  async #start(): Promise<void> {
    const abort = (this.#abort = new AbortController());
    this.phase = { at: 'playing', share: 0 };
    this.dispatchEvent(new CustomEvent('busy', { detail: true }));
    try {
      const trip = await this.#measure(abort.signal);
      this.phase = { at: 'measured', trip };
      this.dispatchEvent(new CustomEvent('measured', { detail: trip }));
    } catch (thrown) {
      this.phase = abort.signal.aborted
        ? { at: 'cancelled' }
        : { at: 'trouble', trouble: troubleOf(thrown, 'engine-failed') };
    } finally {
      this.dispatchEvent(new CustomEvent('busy', { detail: false }));
    }
  }

  /** When the remembered device is not there any more, with the browser's own choice. */
  async #measure(signal: AbortSignal): Promise<RoundTrip> {
    const { measureRoundTrip } = await import('tutti/round-trip');
    const options = {
      signal,
      onProgress: (share: number) => {
        if (!signal.aborted) this.phase = { at: 'playing', share };
      },
    };
    const { deviceId, channels } = settings.microphone;
    if (deviceId === undefined) return measureRoundTrip({ ...options, channels });
    try {
      return await measureRoundTrip({ ...options, deviceId, channels });
    } catch (thrown) {
      if (troubleOf(thrown, 'engine-failed').code !== 'microphone-missing') throw thrown;
      return measureRoundTrip({ ...options, channels: settings.channelsOf('') });
    }
  }

  override render() {
    const { phase } = this;
    const { acoustic: w, cancel } = this.w.bench;
    const playing = phase.at === 'playing';
    return html`
      <h2>${w.title}</h2>
      <p>${w.intro}</p>
      <ol>
        ${w.steps.map((step) => html`<li>${step}</li>`)}
      </ol>
      <p class="hint">${w.microphone}</p>
      ${
        playing
          ? html`<progress aria-label=${w.progress} value=${phase.share} max="1"></progress>`
          : nothing
      }
      <button
        type="button"
        ?disabled=${this.disabled}
        @click=${() => (playing ? this.#abort?.abort() : void this.#start())}
      >
        ${playing ? cancel : w.start}
      </button>
      <div class="told" role="status">${this.#told()}</div>
      ${
        phase.at === 'measured'
          ? html`<tutti-bench-facts
              .heading=${w.details}
              .facts=${acousticFacts(phase.trip, this.w)}
            ></tutti-bench-facts>`
          : nothing
      }
    `;
  }

  #told() {
    const { phase } = this;
    const { acoustic: w } = this.w.bench;
    switch (phase.at) {
      case 'rest':
        return nothing;
      case 'playing':
        return html`<p>${w.playing}</p>`;
      case 'cancelled':
        return html`<p>${w.cancelled}</p>`;
      case 'measured':
        return acousticSentences(phase.trip, this.w).map(
          (sentence, i) => html`<p class=${i === 0 ? 'first' : ''}>${sentence}</p>`,
        );
      case 'trouble': {
        const { code, detail } = phase.trouble;
        const { title, text } = this.w.errors[code](detail);
        return html`<tutti-notice
          .heading=${title}
          .text=${code.startsWith('microphone-') ? w.noMicrophone : text}
        ></tutti-notice>`;
      }
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-bench-acoustic': TuttiBenchAcoustic;
  }
}
