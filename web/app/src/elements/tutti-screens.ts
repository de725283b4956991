/**
 * What the musicians show: a shared score large, hands beside it. A click on one fills the window,
 * Escape or another click brings it back. Takes no place while nobody shows anything.
 *
 * Properties: `session`. Event: `news`, with words on what somebody has begun to show.
 */
import { css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { SessionFace } from 'tutti';
import { newPictures, picturesOf, type Pictures, type Tile } from '../logic/pictures.js';
import { TuttiElement } from './base.js';
import './tutti-icon.js';
import './tutti-tile.js';

@customElement('tutti-screens')
export class TuttiScreens extends TuttiElement {
  static override styles = [
    TuttiElement.styles,
    css`
      :host {
        display: block;
        container-type: inline-size;
      }

      :host([empty]) {
        display: none;
      }

      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 150px), 1fr));
        gap: var(--s1);
        list-style: none;
      }

      .large {
        grid-column: 1 / -1;
      }

      @container (min-width: 640px) {
        ul {
          grid-template-columns: repeat(auto-fill, minmax(260px, 1fr));
          gap: var(--s2);
        }

        .own {
          max-width: 200px;
        }
      }

      @container (min-width: 860px) {
        .with-large {
          grid-template-columns: minmax(0, 1fr) 260px;
          grid-auto-rows: min-content;
        }

        .with-large .large {
          grid-column: 1;
          grid-row: 1 / span 12;
        }

        .with-large > :not(.large) {
          grid-column: 2;
        }
      }

      dialog {
        width: 100vw;
        height: 100dvh;
        max-width: none;
        max-height: none;
        margin: 0;
        padding: 0;
        border: none;
        background: var(--hall);
        color: var(--text);
      }

      dialog[open] {
        display: grid;
        grid-template-rows: auto minmax(0, 1fr);
      }

      .head {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--s2);
        padding: 4px 8px 4px var(--s3);
      }

      .head button {
        flex: none;
        padding: 8px;
      }

      dialog video {
        width: 100%;
        height: 100%;
        object-fit: contain;
        cursor: zoom-out;
      }

      .mirrored {
        transform: scaleX(-1);
      }

      .resting {
        padding: 0 var(--s3) var(--s1);
      }
    `,
  ];

  @property({ attribute: false }) session!: SessionFace;

  @state() private pictures: Pictures = { large: null, small: [] };
  /** The key of the picture that fills the window. */
  @state() private enlarged: string | null = null;

  @query('dialog') private dialog!: HTMLDialogElement | null;

  /** null before the first look: what is shown already is no news. */
  #seen: ReadonlySet<string> | null = null;

  readonly #look = (): void => {
    this.pictures = picturesOf(this.session);
    const all = this.#all();
    this.toggleAttribute('empty', all.length === 0);
    for (const { picture, name } of this.#seen ? newPictures(this.#seen, this.pictures) : []) {
      this.dispatchEvent(
        new CustomEvent('news', { detail: this.w.pictures.begins[picture](name) }),
      );
    }
    const seen = new Set(all.map(({ key }) => key));
    this.#seen = seen;
    if (this.enlarged !== null && !seen.has(this.enlarged)) this.enlarged = null;
  };

  override connectedCallback(): void {
    super.connectedCallback();
    this.session.addEventListener('video', this.#look);
    this.session.addEventListener('peers', this.#look); // somebody may have another name
    this.#look();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.session.removeEventListener('video', this.#look);
    this.session.removeEventListener('peers', this.#look);
  }

  protected override updated(): void {
    const { dialog } = this;
    if (!dialog || dialog.open === (this.enlarged !== null)) return;
    if (this.enlarged !== null) dialog.showModal();
    else dialog.close();
  }

  #all(): Tile[] {
    const { large, small } = this.pictures;
    return large === null ? small : [large, ...small];
  }

  #stop({ picture }: Tile): void {
    if (picture === 'camera') this.session.closeCamera();
    else this.session.stopScreen();
  }

  #tile(tile: Tile, large: boolean) {
    return html`<li class="${large ? 'large' : ''} ${tile.own ? 'own' : ''}">
      <tutti-tile
        .tile=${tile}
        ?large=${large}
        @enlarge=${() => (this.enlarged = tile.key)}
        @stop=${() => this.#stop(tile)}
      ></tutti-tile>
    </li>`;
  }

  #window(tile: Tile) {
    const w = this.w.pictures;
    const { name, picture, own, stream, resting } = tile;
    return html`
      <div class="head">
        <h2 id="enlarged">${own ? w.own[picture] : w.of[picture](name)}</h2>
        <button
          class="quiet"
          type="button"
          aria-label=${w.smaller}
          @click=${() => (this.enlarged = null)}
        >
          <tutti-icon name="close"></tutti-icon>
        </button>
      </div>
      ${resting ? html`<p class="resting hint">${w.resting}</p>` : nothing}
      <video
        class=${own && picture === 'camera' ? 'mirrored' : ''}
        autoplay
        playsinline
        .muted=${true}
        .srcObject=${stream}
        @click=${() => (this.enlarged = null)}
      ></video>
    `;
  }

  override render() {
    const all = this.#all();
    if (all.length === 0) return nothing;
    const { large } = this.pictures;
    const enlarged = all.find(({ key }) => key === this.enlarged);
    return html`
      <ul role="list" class=${large ? 'with-large' : ''} aria-label=${this.w.pictures.title}>
        ${repeat(
          all,
          ({ key }) => key,
          (tile) => this.#tile(tile, tile === large),
        )}
      </ul>
      <dialog aria-labelledby="enlarged" @close=${() => (this.enlarged = null)}>
        ${enlarged ? this.#window(enlarged) : nothing}
      </dialog>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-screens': TuttiScreens;
  }
}
