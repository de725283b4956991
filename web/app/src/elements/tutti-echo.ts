/**
 * Hearing oneself by way of the server and back, to know before going in how one sounds, and how
 * late. Headphones are asked for beside the button.
 *
 * Properties: `audio` (null until it is ready). Method: `stop()`.
 */
import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { EchoFace, TuttiFace } from 'tutti';
import { openEcho } from '../library.js';
import { troubleOf, type Trouble } from '../logic/errors.js';
import * as units from '../logic/units.js';
import { TuttiElement } from './base.js';
import './tutti-icon.js';
import './tutti-notice.js';

const FIGURE_MS = 500;
const EVENTS = ['microphone', 'running'] as const;

@customElement('tutti-echo')
export class TuttiEcho extends TuttiElement {
  static override styles = [
    TuttiElement.styles,
    css`
      :host {
        display: grid;
        gap: var(--s2);
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
    `,
  ];

  @property({ attribute: false }) audio: TuttiFace | null = null;

  @state() private opening = false;
  @state() private echo: EchoFace | null = null;
  @state() private ended = false;
  @state() private trouble: Trouble | null = null;
  /** Of the whole way, ms. */
  @state() private lateMs: number | null = null;

  #bound: TuttiFace | null = null;
  #figure = 0;
  /** Counts the tries: one that was given up may still succeed. */
  #try = 0;

  stop(): void {
    this.#try++;
    this.opening = false;
    this.echo?.close();
    this.echo = null;
    clearInterval(this.#figure);
  }

  async #toggle(): Promise<void> {
    const { audio } = this;
    this.trouble = null;
    this.ended = false;
    if (this.echo !== null || this.opening) return this.stop();
    if (!audio) return;
    const attempt = ++this.#try;
    this.opening = true;
    try {
      await audio.resume();
      const echo = await openEcho(audio);
      if (attempt !== this.#try) return echo.close();
      this.#hear(echo);
    } catch (error) {
      if (attempt === this.#try) this.trouble = troubleOf(error, 'echo-unreachable');
    } finally {
      if (attempt === this.#try) this.opening = false;
    }
  }

  #hear(echo: EchoFace): void {
    this.echo = echo;
    this.lateMs = null;
    echo.addEventListener('closed', () => {
      if (this.echo !== echo) return;
      this.stop();
      this.ended = true;
    });
    this.#figure = window.setInterval(() => {
      this.lateMs = echo.latency?.totalMs ?? null;
    }, FIGURE_MS);
  }

  readonly #again = (): void => this.requestUpdate();

  #bind(audio: TuttiFace | null): void {
    if (audio === this.#bound) return;
    for (const event of EVENTS) this.#bound?.removeEventListener(event, this.#again);
    this.#bound = audio;
    for (const event of EVENTS) audio?.addEventListener(event, this.#again);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#bind(this.audio);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop();
    this.#bind(null);
  }

  protected override updated(): void {
    this.#bind(this.audio);
  }

  #words() {
    const w = this.w.echo;
    if (!this.audio?.microphone) return w.noMicrophone;
    if (!this.echo) return this.ended ? w.ended : w.hint;
    if (this.lateMs === null) return w.measuring;
    const { language } = this.w;
    return w.late(units.milliseconds(this.lateMs, language), units.metres(this.lateMs, language));
  }

  override render() {
    const w = this.w.echo;
    const on = this.echo !== null;
    const { trouble } = this;
    const problem = trouble && this.w.errors[trouble.code](trouble.detail);
    return html`
      <div class="try">
        <button
          type="button"
          aria-describedby="words"
          aria-pressed=${on}
          ?disabled=${!this.audio?.microphone}
          @click=${this.#toggle}
        >
          <tutti-icon name=${on ? 'close' : 'headphones'}></tutti-icon>
          ${on ? w.stop : this.opening ? w.opening : w.start}
        </button>
        <p id="words">
          <span class="unseen" role="status">${on ? w.on : this.ended ? w.ended : ''}</span>
          <span class=${on ? '' : 'hint'}>${this.#words()}</span>
        </p>
      </div>
      ${
        problem
          ? html`<tutti-notice
              urgent
              .heading=${problem.title}
              .text=${problem.text}
            ></tutti-notice>`
          : nothing
      }
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-echo': TuttiEcho;
  }
}
