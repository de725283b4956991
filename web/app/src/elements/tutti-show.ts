/**
 * What one shows to the others, a modal dialog: the camera, a window. Both are off until somebody
 * turns them on here.
 *
 * Properties: `session`. Method: `show()`.
 */
import { css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { canShareScreen, type SessionFace } from 'tutti';
import { dialog } from '../design/dialog.js';
import { troubleOf, type Trouble } from '../logic/errors.js';
import { TuttiElement } from './base.js';
import './tutti-icon.js';
import type { IconName } from './tutti-icon.js';
import './tutti-notice.js';

type Picture = 'camera' | 'screen';

@customElement('tutti-show')
export class TuttiShow extends TuttiElement {
  static override styles = [
    TuttiElement.styles,
    dialog,
    css`
      dialog {
        width: min(34rem, 100vw - 2 * var(--s2));
      }

      .parts {
        display: grid;
        gap: var(--s2);
        margin-top: var(--s1);
      }

      .picture {
        display: grid;
        gap: 4px;
      }

      .picture > button {
        justify-content: flex-start;
        min-height: 60px;
        gap: 14px;
        padding-inline: 20px;
        font-size: 1.125rem;
      }

      .picture > .hint {
        padding-inline: 4px;
      }

      .why {
        padding-top: var(--s2);
        border-top: 1px solid var(--line);
      }

      @media (max-width: 520px) {
        dialog {
          padding: var(--s2) 20px var(--s3);
        }
      }
    `,
  ];

  @property({ attribute: false }) session!: SessionFace;

  @state() private trouble: Trouble | null = null;
  /** The browser has been asked and has not answered. */
  @state() private asking: Picture | null = null;
  @state() private cameras: readonly MediaDeviceInfo[] = [];

  @query('dialog') private dialog!: HTMLDialogElement;

  readonly #look = (): void => {
    this.requestUpdate();
    void this.#findCameras();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    this.session.addEventListener('video', this.#look);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.session.removeEventListener('video', this.#look);
  }

  show(): void {
    this.trouble = null;
    this.dialog.showModal();
  }

  async #findCameras(): Promise<void> {
    this.cameras = this.session.camera ? await this.session.cameras().catch(() => []) : [];
  }

  async #turn(picture: Picture): Promise<void> {
    this.trouble = null;
    const { session } = this;
    if (session[picture] !== null) {
      if (picture === 'camera') session.closeCamera();
      else session.stopScreen();
      return;
    }
    this.asking = picture;
    try {
      await (picture === 'camera' ? session.openCamera() : session.shareScreen());
      this.dialog.close();
    } catch (error) {
      this.trouble = troubleOf(error, `${picture}-failed`);
    } finally {
      this.asking = null;
    }
  }

  async #choose(event: Event): Promise<void> {
    this.trouble = null;
    try {
      await this.session.openCamera((event.target as HTMLSelectElement).value);
    } catch (error) {
      this.trouble = troubleOf(error, 'camera-failed');
      this.requestUpdate();
    }
  }

  #picture(picture: Picture, icon: IconName) {
    const w = this.w.show[picture];
    const on = this.session[picture] !== null;
    return html`<div class="picture">
      <button
        type="button"
        aria-pressed=${on}
        aria-describedby="${picture}-hint"
        ?disabled=${this.asking !== null}
        @click=${() => this.#turn(picture)}
      >
        <tutti-icon name=${icon}></tutti-icon>${
          this.asking === picture ? w.asking : on ? w.off : w.on
        }
      </button>
      <p id="${picture}-hint" class="hint">${w.hint}</p>
    </div>`;
  }

  #choice() {
    if (this.cameras.length < 2) return nothing;
    const w = this.w.show;
    const now = this.session.camera?.getVideoTracks()[0]?.getSettings().deviceId;
    return html`<div>
      <label for="which">${w.which}</label>
      <div class="choice">
        <select id="which" @change=${this.#choose}>
          ${this.cameras.map(
            ({ deviceId, label }, i) =>
              html`<option value=${deviceId} .selected=${deviceId === now}>
                ${label || w.unnamed(i + 1)}
              </option>`,
          )}
        </select>
        <tutti-icon name="chevron"></tutti-icon>
      </div>
    </div>`;
  }

  #trouble({ code, detail }: Trouble) {
    const { title, text } = this.w.errors[code](detail);
    return html`<tutti-notice urgent .heading=${title} .text=${text}></tutti-notice>`;
  }

  override render() {
    const w = this.w.show;
    return html`
      <dialog aria-labelledby="title">
        <div class="head">
          <h2 id="title">${w.title}</h2>
          <button
            class="quiet"
            type="button"
            aria-label=${this.w.close}
            @click=${() => this.dialog.close()}
          >
            <tutti-icon name="close"></tutti-icon>
          </button>
        </div>
        <div class="parts">
          ${this.trouble ? this.#trouble(this.trouble) : nothing}
          ${this.#picture('camera', 'camera')} ${this.#choice()}
          ${canShareScreen() ? this.#picture('screen', 'window') : nothing}
          <p class="why hint">${w.soundFirst}</p>
        </div>
      </dialog>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-show': TuttiShow;
  }
}
