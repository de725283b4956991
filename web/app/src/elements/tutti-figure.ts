/**
 * One musician on the stage: their seat, a ring around it that breathes with the level, the name,
 * and below it how far away they sound or what is the matter. Thin and broken, and with its word,
 * the ring tells that much of the sound is made up. Who is not heard has a crossed microphone or a
 * broken seat, and a word.
 *
 * Properties: `peer` (the session's live object), `state`, `metres`, `small` (where many stand).
 * Methods: `breathe()`, at the rate of the levels; `stand(place, truly)`. Neither lays anything out
 * nor paints: the compositor moves what is drawn already.
 */
import { css, html, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { PeerFace } from 'tutti';
import { Breath, WIDEST } from '../logic/breath.js';
import type { Point } from '../logic/stage-place.js';
import { isSilent, type StageState } from '../logic/stage-state.js';
import { shortWords } from '../logic/stage-words.js';
import { TuttiElement } from './base.js';
import './tutti-icon.js';
import './tutti-seat.js';

/** As in the styles. */
const SEAT_PX = 56;
/** Where nothing may move, the ring comes and goes in its place. */
const still = matchMedia('(prefers-reduced-motion: reduce)');

@customElement('tutti-figure')
export class TuttiFigure extends TuttiElement {
  static override styles = [
    TuttiElement.styles,
    css`
      :host {
        --seat: 56px;
        position: absolute;
        top: calc(var(--seat) / -2);
        left: calc(var(--seat) / -2);
        width: var(--seat);
        height: var(--seat);
        contain: layout style;
        border-radius: 50%;
        cursor: grab;
        touch-action: pan-y;
        user-select: none;
        -webkit-user-select: none;
        will-change: transform;
      }

      :host([small]) {
        --seat: 44px;
      }

      :host([settled]) {
        transition: transform var(--quick) ease-out;
      }

      :host([held]) {
        z-index: 2;
        cursor: grabbing;
        transition: none;
      }

      :host(:focus-visible) {
        z-index: 1;
        outline-offset: 8px;
      }

      .tie {
        position: absolute;
        top: 50%;
        left: 50%;
        width: 1px;
        height: 2px;
        margin-top: -1px;
        background: var(--edge);
        transform-origin: left;
        pointer-events: none;
      }

      tutti-seat,
      .ring {
        position: absolute;
        inset: 0;
        width: auto;
        height: auto;
      }

      .ring {
        border: 6px solid var(--brass-fill);
        border-radius: 50%;
        will-change: transform;
      }

      :host([state='patchy']) .ring {
        border: 2px dashed var(--warn);
      }

      @media (prefers-reduced-motion: reduce) {
        .ring {
          transform: scale(1.3);
          will-change: opacity;
        }
      }

      .ring.silent {
        visibility: hidden;
      }

      .badge {
        position: absolute;
        right: -8px;
        bottom: -6px;
        display: grid;
        place-items: center;
        width: 26px;
        height: 26px;
        border: 1px solid var(--edge);
        border-radius: 50%;
        background: var(--surface);
      }

      .badge tutti-icon {
        width: 16px;
        height: 16px;
      }

      .words {
        position: absolute;
        top: calc(var(--seat) + 9px);
        left: 50%;
        width: 120px;
        margin-left: -60px;
        font-size: 1rem;
        line-height: 1.15;
        text-align: center;
        /* The arcs run behind it. */
        text-shadow:
          0 0 3px var(--hall),
          0 0 5px var(--hall);
        pointer-events: none;
      }

      .words > span {
        display: block;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      .name {
        font-weight: 600;
      }

      .state {
        color: var(--soft);
        font-size: 0.9375rem;
      }

      .patchy,
      .lost {
        color: var(--warn);
      }

      .unreachable {
        color: var(--bad);
      }

      :host([small]) .words {
        width: 92px;
        margin-left: -46px;
        font-size: 0.875rem;
      }

      :host([small]) .state {
        font-size: 0.875rem;
      }

      :host([small]) .well {
        display: none;
      }
    `,
  ];

  @property({ attribute: false }) peer!: PeerFace;
  @property({ reflect: true }) state: StageState = 'measuring';
  @property({ attribute: false }) metres: number | null = null;
  @property({ type: Boolean, reflect: true }) small = false;

  @query('.ring') private ring!: HTMLElement | null;
  @query('.tie') private tie!: HTMLElement | null;

  readonly #breath = new Breath();
  #stood = '';
  #line = '';

  breathe(): void {
    const { rms } = isSilent(this.state) ? { rms: 0 } : this.peer.level;
    const scale = this.#breath.draw(rms, performance.now());
    if (scale === null || !this.ring) return;
    if (still.matches) this.ring.style.opacity = String((scale - 1) / (WIDEST - 1));
    else this.ring.style.transform = `scale(${scale})`;
  }

  /** The middle of the seat, and where it would be if nobody were in the way; px of the stage. */
  stand(place: Point, truly: Point): void {
    const move = `translate(${Math.round(place.x)}px, ${Math.round(place.y)}px)`;
    if (move !== this.#stood) this.style.transform = move;
    // Whoever comes in is there; whoever is there goes.
    if (this.#stood === '') requestAnimationFrame(() => this.toggleAttribute('settled', true));
    this.#stood = move;
    this.#point(truly.x - place.x, truly.y - place.y);
  }

  /** The line to one's true place, where it is not hidden by the seat. */
  #point(x: number, y: number): void {
    const long = Math.round(Math.hypot(x, y));
    const turn = Math.atan2(y, x).toFixed(3);
    const line = long < SEAT_PX / 2 ? '' : `rotate(${turn}rad) scaleX(${long})`;
    if (line === this.#line || !this.tie) return;
    this.#line = line;
    this.tie.hidden = line === '';
    this.tie.style.transform = line;
  }

  override render() {
    const { peer, state } = this;
    return html`
      <div class="tie" hidden></div>
      <div class="ring ${isSilent(state) ? 'silent' : ''}"></div>
      <tutti-seat .name=${peer.name} .state=${peer.state}></tutti-seat>
      ${
        state === 'selfMuted' || state === 'muted' || state === 'silenced'
          ? html`<span class="badge"><tutti-icon name="microphone-off"></tutti-icon></span>`
          : nothing
      }
      <span class="words" aria-hidden="true">
        <span class="name">${peer.name}</span>
        <span class="state ${state}">${shortWords(state, this.metres, this.w)}</span>
      </span>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-figure': TuttiFigure;
  }
}
